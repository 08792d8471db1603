-- What happens, or was to happen, with the time that it is known for now.
CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'evt_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= created_at_ms),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
    kind TEXT NOT NULL
        CHECK (kind IN ('meeting', 'vote', 'visit', 'call', 'briefing', 'trip', 'attack', 'election', 'court', 'other')),
    status TEXT NOT NULL
        CHECK (status IN ('proposed', 'scheduled', 'postponed', 'cancelled', 'in_progress', 'happened')),
    part_of_key INTEGER REFERENCES event (key) CHECK (part_of_key <> key),

    -- The window: all NULL when nothing is known of the time.
    edtf TEXT,
    -- The first and last millisecond that it can be, inclusive; NULL where an end is open or unknown.
    earliest_ms INTEGER,
    latest_ms INTEGER CHECK (latest_ms >= earliest_ms),
    precision TEXT CHECK (precision IN ('year', 'month', 'day', 'time')),
    confirmed INTEGER CHECK (confirmed IN (0, 1)),
    stated TEXT CHECK (length(stated) <= 300),
    anchor TEXT CHECK (length(anchor) IN (4, 7, 10)),
    zone TEXT,
    -- Sorts by the start, then the narrower first. Negative numbers in hexadecimal sort among themselves.
    window_order TEXT GENERATED ALWAYS AS (
        CASE WHEN earliest_ms IS NOT NULL
        THEN printf('%d%016x%016x', earliest_ms >= 0, earliest_ms, coalesce(latest_ms - earliest_ms, 9223372036854775807))
        END) VIRTUAL,

    place_name TEXT CHECK (length(place_name) <= 300),
    country TEXT CHECK (length(country) = 2),
    latitude REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    summary TEXT CHECK (length(summary) <= 10000),
    CHECK ((edtf IS NULL) = (precision IS NULL) AND (edtf IS NULL) = (confirmed IS NULL)),
    CHECK (edtf IS NOT NULL OR coalesce(earliest_ms, latest_ms, stated, anchor, zone) IS NULL),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

CREATE INDEX event_by_window ON event (window_order);
CREATE INDEX event_by_earliest ON event (earliest_ms);
CREATE INDEX event_by_latest ON event (latest_ms);
CREATE INDEX event_by_title ON event (title COLLATE NOCASE);
CREATE INDEX event_by_created_at ON event (created_at_ms);
CREATE INDEX event_by_updated_at ON event (updated_at_ms);
CREATE INDEX event_by_kind ON event (kind, window_order);
CREATE INDEX event_by_status ON event (status, window_order);
CREATE INDEX event_by_country ON event (country, window_order);
CREATE INDEX event_by_part_of ON event (part_of_key);

CREATE TABLE event_participant (
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    person_key INTEGER REFERENCES person (key),
    organization_key INTEGER REFERENCES organization (key),
    role TEXT CHECK (length(role) <= 100),
    PRIMARY KEY (event_key, position),
    CHECK ((person_key IS NULL) <> (organization_key IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX event_by_person ON event_participant (person_key) WHERE person_key IS NOT NULL;
CREATE INDEX event_by_organization ON event_participant (organization_key) WHERE organization_key IS NOT NULL;

-- At most one id for each source, and each id for one event.
CREATE TABLE event_external_id (
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (event_key, source),
    UNIQUE (source, value)
) STRICT, WITHOUT ROWID;
