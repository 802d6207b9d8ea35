-- @postgres
-- What only several processes on one database need.

-- The keys that protect forms and cookies of the site: a form that one process sent may come back to another.
CREATE TABLE data_protection_keys (
    name TEXT NOT NULL PRIMARY KEY,
    xml TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Whoever makes work, or makes it due again, wakes the workers of all processes when it commits. Only a hint: workers look by and by anyway.
CREATE FUNCTION kiln_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], '');
  RETURN NULL;
END $$;
CREATE TRIGGER publishing_tasks_wake AFTER INSERT OR UPDATE OF run_after ON publishing_tasks FOR EACH STATEMENT EXECUTE FUNCTION kiln_wake('kiln_publish');
CREATE TRIGGER jobs_wake AFTER INSERT OR UPDATE OF run_after ON jobs FOR EACH STATEMENT EXECUTE FUNCTION kiln_wake('kiln_jobs');
