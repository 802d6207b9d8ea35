-- What the registry knows of itself: 'restored' while a restored registry must not be changed yet, 'fsck' the outcome of the last complete check, 'public-url' how clients reach it. JSON.
CREATE TABLE registry_state (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Of <version>_meta.json, lower-case hex SHA-256: nothing else can tell whether these bytes are still the ones that lock files hash. Null for versions from before the column.
ALTER TABLE package_versions ADD COLUMN meta_sha256 TEXT;

-- The W3C traceparent of the upload, so that the worker's spans continue its trace, in whatever process.
ALTER TABLE publishing_tasks ADD COLUMN trace TEXT;
