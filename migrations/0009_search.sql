-- The search index: a consumer of the log, which can be made anew from it at any time. Words are folded by the program before they come
-- here, so its tokenizer only parts them at blanks; texts are not kept twice.
-- Its columns: headline, name or title; what stands beside it (summary, aliases, tags); the long text.
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, lead, body,
    content = '', columnsize = 0, tokenize = 'ascii'
);

-- Bigger heaps of words are written at a time, and the pieces are merged when nobody waits.
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);
INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 32);

-- What is indexed. The key is the index's rowid; in its order the kinds are apart, and the newest comes first in each.
CREATE TABLE search_document (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- Of the row in the kind's own table.
    resource_key INTEGER NOT NULL,
    -- The version whose words are in the index.
    version INTEGER NOT NULL CHECK (version >= 1),
    -- Words of the long text.
    word_count INTEGER NOT NULL CHECK (word_count >= 0)
) STRICT;

-- Every word that occurs, for beginnings of words and for spelling.
CREATE TABLE search_word (
    word TEXT PRIMARY KEY,
    -- Whether it occurs in a name.
    is_name INTEGER NOT NULL CHECK (is_name IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX search_word_by_name ON search_word (word) WHERE is_name = 1;

-- How far the log has been read, in one row.
CREATE TABLE search_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    document_count INTEGER NOT NULL CHECK (document_count >= 0),
    -- By which rules texts become words: other rules than the program's make the index anew.
    form INTEGER NOT NULL
) STRICT;

INSERT INTO search_state (one, seq, document_count, form) VALUES (1, 0, 0, 1);
