-- The search index is the program's own: postings in ordinary tables in place of FTS5's. It is made anew from the log by itself.
DROP TABLE search_index;
DROP TABLE search_word;
DROP TABLE search_document;
DROP TABLE search_state;

-- Pieces of the index, each of a stretch of the log; small ones become bigger ones.
CREATE TABLE search_segment (
    key INTEGER PRIMARY KEY,
    -- Its documents are of these rows of the log.
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
    document_count INTEGER NOT NULL CHECK (document_count >= 0),
    block_count INTEGER NOT NULL CHECK (block_count >= 0),
    -- A segment that is being made of others is not read yet; one that was dropped is read no more, and its blocks go by and by.
    state TEXT NOT NULL CHECK (state IN ('live', 'making', 'dropped')),
    -- Of one that is being made: how far the log had been read when it was begun, and behind which word and document it goes on.
    begun_at_seq INTEGER CHECK ((begun_at_seq IS NULL) = (state <> 'making')),
    next_term BLOB CHECK ((next_term IS NULL) = (state <> 'making')),
    next_document INTEGER CHECK ((next_document IS NULL) = (state <> 'making'))
) STRICT;

-- Postings: for a word the documents in which it occurs, and where. A block fits a page. The key: the segment's key, times 2^24, and the
-- block's number in the segment; in this order words and documents ascend.
CREATE TABLE search_block (
    key INTEGER PRIMARY KEY,
    postings BLOB NOT NULL
) STRICT;

-- The word and the document that each block begins with.
CREATE TABLE search_term (
    segment INTEGER NOT NULL,
    term BLOB NOT NULL,
    document INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (segment, term, document)
) STRICT, WITHOUT ROWID;

-- What is indexed. In the key's order the kinds are apart, and the newest comes first in each.
CREATE TABLE search_document (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Of the row in the kind's own table.
    resource_key INTEGER NOT NULL,
    -- The version whose words are in the index, and the log's row of it, which tells in which segment they are.
    version INTEGER NOT NULL CHECK (version >= 1),
    seq INTEGER NOT NULL CHECK (seq >= 1)
) STRICT;

-- Documents that were replaced or deleted, and are still in a segment.
CREATE TABLE search_dead (
    -- The log's row that it was made of.
    seq INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    -- How far the log was read when it went.
    gone_at_seq INTEGER NOT NULL
) STRICT;

-- How far the log has been read, in one row.
CREATE TABLE search_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    document_count INTEGER NOT NULL CHECK (document_count >= 0),
    -- By which rules texts become words: other rules than the program's make the index anew.
    form INTEGER NOT NULL
) STRICT;

INSERT INTO search_state (one, seq, document_count, form) VALUES (1, 0, 0, 1);
