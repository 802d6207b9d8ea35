-- Repositories on GitHub by its own number, which survives their renaming. A package has one only after somebody proved that they may push to it.
CREATE TABLE github_repositories (
    id BIGINT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
ALTER TABLE packages ADD COLUMN github_repository_id BIGINT REFERENCES github_repositories (id) ON DELETE SET NULL;
CREATE INDEX packages_repository ON packages (github_repository_id);
CREATE INDEX packages_created ON packages (created_at DESC);
CREATE INDEX packages_featured ON packages (when_featured DESC) WHERE when_featured IS NOT NULL;

-- Counted in pieces of four hours, which go after a week, and of a day. time_bucket is the beginning of the piece.
CREATE TABLE version_download_counts_4h (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    time_bucket BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('jsr_meta', 'npm_tarball')),
    count BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version, time_bucket, kind),
    FOREIGN KEY (scope, name, version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX downloads_4h_old ON version_download_counts_4h (time_bucket);
CREATE TABLE version_download_counts_24h (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    time_bucket BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('jsr_meta', 'npm_tarball')),
    count BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version, time_bucket, kind),
    FOREIGN KEY (scope, name, version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX downloads_24h_package ON version_download_counts_24h (scope, name, time_bucket);

-- Batches of counts that have been added, so that none is added twice. A row goes after a month.
CREATE TABLE download_batches (
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);
CREATE INDEX download_batches_old ON download_batches (created_at);
