-- Who is told of changes, and how far each has come in the log.
CREATE TABLE webhook (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    url TEXT NOT NULL,
    description TEXT,
    -- By comma; NULL: all.
    kinds TEXT CHECK (kinds <> ''),
    operations TEXT CHECK (operations <> ''),
    audience TEXT NOT NULL CHECK (audience IN ('public', 'newsroom')),
    -- As it is: nothing less can sign.
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    actor TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    disabled_reason TEXT CHECK (disabled_reason IN ('requested', 'failing', 'gone')),
    disabled_at_ms INTEGER CHECK ((disabled_at_ms IS NULL) = (disabled_reason IS NULL)),
    -- Up to which row of the log all is settled.
    seq INTEGER NOT NULL CHECK (seq >= 0),
    attempt_count INTEGER NOT NULL CHECK (attempt_count >= 0),
    failing_since_ms INTEGER,
    next_attempt_at_ms INTEGER,
    last_taken_at_ms INTEGER,
    -- The id of a test that is asked for and not sent yet.
    test_id TEXT,
    -- How often clients have changed something here: who delivers by what was, begins anew.
    change_count INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_delivery (
    webhook_key INTEGER NOT NULL REFERENCES webhook (key) ON DELETE CASCADE,
    -- 1, 2, 3 … of each webhook; the oldest go.
    number INTEGER NOT NULL CHECK (number >= 1),
    message_id TEXT NOT NULL,
    -- NULL: a test.
    seq INTEGER,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    attempted_at_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'refused', 'failed', 'given_up')),
    status INTEGER,
    response TEXT,
    trouble TEXT,
    CHECK (status IS NULL OR trouble IS NULL),
    PRIMARY KEY (webhook_key, number)
) STRICT, WITHOUT ROWID;
