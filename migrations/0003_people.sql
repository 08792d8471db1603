-- People, with the offices that they held and when.
CREATE TABLE person (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'per_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= created_at_ms),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    sort_name TEXT NOT NULL CHECK (length(sort_name) BETWEEN 1 AND 301),
    -- A year, a month or a day: 1949, 1949-10, 1949-10-21.
    born TEXT CHECK (length(born) IN (4, 7, 10)),
    description TEXT CHECK (length(description) <= 10000)
) STRICT;

CREATE INDEX person_by_name ON person (name COLLATE NOCASE);
CREATE INDEX person_by_sort_name ON person (sort_name COLLATE NOCASE);
CREATE INDEX person_by_created_at ON person (created_at_ms);
CREATE INDEX person_by_updated_at ON person (updated_at_ms);
CREATE INDEX person_by_born ON person (born);

CREATE TABLE person_alias (
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    from_date TEXT CHECK (length(from_date) IN (4, 7, 10)),
    to_date TEXT CHECK (length(to_date) IN (4, 7, 10)),
    PRIMARY KEY (person_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_role (
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    organization_key INTEGER REFERENCES organization (key),
    from_date TEXT CHECK (length(from_date) IN (4, 7, 10)),
    to_date TEXT CHECK (length(to_date) IN (4, 7, 10)),
    -- The days that the dates reach to, counted since 1970-01-01; NULL: without end.
    first_day INTEGER,
    last_day INTEGER CHECK (last_day >= first_day),
    PRIMARY KEY (person_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_by_role ON person_role (title COLLATE NOCASE);
CREATE INDEX person_by_organization ON person_role (organization_key);

CREATE TABLE person_identifier (
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (person_key, scheme)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_by_identifier ON person_identifier (scheme, value);

CREATE TABLE person_link (
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    title TEXT CHECK (length(title) <= 300),
    PRIMARY KEY (person_key, position)
) STRICT, WITHOUT ROWID;

-- At most one id for each source, and each id for one person.
CREATE TABLE person_external_id (
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (person_key, source),
    UNIQUE (source, value)
) STRICT, WITHOUT ROWID;
