-- Lists as of an instant order what is equal as the lists of that time did: by the number of the row that a version had.
ALTER TABLE log ADD COLUMN key INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER log_is_not_changed;

-- What is deleted has no number any more: that of its first row in the log is as good, below all that rows have.
UPDATE log SET key = coalesce(
    CASE kind
        WHEN 'article' THEN (SELECT article.key FROM article WHERE article.id = log.id)
        WHEN 'person' THEN (SELECT person.key FROM person WHERE person.id = log.id)
        WHEN 'organization' THEN (SELECT organization.key FROM organization WHERE organization.id = log.id)
        WHEN 'event' THEN (SELECT event.key FROM event WHERE event.id = log.id)
    END,
    (SELECT -first.seq FROM log AS first WHERE first.id = log.id AND first.version = 1));

CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN
    SELECT raise(ABORT, 'the log is not changed');
END;
