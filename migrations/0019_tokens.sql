-- Who may do what. The secret of a token is not kept, only its SHA-256: whoever has this file has no token.
CREATE TABLE token (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    -- The kinds that it may write, by comma; null: all.
    kinds TEXT CHECK (kinds IS NULL OR (role = 'editor' AND kinds <> '')),
    requests_per_minute INTEGER CHECK (requests_per_minute BETWEEN 1 AND 1000000),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    last_used_at_ms INTEGER,
    revoked_at_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX token_by_name ON token (name) WHERE revoked_at_ms IS NULL;

-- How often the tokens that are good have changed: who remembers them looks at this alone.
CREATE TABLE token_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    change_count INTEGER NOT NULL
) STRICT;

INSERT INTO token_state (only, change_count) VALUES (1, 0);

CREATE TRIGGER token_is_added AFTER INSERT ON token
BEGIN
    UPDATE token_state SET change_count = change_count + 1;
END;

CREATE TRIGGER token_changes AFTER UPDATE OF name, role, sha256, kinds, requests_per_minute, expires_at_ms, revoked_at_ms ON token
BEGIN
    UPDATE token_state SET change_count = change_count + 1;
END;

CREATE TRIGGER token_goes AFTER DELETE ON token
BEGIN
    UPDATE token_state SET change_count = change_count + 1;
END;
