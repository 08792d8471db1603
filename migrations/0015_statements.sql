-- Who said what, about what, and through whom. The log is told that there is a fifth kind: a CHECK cannot be altered, and the log is not
-- copied for its sake (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''event'', ''article''))', '''event'', ''article'', ''statement''))')
WHERE type = 'table' AND name = 'log';
PRAGMA writable_schema = RESET;

-- A source that is not named: which it is, and what the newsroom keeps of it for itself. How it is called, each statement says.
CREATE TABLE unnamed_source (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'src_*' AND length(id) = 30),
    created_at_ms INTEGER NOT NULL,
    -- In no document, and in no row of the log.
    note TEXT CHECK (length(note) BETWEEN 1 AND 10000)
) STRICT;

CREATE TABLE statement (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'sta_*' AND length(id) = 30),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= created_at_ms),

    -- The speaker: one of three.
    person_key INTEGER REFERENCES person (key),
    organization_key INTEGER REFERENCES organization (key),
    source_key INTEGER REFERENCES unnamed_source (key),
    described_as TEXT CHECK (length(described_as) BETWEEN 1 AND 300),
    source_organization_key INTEGER REFERENCES organization (key),
    unnamed TEXT GENERATED ALWAYS AS (CASE WHEN source_key IS NULL THEN 'false' ELSE 'true' END) VIRTUAL,

    -- How many it came through, as statement_chain has them.
    hops INTEGER NOT NULL CHECK (hops BETWEEN 0 AND 20),
    manner TEXT NOT NULL CHECK (manner IN ('said', 'announced', 'confirmed', 'denied', 'wrote', 'asked')),
    form TEXT NOT NULL CHECK (form IN ('quote', 'partial_quote', 'paraphrase')),
    status TEXT NOT NULL CHECK (status IN ('live', 'corrected', 'withdrawn')),
    article_key INTEGER REFERENCES article (key),
    corrects_key INTEGER REFERENCES statement (key) CHECK (corrects_key <> key),
    claim_about_key INTEGER REFERENCES event (key),
    claim_property TEXT CHECK (length(claim_property) BETWEEN 1 AND 100 AND claim_property NOT GLOB '*[^a-z0-9_.-]*'),
    claim_value TEXT CHECK (length(claim_value) BETWEEN 1 AND 300),

    -- When it was said: as event has its window.
    edtf TEXT,
    earliest_ms INTEGER,
    latest_ms INTEGER CHECK (latest_ms >= earliest_ms),
    precision TEXT CHECK (precision IN ('year', 'month', 'day', 'time')),
    confirmed INTEGER CHECK (confirmed IN (0, 1)),
    stated TEXT CHECK (length(stated) <= 300),
    anchor TEXT CHECK (length(anchor) IN (4, 7, 10)),
    zone TEXT,
    window_order TEXT GENERATED ALWAYS AS (
        CASE WHEN earliest_ms IS NOT NULL
        THEN printf('%d%016x%016x', earliest_ms >= 0, earliest_ms, coalesce(latest_ms - earliest_ms, 9223372036854775807))
        END) VIRTUAL,

    -- The words in the body of the article, and those before and behind them.
    anchor_exact TEXT CHECK (length(anchor_exact) BETWEEN 1 AND 10000),
    anchor_prefix TEXT CHECK (length(anchor_prefix) BETWEEN 1 AND 500),
    anchor_suffix TEXT CHECK (length(anchor_suffix) BETWEEN 1 AND 500),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
    CHECK ((person_key IS NOT NULL) + (organization_key IS NOT NULL) + (source_key IS NOT NULL) = 1),
    CHECK ((source_key IS NULL) = (described_as IS NULL)),
    CHECK (source_key IS NOT NULL OR source_organization_key IS NULL),
    CHECK ((claim_about_key IS NULL) = (claim_property IS NULL) AND (claim_about_key IS NULL) = (claim_value IS NULL)),
    CHECK ((edtf IS NULL) = (precision IS NULL) AND (edtf IS NULL) = (confirmed IS NULL)),
    CHECK (edtf IS NOT NULL OR coalesce(earliest_ms, latest_ms, stated, anchor, zone) IS NULL),
    CHECK (anchor_exact IS NOT NULL OR coalesce(anchor_prefix, anchor_suffix) IS NULL),
    CHECK (anchor_exact IS NULL OR article_key IS NOT NULL)
) STRICT;

