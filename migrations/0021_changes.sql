-- The change feed as everybody may read it: what a row of the log changes for those who see what is public. It is worked out when the row is
-- written, so that it does not hang on when the feed is read.

-- The kinds of rows of the log, as a table: a further one is a row here, and the log's own text stays as it is from now on (a CHECK cannot be
-- altered: sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
CREATE TABLE log_kind (
    kind TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO log_kind (kind)
VALUES ('article'), ('conflict'), ('event'), ('organization'), ('person'), ('review'), ('statement'), ('visibility');

PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(
    sql, 'CHECK (kind IN (''organization'', ''person'', ''event'', ''article'', ''statement'', ''review'', ''conflict''))',
    'REFERENCES log_kind (kind)')
WHERE type = 'table' AND name = 'log';
PRAGMA writable_schema = RESET;

-- The feed of some kinds costs what its page costs.
CREATE INDEX log_by_kind ON log (kind);

-- One row for each row of the log that changes what everybody sees. Of a row of the kind `visibility`, which stands for what the clock or the
-- publication of an article changes for another resource, that resource is named, in the version that it has then.
CREATE TABLE public_change (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    kind TEXT NOT NULL CHECK (kind IN ('organization', 'person', 'event', 'article', 'statement')),
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    change TEXT NOT NULL CHECK (change IN ('created', 'updated', 'deleted'))
) STRICT;

CREATE INDEX public_change_by_kind ON public_change (kind);

-- Articles that everybody will see from an instant on that had not come when they were written last: the writer tells of it when it comes.
CREATE TABLE coming_publication (
    article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    public_from_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX coming_publication_by_instant ON coming_publication (public_from_ms);

-- Of a log from before: each row by whether its version, and the one before it, could be seen when it was written.
INSERT INTO public_change (seq, kind, id, version, change)
SELECT seq, kind, id, version, CASE WHEN NOT was_public THEN 'created' WHEN is_public THEN 'updated' ELSE 'deleted' END
FROM (
    SELECT entry.seq, entry.kind, entry.id, entry.version,
        entry.operation <> 'deleted' AND coalesce(entry.public_from_ms <= entry.recorded_at_ms, 0) AS is_public,
        coalesce(former.operation <> 'deleted' AND former.public_from_ms <= former.recorded_at_ms, 0) AS was_public
    FROM log AS entry
    LEFT JOIN log AS former ON former.id = entry.id AND former.version = entry.version - 1
    WHERE entry.kind IN ('organization', 'person', 'event', 'article')
)
WHERE is_public OR was_public
ORDER BY seq;

-- What was under embargo then is told of when the program opens the file, if it has come by then.
INSERT INTO coming_publication (article_key, public_from_ms)
SELECT article.key, log.public_from_ms
FROM article
CROSS JOIN log ON log.id = article.id AND log.version = article.version
WHERE log.public_from_ms > log.recorded_at_ms;

-- Of statements the log does not say what could be seen of them in the past: those that can be seen are new with their newest version.
INSERT INTO public_change (seq, kind, id, version, change)
SELECT log.seq, 'statement', statement.id, statement.version, 'created'
FROM statement
CROSS JOIN article ON article.key = statement.article_key
CROSS JOIN log AS reported ON reported.id = article.id AND reported.version = article.version
CROSS JOIN log ON log.id = statement.id AND log.version = statement.version
WHERE reported.public_from_ms <= reported.recorded_at_ms
ORDER BY log.seq;

CREATE TRIGGER public_change_is_not_changed BEFORE UPDATE ON public_change BEGIN
    SELECT raise(ABORT, 'what was told of a change is not changed');
END;

CREATE TRIGGER public_change_is_not_deleted BEFORE DELETE ON public_change BEGIN
    SELECT raise(ABORT, 'what was told of a change is not deleted');
END;
