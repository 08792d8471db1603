-- The answers to writes that came with an Idempotency-Key, kept for a day: the same request gets the same answer, and writes nothing.
CREATE TABLE idempotency_key (
    -- Keys are an actor's own: what one has been answered is nobody else's.
    actor TEXT NOT NULL,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- Of method, target and body.
    request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
    recorded_at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
    -- Field lines, `Name: value`, with a line feed between them.
    fields TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT;

CREATE INDEX idempotency_key_by_age ON idempotency_key (recorded_at_ms);
