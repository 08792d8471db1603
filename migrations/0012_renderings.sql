-- Articles as they are shown, so that a read is two look-ups: made with each write of an article, and again when what it refers to
-- has changed.
CREATE TABLE article_rendering (
    article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    -- The newest row of the log when it was made. It is stale where something that it refers to has a newer one.
    seq INTEGER NOT NULL CHECK (seq >= 1),
    -- The number of the program's wire form: of another form it is made again.
    form INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    -- From when on everybody may see it; NULL: only the newsroom.
    public_from_ms INTEGER,
    -- A hash of the text: what its ETag is made of.
    fingerprint INTEGER NOT NULL,
    -- Where the member is that lists leave out, in bytes of the text, the comma before it included.
    body_start INTEGER NOT NULL CHECK (body_start >= 1),
    body_end INTEGER NOT NULL CHECK (body_end >= body_start),
    -- What it refers to, eight bytes each, the lowest first: four times the key of its row, and 0 for a person, 1 for an organization, 2
    -- for an event.
    targets BLOB NOT NULL CHECK (length(targets) % 8 = 0),
    json TEXT NOT NULL
) STRICT;

-- It is of the version that the table has: whoever writes another makes another.
CREATE TRIGGER article_rendering_ends AFTER UPDATE ON article BEGIN
    DELETE FROM article_rendering WHERE article_key = old.key;
END;

-- How far articles have been gone through for what is missing or old, in one row.
CREATE TABLE article_rendering_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Of the last article that was looked at.
    article_key INTEGER NOT NULL,
    -- What the articles up to that one have is as of this row of the log, or newer, …
    seq INTEGER NOT NULL CHECK (seq >= 0),
    -- … and of this form.
    form INTEGER NOT NULL
) STRICT;

INSERT INTO article_rendering_state (one, article_key, seq, form) VALUES (1, 0, 0, 1);
