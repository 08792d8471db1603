-- How conflicts of statements were settled. A conflict itself is stored nowhere: what live statements claim makes it.
CREATE TABLE conflict_resolution (
    -- Of the row of the log that tells of it.
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'res_*' AND length(id) = 30),
    -- The question: the id of an event, for the record outlives what becomes of that, and a property.
    about TEXT NOT NULL CHECK (about GLOB 'evt_*' AND length(about) = 30),
    property TEXT NOT NULL CHECK (length(property) BETWEEN 1 AND 100 AND property NOT GLOB '*[^a-z0-9_.-]*'),
    -- The value that holds; NULL where none of them does.
    value TEXT CHECK (length(value) BETWEEN 1 AND 300),
    how TEXT NOT NULL CHECK (length(how) BETWEEN 1 AND 2000),
    actor TEXT NOT NULL,
    resolved_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX conflict_resolution_by_question ON conflict_resolution (about, property, seq);

-- On whose word it was settled: ids of statements.
CREATE TABLE conflict_resolution_basis (
    seq INTEGER NOT NULL REFERENCES conflict_resolution (seq),
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 99),
    statement TEXT NOT NULL CHECK (statement GLOB 'sta_*' AND length(statement) = 30),
    PRIMARY KEY (seq, position),
    UNIQUE (seq, statement)
) STRICT, WITHOUT ROWID;

-- What stood against each other then: what is said later, or otherwise, opens the conflict again.
CREATE TABLE conflict_resolution_settled (
    seq INTEGER NOT NULL REFERENCES conflict_resolution (seq),
    statement TEXT NOT NULL CHECK (statement GLOB 'sta_*' AND length(statement) = 30),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 300),
    PRIMARY KEY (seq, statement)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER conflict_resolution_is_not_changed BEFORE UPDATE ON conflict_resolution BEGIN
    SELECT raise(ABORT, 'a resolution is not changed');
END;

CREATE TRIGGER conflict_resolution_is_not_deleted BEFORE DELETE ON conflict_resolution BEGIN
    SELECT raise(ABORT, 'a resolution is not deleted');
END;

-- From one question to the next, and whether there are two values on it, without a look at what lies between.
CREATE INDEX statement_by_live_claim ON statement (claim_about_key, claim_property, claim_value)
WHERE status = 'live' AND claim_about_key IS NOT NULL;
CREATE INDEX statement_by_live_property ON statement (claim_property, claim_about_key)
WHERE status = 'live' AND claim_property IS NOT NULL;

-- The log is told of resolutions: a CHECK cannot be altered, and the log is not copied for its sake
-- (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''review''))', '''review'', ''conflict''))')
WHERE type = 'table' AND name = 'log';
PRAGMA writable_schema = RESET;