CREATE INDEX statement_by_said_at ON statement (window_order);
CREATE INDEX statement_by_earliest ON statement (earliest_ms);
CREATE INDEX statement_by_latest ON statement (latest_ms);
CREATE INDEX statement_by_span ON statement (length(printf('%x', latest_ms - earliest_ms)), earliest_ms)
WHERE earliest_ms IS NOT NULL AND latest_ms IS NOT NULL;
CREATE INDEX statement_by_open_start ON statement (latest_ms) WHERE earliest_ms IS NULL AND edtf IS NOT NULL;
CREATE INDEX statement_by_open_end ON statement (earliest_ms) WHERE latest_ms IS NULL AND edtf IS NOT NULL;
CREATE INDEX statement_by_created_at ON statement (created_at_ms);
CREATE INDEX statement_by_updated_at ON statement (updated_at_ms);
CREATE INDEX statement_by_person ON statement (person_key, window_order);
CREATE INDEX statement_by_organization ON statement (organization_key, window_order);
CREATE INDEX statement_by_source ON statement (source_key, window_order);
CREATE INDEX statement_by_source_organization ON statement (source_organization_key) WHERE source_organization_key IS NOT NULL;
CREATE INDEX statement_by_article ON statement (article_key, window_order);
CREATE INDEX statement_by_corrects ON statement (corrects_key);
CREATE INDEX statement_by_claim ON statement (claim_about_key, claim_property, window_order);
CREATE INDEX statement_by_claim_property ON statement (claim_property, window_order);
CREATE INDEX statement_by_claim_value ON statement (claim_value, window_order);
CREATE INDEX statement_by_manner ON statement (manner, window_order);
CREATE INDEX statement_by_form ON statement (form, window_order);
CREATE INDEX statement_by_status ON statement (status, window_order);
CREATE INDEX statement_by_hops ON statement (hops, window_order);
CREATE INDEX statement_by_unnamed ON statement (unnamed, window_order);

-- Whom it came through, the nearest to the speaker first.
CREATE TABLE statement_chain (
    statement_key INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 19),
    person_key INTEGER REFERENCES person (key),
    organization_key INTEGER REFERENCES organization (key),
    source_key INTEGER REFERENCES unnamed_source (key),
    described_as TEXT CHECK (length(described_as) BETWEEN 1 AND 300),
    source_organization_key INTEGER REFERENCES organization (key),
    PRIMARY KEY (statement_key, position),
    CHECK ((person_key IS NOT NULL) + (organization_key IS NOT NULL) + (source_key IS NOT NULL) = 1),
    CHECK ((source_key IS NULL) = (described_as IS NULL)),
    CHECK (source_key IS NOT NULL OR source_organization_key IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_chain_by_person ON statement_chain (person_key) WHERE person_key IS NOT NULL;
CREATE INDEX statement_chain_by_organization ON statement_chain (organization_key) WHERE organization_key IS NOT NULL;
CREATE INDEX statement_chain_by_source ON statement_chain (source_key) WHERE source_key IS NOT NULL;
CREATE INDEX statement_chain_by_source_organization ON statement_chain (source_organization_key)
WHERE source_organization_key IS NOT NULL;

CREATE TABLE statement_event (
    statement_key INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 99),
    event_key INTEGER NOT NULL REFERENCES event (key),
    PRIMARY KEY (statement_key, position),
    UNIQUE (statement_key, event_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_by_event ON statement_event (event_key);

-- At most one id for each source, and each id for one statement.
CREATE TABLE statement_external_id (
    statement_key INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (statement_key, source),
    UNIQUE (source, value)
) STRICT, WITHOUT ROWID;

-- As the tables of the other kinds' past versions.
CREATE TABLE statement_past (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    until_seq INTEGER NOT NULL CHECK (until_seq > seq),
    key INTEGER NOT NULL,
    id TEXT NOT NULL,
    manner TEXT NOT NULL,
    form TEXT NOT NULL,
    status TEXT NOT NULL,
    hops INTEGER NOT NULL,
    unnamed TEXT NOT NULL,
    edtf TEXT,
    earliest_ms INTEGER,
    latest_ms INTEGER,
    claim_property TEXT,
    claim_value TEXT,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    window_order TEXT
) STRICT;

CREATE INDEX statement_past_by_said_at ON statement_past (window_order, key, until_seq);
CREATE INDEX statement_past_by_created_at ON statement_past (created_at_ms, key, until_seq);
CREATE INDEX statement_past_by_updated_at ON statement_past (updated_at_ms, key, until_seq);

-- On whose word a cause is held to be one, and a move was made: statements, in the order that they were given.
CREATE TABLE event_cause_basis (
    event_key INTEGER NOT NULL,
    cause_position INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 99),
    statement_key INTEGER NOT NULL REFERENCES statement (key),
    PRIMARY KEY (event_key, cause_position, position),
    UNIQUE (event_key, cause_position, statement_key),
    FOREIGN KEY (event_key, cause_position) REFERENCES event_cause (event_key, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX event_cause_basis_by_statement ON event_cause_basis (statement_key);

CREATE TABLE event_transition_basis (
    event_key INTEGER NOT NULL,
    transition_position INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 99),
    statement_key INTEGER NOT NULL REFERENCES statement (key),
    PRIMARY KEY (event_key, transition_position, position),
    UNIQUE (event_key, transition_position, statement_key),
    FOREIGN KEY (event_key, transition_position) REFERENCES event_transition (event_key, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX event_transition_basis_by_statement ON event_transition_basis (statement_key);

-- What led to a move, where somebody said so: one of the event's causes, or one that it had then.
CREATE TABLE event_transition_cause (
    event_key INTEGER NOT NULL,
    transition_position INTEGER NOT NULL,
    cause_key INTEGER NOT NULL REFERENCES event (key),
    relation TEXT NOT NULL CHECK (relation IN ('triggered', 'prompted', 'prevented', 'enabled', 'retaliation')),
    PRIMARY KEY (event_key, transition_position),
    FOREIGN KEY (event_key, transition_position) REFERENCES event_transition (event_key, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX event_transition_cause_by_cause ON event_transition_cause (cause_key);
