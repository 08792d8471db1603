-- Times worked out by time zones, events that are overdue, and offices found by title, organization and day.

-- By what rules the times of events in a zone were worked out: where the machine has others, opening the file works them out anew.
-- 0: without rules, in UTC.
CREATE TABLE zone_rules (
    zone TEXT NOT NULL,
    fingerprint INTEGER NOT NULL,
    PRIMARY KEY (zone, fingerprint)
) STRICT, WITHOUT ROWID;

-- Up to now all were worked out in UTC.
INSERT INTO zone_rules (zone, fingerprint)
SELECT zone, 0 FROM event WHERE zone IS NOT NULL
UNION
SELECT json_extract(document, '$.window.zone'), 0
FROM log
WHERE kind = 'event' AND document IS NOT NULL AND json_extract(document, '$.window.zone') IS NOT NULL;

CREATE INDEX event_by_zone ON event (zone) WHERE zone IS NOT NULL;

-- The last millisecond at which an event that is still to come can have begun; the greatest number where there is none, or nothing is
-- expected any more.
ALTER TABLE event ADD COLUMN due_ms INTEGER GENERATED ALWAYS AS (
    CASE WHEN status IN ('scheduled', 'postponed') AND latest_ms IS NOT NULL THEN latest_ms ELSE 9223372036854775807 END) VIRTUAL;
CREATE INDEX event_by_due ON event (due_ms);

ALTER TABLE event_past ADD COLUMN due_ms INTEGER;
UPDATE event_past
SET due_ms = CASE WHEN status IN ('scheduled', 'postponed') AND latest_ms IS NOT NULL THEN latest_ms ELSE 9223372036854775807 END;

-- The title as it is compared: without capitals and accents. NULL in rows from before, until the program has opened the file.
ALTER TABLE person_role ADD COLUMN folded_title TEXT;
CREATE INDEX person_role_unfolded ON person_role (person_key, position) WHERE folded_title IS NULL;

-- The first and the last day on which an office may have been held, far away where there is no end.
ALTER TABLE person_role ADD COLUMN held_from_day INTEGER GENERATED ALWAYS AS (coalesce(first_day, -1000000000000)) VIRTUAL;
ALTER TABLE person_role ADD COLUMN held_through_day INTEGER GENERATED ALWAYS AS (coalesce(last_day, 1000000000000)) VIRTUAL;
CREATE INDEX person_by_office ON person_role (folded_title, held_from_day, held_through_day);
DROP INDEX person_by_organization;
CREATE INDEX person_by_organization ON person_role (organization_key, held_from_day, held_through_day);
CREATE INDEX person_by_office_day ON person_role (held_from_day, held_through_day);
