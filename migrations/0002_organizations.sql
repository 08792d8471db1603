-- Bodies that act and speak. They come first, because people and events point at them.
CREATE TABLE organization (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'org_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= created_at_ms),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    kind TEXT NOT NULL
        CHECK (kind IN ('government', 'intergovernmental', 'party', 'armed_group', 'media', 'company', 'other')),
    parent_key INTEGER REFERENCES organization (key) CHECK (parent_key <> key),
    country TEXT CHECK (length(country) = 2)
) STRICT;

CREATE INDEX organization_by_name ON organization (name COLLATE NOCASE);
CREATE INDEX organization_by_created_at ON organization (created_at_ms);
CREATE INDEX organization_by_updated_at ON organization (updated_at_ms);
CREATE INDEX organization_by_kind ON organization (kind, name COLLATE NOCASE);
CREATE INDEX organization_by_country ON organization (country, name COLLATE NOCASE);
CREATE INDEX organization_by_parent ON organization (parent_key);

CREATE TABLE organization_alias (
    organization_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    from_date TEXT CHECK (length(from_date) IN (4, 7, 10)),
    to_date TEXT CHECK (length(to_date) IN (4, 7, 10)),
    PRIMARY KEY (organization_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_identifier (
    organization_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (organization_key, scheme)
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_by_identifier ON organization_identifier (scheme, value);

-- At most one id for each source, and each id for one organization.
CREATE TABLE organization_external_id (
    organization_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (organization_key, source),
    UNIQUE (source, value)
) STRICT, WITHOUT ROWID;
