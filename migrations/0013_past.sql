-- The versions that another one has replaced, or that are gone, by what lists are filtered and sorted by: so a list as of an instant is read
-- along its order, and costs what its page costs and not what has changed since. Columns are called as in the tables of the kinds; all else
-- that a version said is in its document in the log.
CREATE TABLE article_past (
    -- Of the version's row in the log, and of the row that ended it.
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    until_seq INTEGER NOT NULL CHECK (until_seq > seq),
    -- The number of the resource's row at that time.
    key INTEGER NOT NULL,
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    type TEXT NOT NULL,
    headline TEXT NOT NULL,
    section TEXT,
    language TEXT,
    urgency INTEGER,
    status TEXT NOT NULL,
    source TEXT,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    published_at_ms INTEGER,
    first_published_at_ms INTEGER,
    embargoed_until_ms INTEGER
) STRICT;

CREATE INDEX article_past_by_published_at ON article_past (published_at_ms, key, until_seq);
CREATE INDEX article_past_by_created_at ON article_past (created_at_ms, key, until_seq);
CREATE INDEX article_past_by_updated_at ON article_past (updated_at_ms, key, until_seq);
CREATE INDEX article_past_by_headline ON article_past (headline COLLATE NOCASE, key, until_seq);

CREATE TABLE person_past (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    until_seq INTEGER NOT NULL CHECK (until_seq > seq),
    key INTEGER NOT NULL,
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    born TEXT,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX person_past_by_name ON person_past (name COLLATE NOCASE, key, until_seq);
CREATE INDEX person_past_by_sort_name ON person_past (sort_name COLLATE NOCASE, key, until_seq);
CREATE INDEX person_past_by_created_at ON person_past (created_at_ms, key, until_seq);
CREATE INDEX person_past_by_updated_at ON person_past (updated_at_ms, key, until_seq);

CREATE TABLE organization_past (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    until_seq INTEGER NOT NULL CHECK (until_seq > seq),
    key INTEGER NOT NULL,
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX organization_past_by_name ON organization_past (name COLLATE NOCASE, key, until_seq);
CREATE INDEX organization_past_by_created_at ON organization_past (created_at_ms, key, until_seq);
CREATE INDEX organization_past_by_updated_at ON organization_past (updated_at_ms, key, until_seq);

CREATE TABLE event_past (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    until_seq INTEGER NOT NULL CHECK (until_seq > seq),
    key INTEGER NOT NULL,
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    country TEXT,
    edtf TEXT,
    earliest_ms INTEGER,
    latest_ms INTEGER,
    window_order TEXT,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX event_past_by_window ON event_past (window_order, key, until_seq);
CREATE INDEX event_past_by_title ON event_past (title COLLATE NOCASE, key, until_seq);
CREATE INDEX event_past_by_created_at ON event_past (created_at_ms, key, until_seq);
CREATE INDEX event_past_by_updated_at ON event_past (updated_at_ms, key, until_seq);

-- What an older log holds of the past is put there by the program when it opens the file: how far it has come, and how far it has to.
CREATE TABLE past_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    filled_seq INTEGER NOT NULL CHECK (filled_seq >= 0),
    wanted_seq INTEGER NOT NULL CHECK (wanted_seq >= filled_seq)
) STRICT;

INSERT INTO past_state (one, filled_seq, wanted_seq) SELECT 1, 0, coalesce(max(seq), 0) FROM log;
