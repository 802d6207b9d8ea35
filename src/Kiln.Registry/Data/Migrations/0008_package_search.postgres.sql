-- The prefix of a word is a range of the index, which holds only byte by byte.
-- What the search knows of a package ('@scope/name') or a scope ('@scope'): its words, and the trigrams of its names for what is misspelt. Whether it may be found
-- stands in the tables that it was made from.
CREATE TABLE search_subjects (
    subject TEXT NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE search_words (
    word TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL REFERENCES search_subjects (subject) ON DELETE CASCADE,
    weight INTEGER NOT NULL,
    PRIMARY KEY (word, subject)
);
CREATE INDEX search_words_subject ON search_words (subject);
CREATE TABLE search_pieces (
    piece TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL REFERENCES search_subjects (subject) ON DELETE CASCADE,
    PRIMARY KEY (piece, subject)
);
CREATE INDEX search_pieces_subject ON search_pieces (subject);

-- Packages from before there was this search.
INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at)
SELECT 'package-search', '@' || p.scope || '/' || p.name, 'waiting', 1, p.updated_at, p.updated_at, p.updated_at FROM packages p
WHERE EXISTS (SELECT 1 FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name)
ON CONFLICT (kind, subject) DO NOTHING;
