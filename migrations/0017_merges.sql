-- Two resources that turn out to be one: which were merged into which, which were judged different, and what looks alike.
-- A row of the log that belongs to such a judgement names the two: `merged` and `split` are the rows of all that a merge and its undoing
-- wrote, references that moved included; `different` and `undecided` say whether two were judged different, and that this was withdrawn.
ALTER TABLE log ADD COLUMN judgement TEXT CHECK (judgement IN ('merged', 'split', 'different', 'undecided'));
-- What was merged, or what was judged different …
ALTER TABLE log ADD COLUMN from_id TEXT;
-- … and the survivor, or what it was judged different from.
ALTER TABLE log ADD COLUMN into_id TEXT;

-- What a merge wrote, …
CREATE INDEX log_by_merged ON log (from_id, seq) WHERE judgement = 'merged';
-- … what was merged into a survivor, …
CREATE INDEX log_of_merges ON log (into_id) WHERE judgement = 'merged' AND operation = 'deleted';
-- … and what was judged of a pair, by each of the two.
CREATE INDEX log_of_one ON log (from_id) WHERE judgement IN ('different', 'undecided');
CREATE INDEX log_of_other ON log (into_id) WHERE judgement IN ('different', 'undecided');

-- Names of people that are no more, and what they lead to: the last survivor of a chain.
CREATE TABLE person_merged (
    id TEXT PRIMARY KEY CHECK (id GLOB 'per_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX person_merged_by_survivor ON person_merged (person_key);

-- Their ids elsewhere that the survivor did not take over.
CREATE TABLE person_merged_external_id (
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    id TEXT NOT NULL REFERENCES person_merged (id) ON DELETE CASCADE,
    PRIMARY KEY (source, value, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_merged_external_id_by_id ON person_merged_external_id (id);

-- Pairs that were judged different.
CREATE TABLE person_distinction (
    one_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    other_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE CHECK (one_key < other_key),
    PRIMARY KEY (one_key, other_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_distinction_by_other ON person_distinction (other_key);

-- What is compared with what: those of one block, where it is large neighbours by `detail`.
CREATE TABLE person_likeness (
    block TEXT NOT NULL,
    detail TEXT NOT NULL,
    person_key INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    PRIMARY KEY (block, detail, person_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_likeness_by_key ON person_likeness (person_key);

-- Names of organizations that are no more, and what they lead to: the last survivor of a chain.
CREATE TABLE organization_merged (
    id TEXT PRIMARY KEY CHECK (id GLOB 'org_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    organization_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_merged_by_survivor ON organization_merged (organization_key);

-- Their ids elsewhere that the survivor did not take over.
CREATE TABLE organization_merged_external_id (
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    id TEXT NOT NULL REFERENCES organization_merged (id) ON DELETE CASCADE,
    PRIMARY KEY (source, value, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_merged_external_id_by_id ON organization_merged_external_id (id);

-- Pairs that were judged different.
CREATE TABLE organization_distinction (
    one_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE,
    other_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE CHECK (one_key < other_key),
    PRIMARY KEY (one_key, other_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_distinction_by_other ON organization_distinction (other_key);

-- What is compared with what: those of one block, where it is large neighbours by `detail`.
CREATE TABLE organization_likeness (
    block TEXT NOT NULL,
    detail TEXT NOT NULL,
    organization_key INTEGER NOT NULL REFERENCES organization (key) ON DELETE CASCADE,
    PRIMARY KEY (block, detail, organization_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_likeness_by_key ON organization_likeness (organization_key);

-- Names of events that are no more, and what they lead to: the last survivor of a chain.
CREATE TABLE event_merged (
    id TEXT PRIMARY KEY CHECK (id GLOB 'evt_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX event_merged_by_survivor ON event_merged (event_key);

-- Their ids elsewhere that the survivor did not take over.
CREATE TABLE event_merged_external_id (
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    id TEXT NOT NULL REFERENCES event_merged (id) ON DELETE CASCADE,
    PRIMARY KEY (source, value, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_merged_external_id_by_id ON event_merged_external_id (id);

-- Pairs that were judged different.
CREATE TABLE event_distinction (
    one_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    other_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE CHECK (one_key < other_key),
    PRIMARY KEY (one_key, other_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_distinction_by_other ON event_distinction (other_key);

-- What is compared with what: those of one block, where it is large neighbours by `detail`.
CREATE TABLE event_likeness (
    block TEXT NOT NULL,
    detail TEXT NOT NULL,
    event_key INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    PRIMARY KEY (block, detail, event_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_likeness_by_key ON event_likeness (event_key);

-- Blocks of resources that are older than these tables are put there by the program when it opens the file: how far it has come, and by
-- which rules. Other rules than the program's make them anew.
CREATE TABLE likeness_state (
    kind TEXT PRIMARY KEY CHECK (kind IN ('person', 'organization', 'event')),
    -- Of the last row that was looked at.
    key INTEGER NOT NULL CHECK (key >= 0),
    -- Of rows up to that one; of all where it is the program's and `is_whole` says so.
    form INTEGER NOT NULL,
    is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO likeness_state (kind, key, form, is_whole) VALUES ('person', 0, 0, 0), ('organization', 0, 0, 0), ('event', 0, 0, 0);
