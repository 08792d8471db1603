-- Every write leaves one row here, in the order of the commits: revision history, audit trail and change feed in one.
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('organization', 'person', 'event', 'article')),
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    operation TEXT NOT NULL CHECK (operation IN ('created', 'updated', 'transitioned', 'deleted', 'merged')),
    actor TEXT NOT NULL,
    recorded_at_ms INTEGER NOT NULL,
    -- From when on everybody may see this version; NULL: only the newsroom. Of a deletion that of the version that was deleted.
    public_from_ms INTEGER,
    note TEXT,
    -- The whole resource as JSON, its references by id; NULL for a deletion.
    document TEXT CHECK ((document IS NULL) = (operation = 'deleted'))
) STRICT;

CREATE UNIQUE INDEX log_by_id ON log (id, version);
-- Finds what a deleted resource's address was.
CREATE INDEX log_by_deleted_slug ON log (kind, slug) WHERE operation = 'deleted';

CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN
    SELECT raise(ABORT, 'the log is not changed');
END;

CREATE TRIGGER log_is_not_cut BEFORE DELETE ON log BEGIN
    SELECT raise(ABORT, 'the log is not cut');
END;
