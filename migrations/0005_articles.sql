-- Articles, and what they point at. The body is the last column: what lists read lies before its overflow pages.
CREATE TABLE article (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'art_*' AND length(id) = 30),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 100 AND slug NOT GLOB '*[^a-z0-9-]*'),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= created_at_ms),
    type TEXT NOT NULL CHECK (type IN ('news', 'analysis', 'opinion', 'feature', 'interview', 'brief', 'live')),
    status TEXT NOT NULL CHECK (status IN ('draft', 'ready', 'published', 'retracted')),
    embargoed_until_ms INTEGER,
    published_at_ms INTEGER CHECK (published_at_ms IS NOT NULL OR status <> 'published'),
    first_published_at_ms INTEGER CHECK (first_published_at_ms IS NOT NULL OR status <> 'published'),
    urgency INTEGER CHECK (urgency BETWEEN 1 AND 9),
    language TEXT,
    section TEXT CHECK (length(section) <= 100),
    source TEXT CHECK (length(source) <= 300),
    byline TEXT CHECK (length(byline) <= 500),
    dateline TEXT CHECK (length(dateline) <= 300),
    headline TEXT NOT NULL CHECK (length(headline) BETWEEN 1 AND 500),
    subheadline TEXT CHECK (length(subheadline) <= 1000),
    summary TEXT CHECK (length(summary) <= 10000),
    canonical_url TEXT CHECK (length(canonical_url) <= 2000),
    usage_terms TEXT CHECK (length(usage_terms) <= 2000),
    word_count INTEGER NOT NULL CHECK (word_count >= 0),
    body_format TEXT NOT NULL CHECK (body_format IN ('text', 'markdown', 'html')),
    body TEXT NOT NULL CHECK (length(body) <= 1048576)
) STRICT;

CREATE INDEX article_by_published_at ON article (published_at_ms);
CREATE INDEX article_by_first_published_at ON article (first_published_at_ms);
CREATE INDEX article_by_created_at ON article (created_at_ms);
CREATE INDEX article_by_updated_at ON article (updated_at_ms);
CREATE INDEX article_by_headline ON article (headline COLLATE NOCASE);
CREATE INDEX article_by_embargoed_until ON article (embargoed_until_ms) WHERE embargoed_until_ms IS NOT NULL;
-- What everybody may see is counted from this one alone, and listed in its order: the key stands before what is only looked at.
CREATE INDEX article_by_status ON article (status, published_at_ms, key, embargoed_until_ms);
CREATE INDEX article_by_section ON article (section, published_at_ms);
CREATE INDEX article_by_type ON article (type, published_at_ms);
CREATE INDEX article_by_language ON article (language, published_at_ms);
CREATE INDEX article_by_source ON article (source, published_at_ms);
CREATE INDEX article_by_urgency ON article (urgency, published_at_ms);

-- What an article points at carries the article's published_at, so that "the newest with this tag" is one walk along an index.
CREATE TABLE article_tag (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    tag TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 100),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_tag ON article_tag (tag, published_at_ms, article_key);

CREATE TABLE article_place (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_place ON article_place (place, published_at_ms, article_key);

CREATE TABLE article_author (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    person_key INTEGER NOT NULL REFERENCES person (key),
    role TEXT CHECK (length(role) <= 100),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_author ON article_author (person_key, published_at_ms, article_key);

CREATE TABLE article_person (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    person_key INTEGER NOT NULL REFERENCES person (key),
    role TEXT CHECK (length(role) <= 100),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_person ON article_person (person_key, published_at_ms, article_key);

CREATE TABLE article_organization (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    organization_key INTEGER NOT NULL REFERENCES organization (key),
    role TEXT CHECK (length(role) <= 100),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_organization ON article_organization (organization_key, published_at_ms, article_key);

CREATE TABLE article_event (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    event_key INTEGER NOT NULL REFERENCES event (key),
    role TEXT CHECK (length(role) <= 100),
    published_at_ms INTEGER,
    PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_by_event ON article_event (event_key, published_at_ms, article_key);

CREATE TRIGGER article_published_at_is_carried AFTER UPDATE OF published_at_ms ON article
WHEN old.published_at_ms IS NOT new.published_at_ms
BEGIN
    UPDATE article_tag SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
    UPDATE article_place SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
    UPDATE article_author SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
    UPDATE article_person SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
    UPDATE article_organization SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
    UPDATE article_event SET published_at_ms = new.published_at_ms WHERE article_key = new.key;
END;

-- At most one id for each source, and each id for one article.
CREATE TABLE article_external_id (
    article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    PRIMARY KEY (article_key, source),
    UNIQUE (source, value)
) STRICT, WITHOUT ROWID;
