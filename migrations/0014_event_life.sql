-- The times that an event was promised for before the one in its own row, in order. Nothing is ever removed.
CREATE TABLE event_former_slot (
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 199),
    state TEXT NOT NULL CHECK (state IN ('superseded', 'cancelled')),
    edtf TEXT NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    stated TEXT CHECK (length(stated) <= 300),
    anchor TEXT CHECK (length(anchor) IN (4, 7, 10)),
    zone TEXT,
    PRIMARY KEY (event_key, position)
) STRICT, WITHOUT ROWID;

-- What led to an event, in the order that it was given. That nothing leads to itself is the program's business.
CREATE TABLE event_cause (
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 99),
    cause_key INTEGER NOT NULL REFERENCES event (key) CHECK (cause_key <> event_key),
    relation TEXT NOT NULL CHECK (relation IN ('triggered', 'prompted', 'prevented', 'enabled', 'retaliation')),
    PRIMARY KEY (event_key, position),
    UNIQUE (event_key, cause_key, relation)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_by_cause ON event_cause (cause_key);

-- The moves of an event's life, in order: what the table of moves allows, and nothing else.
CREATE TABLE event_transition (
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 499),
    action TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    reason TEXT CHECK (length(reason) <= 2000),
    effective_at_ms INTEGER NOT NULL,
    recorded_at_ms INTEGER NOT NULL,
    edtf TEXT,
    confirmed INTEGER CHECK (confirmed IN (0, 1)),
    stated TEXT CHECK (length(stated) <= 300),
    anchor TEXT CHECK (length(anchor) IN (4, 7, 10)),
    zone TEXT,
    PRIMARY KEY (event_key, position),
    CHECK ((edtf IS NULL) = (confirmed IS NULL)),
    CHECK (edtf IS NOT NULL OR coalesce(stated, anchor, zone) IS NULL),
    CHECK (
        (action = 'schedule' AND from_status = 'proposed' AND to_status = 'scheduled')
        OR (action = 'reschedule' AND from_status IN ('scheduled', 'postponed', 'cancelled') AND to_status = 'scheduled')
        OR (action = 'postpone' AND from_status IN ('scheduled', 'cancelled') AND to_status = 'postponed')
        OR (action = 'cancel' AND from_status IN ('proposed', 'scheduled', 'postponed', 'in_progress') AND to_status = 'cancelled')
        OR (action = 'start' AND from_status = 'scheduled' AND to_status = 'in_progress')
        OR (action = 'complete' AND from_status IN ('scheduled', 'in_progress') AND to_status = 'happened')
    )
) STRICT, WITHOUT ROWID;
