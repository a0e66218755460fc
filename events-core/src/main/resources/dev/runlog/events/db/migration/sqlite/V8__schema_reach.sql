-- How far back a version of the schema reaches: programs that were built for oldest_program or later go on working on it,
-- reads and writes alike. A migration that a running fleet survives adds its row; a version without one is for programs of
-- that version and later alone.
CREATE TABLE schema_reach (
    version INTEGER PRIMARY KEY,
    oldest_program INTEGER NOT NULL CHECK (oldest_program <= version)
);
