-- Times are microseconds since 1970 UTC, ids are lower-case UUID text, JSON is text: the same in every engine.

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    avatar_url TEXT NOT NULL DEFAULT '',
    github_id BIGINT UNIQUE,
    gitlab_id BIGINT UNIQUE,
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE,
    is_staff BOOLEAN NOT NULL DEFAULT FALSE,
    scope_limit INTEGER NOT NULL DEFAULT 3,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX users_login ON users (lower(login));

-- hash: lower-case hex SHA-256 of the secret; the secret itself is never stored.
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    type TEXT NOT NULL CHECK (type IN ('web', 'device', 'personal')),
    description TEXT,
    expires_at BIGINT,
    permissions TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX tokens_user ON tokens (user_id);

CREATE TABLE sign_in_links (
    hash TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE authorizations (
    exchange_hash TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    challenge TEXT NOT NULL,
    permissions TEXT,
    decision TEXT CHECK (decision IN ('approved', 'denied')),
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CHECK ((user_id IS NULL) = (decision IS NULL))
);

CREATE TABLE scopes (
    scope TEXT NOT NULL PRIMARY KEY,
    description TEXT NOT NULL DEFAULT '',
    creator TEXT NOT NULL REFERENCES users (id),
    package_limit INTEGER NOT NULL DEFAULT 100,
    new_package_per_week_limit INTEGER NOT NULL DEFAULT 20,
    publish_attempts_per_week_limit INTEGER NOT NULL DEFAULT 1000,
    verify_oidc_actor BOOLEAN NOT NULL DEFAULT TRUE,
    require_publishing_from_ci BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
-- foo-bar and foobar would be mistaken for each other.
CREATE UNIQUE INDEX scopes_without_hyphens ON scopes (replace(scope, '-', ''));
CREATE INDEX scopes_creator ON scopes (creator);

CREATE TABLE scope_members (
    scope TEXT NOT NULL REFERENCES scopes (scope) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    is_admin BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, user_id)
);
CREATE INDEX scope_members_user ON scope_members (user_id);

CREATE TABLE scope_invites (
    scope TEXT NOT NULL REFERENCES scopes (scope) ON DELETE CASCADE,
    target_user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    requesting_user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, target_user_id)
);
CREATE INDEX scope_invites_target ON scope_invites (target_user_id);

-- meta_gen counts the changes that the stored package metadata must show; shown_gen is the last one that it does show.
CREATE TABLE packages (
    scope TEXT NOT NULL REFERENCES scopes (scope),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    runtime_compat TEXT NOT NULL DEFAULT '{}',
    readme_source TEXT NOT NULL DEFAULT 'jsdoc',
    when_featured BIGINT,
    is_archived BOOLEAN NOT NULL DEFAULT FALSE,
    meta_gen BIGINT NOT NULL DEFAULT 0,
    shown_gen BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, name)
);
CREATE UNIQUE INDEX packages_without_hyphens ON packages (scope, replace(name, '-', ''));
CREATE INDEX packages_not_shown ON packages (scope, name) WHERE shown_gen < meta_gen;

-- sort_key sorts byte by byte in semantic-version order.
CREATE TABLE package_versions (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    is_prerelease BOOLEAN NOT NULL,
    user_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    exports TEXT NOT NULL,
    is_yanked BOOLEAN NOT NULL DEFAULT FALSE,
    readme_path TEXT,
    uses_npm BOOLEAN NOT NULL DEFAULT FALSE,
    meta TEXT NOT NULL DEFAULT '{}',
    rekor_log_id TEXT,
    license TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version),
    FOREIGN KEY (scope, name) REFERENCES packages (scope, name) ON UPDATE CASCADE
);
CREATE INDEX package_versions_order ON package_versions (scope, name, sort_key DESC);
CREATE INDEX package_versions_created ON package_versions (created_at DESC);

CREATE TABLE package_files (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    path TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    checksum TEXT NOT NULL,
    PRIMARY KEY (scope, name, version, path),
    FOREIGN KEY (scope, name, version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE package_version_dependencies (
    package_scope TEXT NOT NULL,
    package_name TEXT NOT NULL,
    package_version TEXT NOT NULL,
    dependency_kind TEXT NOT NULL CHECK (dependency_kind IN ('jsr', 'npm')),
    dependency_name TEXT NOT NULL,
    dependency_constraint TEXT NOT NULL,
    dependency_path TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (package_scope, package_name, package_version, dependency_kind, dependency_name, dependency_constraint, dependency_path),
    FOREIGN KEY (package_scope, package_name, package_version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX dependents ON package_version_dependencies (dependency_kind, dependency_name, package_scope, package_name);

CREATE TABLE npm_tarballs (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sha1 TEXT NOT NULL,
    sha512 TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    dependencies TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (scope, name, version),
    FOREIGN KEY (scope, name, version) REFERENCES package_versions (scope, name, version) ON UPDATE CASCADE ON DELETE CASCADE
);

-- No foreign key to packages: a task outlives what it was about.
CREATE TABLE publishing_tasks (
    id TEXT NOT NULL PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'processed', 'success', 'failure')),
    error_code TEXT,
    error_message TEXT,
    user_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    config_file TEXT NOT NULL,
    tarball_sha256 TEXT NOT NULL,
    tarball_size BIGINT NOT NULL,
    lease TEXT,
    lease_until BIGINT,
    attempt INTEGER NOT NULL DEFAULT 0,
    run_after BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((error_code IS NOT NULL) = (status = 'failure'))
);
-- At most one task of a version is not a failure: two uploads at once cannot both be accepted.
CREATE UNIQUE INDEX one_live ON publishing_tasks (scope, name, version) WHERE status <> 'failure';
CREATE INDEX publishing_tasks_waiting ON publishing_tasks (run_after) WHERE status IN ('pending', 'processing', 'processed');
CREATE INDEX publishing_tasks_quota ON publishing_tasks (scope, created_at DESC);

-- Which bytes a version number stands for. "reserved" goes when its task fails; "locked" stays for ever, because bytes have become public.
CREATE TABLE version_claims (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    tarball_sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'locked')),
    task_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version)
);

-- Names that must not be given out again. An empty name or version stands for the whole scope or package.
CREATE TABLE tombstones (
    scope TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, name, version)
);

CREATE TABLE audit_log (
-- @sqlite
    id INTEGER NOT NULL PRIMARY KEY,
-- @postgres
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
-- @both
    actor_id TEXT,
    is_sudo BOOLEAN NOT NULL,
    action TEXT NOT NULL,
    meta TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
-- @sqlite
CREATE TRIGGER audit_log_is_append_only_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
CREATE TRIGGER audit_log_is_append_only_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
-- @postgres
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only';
END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
