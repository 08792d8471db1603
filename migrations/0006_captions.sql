-- Tells with one look-up whether anything that references are shown with may have changed: the newest row that is not an article's.
CREATE INDEX log_of_captions ON log (seq) WHERE kind <> 'article';
