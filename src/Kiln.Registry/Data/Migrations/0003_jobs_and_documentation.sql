-- Work that follows a change, takes long or fails for reasons of its own. One row for one thing to do about one subject ('@scope/name@1.0.0'); it goes when the work
-- is done. requests counts the changes that asked for it: a change during the work makes it start over. revision is that of the program that failed at it.
CREATE TABLE jobs (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'failed')),
    requests BIGINT NOT NULL DEFAULT 1,
    priority INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    lease TEXT,
    lease_until BIGINT,
    attempt INTEGER NOT NULL DEFAULT 0,
    run_after BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject),
    CHECK ((error IS NOT NULL) = (status = 'failed')),
    CHECK ((lease IS NOT NULL) = (status = 'running'))
);
CREATE INDEX jobs_due ON jobs (priority, run_after) WHERE status <> 'failed';

-- What was made of a version's documentation: nodes and pages are the names of its objects, score is what its files say about its score, points what that gives.
-- Without a row nothing has been made yet.
CREATE TABLE version_docs (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    revision INTEGER NOT NULL,
    nodes TEXT NOT NULL,
    pages TEXT NOT NULL,
    symbol_count INTEGER NOT NULL,
    score TEXT NOT NULL,
    points INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version),
    FOREIGN KEY (scope, name, version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);

-- The symbols of each package's newest version. Rows of a batch that is not the package's are being written or deleted. On SQLite two indexes, which keep no text of their own, have their
-- words and pieces. On PostgreSQL words are what a search looks for by its beginning: of the name (weight A), of the package (B), of the summary (C); pieces are the trigrams of the name:
-- of the extensions that every server has, none is needed.
CREATE TABLE symbols (
-- @sqlite
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
-- @postgres
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
-- @both
    batch BIGINT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    symbol TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    address TEXT NOT NULL,
    summary TEXT NOT NULL,
    is_deprecated BOOLEAN NOT NULL,
-- @postgres
    words TSVECTOR NOT NULL,
    pieces TEXT[] NOT NULL,
-- @both
    is_member BOOLEAN NOT NULL
);
CREATE INDEX symbols_package ON symbols (scope, name, batch);
CREATE INDEX symbols_name ON symbols (lower(symbol));
-- @postgres
CREATE INDEX symbols_words ON symbols USING gin (words);
CREATE INDEX symbols_pieces ON symbols USING gin (pieces);
-- @both
CREATE TABLE symbol_batches (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    batch BIGINT NOT NULL,
    PRIMARY KEY (scope, name)
);
-- @sqlite
CREATE VIRTUAL TABLE symbol_words USING fts5 (symbol, package, summary, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE symbol_pieces USING fts5 (symbol, content = '', contentless_delete = 1, tokenize = 'trigram');
