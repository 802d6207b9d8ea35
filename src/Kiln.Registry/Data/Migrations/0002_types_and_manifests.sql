-- What the types of a version lack; null: not known.
ALTER TABLE package_versions ADD COLUMN slow_types TEXT;

-- What the version's package.json says, for the packument; null: nothing but the dependencies is known.
ALTER TABLE npm_tarballs ADD COLUMN manifest TEXT;
