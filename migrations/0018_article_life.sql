-- What readers were told about an article after its publication, in order. None is ever changed, and none taken away but with its article.
CREATE TABLE article_correction (
    key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 199),
    kind TEXT NOT NULL CHECK (kind IN ('correction', 'clarification', 'update', 'retraction')),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
    issued_at_ms INTEGER NOT NULL,
    -- The id of the statement that it is about. No key: a statement belongs to the article that reports it, and neither waits for the other.
    statement TEXT CHECK (statement GLOB 'sta_*' AND length(statement) = 30),
    -- That of the article, so that "the newest of a section" is one walk along an index.
    section TEXT,
    UNIQUE (article_key, position)
) STRICT;

CREATE INDEX article_correction_by_issued_at ON article_correction (issued_at_ms, key);
CREATE INDEX article_correction_by_kind ON article_correction (kind, issued_at_ms, key);
CREATE INDEX article_correction_by_section ON article_correction (section, issued_at_ms, key);
CREATE INDEX article_correction_by_statement ON article_correction (statement) WHERE statement IS NOT NULL;

CREATE TRIGGER article_section_is_carried AFTER UPDATE OF section ON article WHEN old.section IS NOT new.section
BEGIN
    UPDATE article_correction SET section = new.section WHERE article_key = new.key;
END;

CREATE TRIGGER article_correction_is_not_changed
BEFORE UPDATE OF article_key, position, kind, text, issued_at_ms, statement ON article_correction
BEGIN
    SELECT raise(ABORT, 'a correction is not changed');
END;

-- A publication that has come stays the first one.
CREATE TRIGGER article_first_published_at_stays BEFORE UPDATE OF first_published_at_ms ON article
WHEN old.first_published_at_ms <= new.updated_at_ms AND new.first_published_at_ms IS NOT old.first_published_at_ms
BEGIN
    SELECT raise(ABORT, 'the first publication stays');
END;

-- The log is told of the marks below: a CHECK cannot be altered, and the log is not copied for its sake
-- (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(replace(sql, '''article''))', '''article'', ''review''))'), '''statement''))', '''statement'', ''review''))')
WHERE type = 'table' AND name = 'log';
PRAGMA writable_schema = RESET;

-- That an article or an event is to be looked at again, and that it was. They name it by its id, for they outlive its deletion and return.
CREATE TABLE review (
    -- Of the row of the log that set it.
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'rev_*' AND length(id) = 30),
    subject TEXT NOT NULL CHECK (subject GLOB 'art_*' OR subject GLOB 'evt_*'),
    reason TEXT NOT NULL CHECK (reason IN ('statement_corrected', 'statement_withdrawn', 'statement_deleted')),
    statement TEXT NOT NULL CHECK (statement GLOB 'sta_*'),
    basis TEXT NOT NULL CHECK (basis IN ('report', 'correction', 'cause', 'transition', 'event')),
    event TEXT CHECK ((event IS NULL) = (basis <> 'event')),
    since_ms INTEGER NOT NULL,
    -- Of the row of the log that cleared it, and what was said then.
    cleared_seq INTEGER REFERENCES log (seq) CHECK (cleared_seq > seq),
    cleared_at_ms INTEGER CHECK ((cleared_at_ms IS NULL) = (cleared_seq IS NULL)),
    note TEXT CHECK (note IS NULL OR (length(note) BETWEEN 1 AND 500 AND cleared_seq IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX review_open ON review (subject, statement, reason) WHERE cleared_seq IS NULL;
CREATE INDEX review_by_subject ON review (subject, seq);

-- What is to be looked at, as a part that lists are filtered by.
CREATE VIEW article_review (article_key, needs_review) AS
SELECT article.key, 'true'
FROM review
JOIN article ON article.id = review.subject
WHERE review.cleared_seq IS NULL;

CREATE VIEW event_review (event_key, needs_review) AS
SELECT event.key, 'true'
FROM review
JOIN event ON event.id = review.subject
WHERE review.cleared_seq IS NULL;
