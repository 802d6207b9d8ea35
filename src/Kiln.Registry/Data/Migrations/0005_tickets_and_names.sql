-- What users write to the registry's staff. meta is a JSON object.
CREATE TABLE tickets (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('user_scope_quota_increase', 'scope_quota_increase', 'scope_claim', 'package_report', 'other')),
    creator TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    meta TEXT NOT NULL,
    closed BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX tickets_creator ON tickets (creator);
CREATE INDEX tickets_open ON tickets (created_at) WHERE closed = FALSE;

CREATE TABLE ticket_messages (
    id TEXT NOT NULL PRIMARY KEY,
    ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    author TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ticket_messages_ticket ON ticket_messages (ticket_id, created_at);

CREATE INDEX audit_log_newest ON audit_log (created_at DESC, id DESC);
CREATE INDEX audit_log_action ON audit_log (action, created_at);

-- What a reader sees of a scope's name: hyphens do not count, and 0 and o, 1 and l and i look alike.
CREATE INDEX scopes_look ON scopes (replace(replace(replace(replace(scope, '-', ''), '0', 'o'), '1', 'l'), 'i', 'l'));
CREATE INDEX authorizations_waiting ON authorizations (expires_at) WHERE decision IS NULL;
