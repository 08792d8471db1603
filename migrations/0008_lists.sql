-- Finds the events whose window may overlap another: by how long they last, so that each search begins where the first could begin.
-- The hexadecimal digits of the milliseconds from the first to the last say it to a factor of 16.
CREATE INDEX event_by_span ON event (length(printf('%x', latest_ms - earliest_ms)), earliest_ms)
WHERE earliest_ms IS NOT NULL AND latest_ms IS NOT NULL;
CREATE INDEX event_by_open_start ON event (latest_ms) WHERE earliest_ms IS NULL AND edtf IS NOT NULL;
CREATE INDEX event_by_open_end ON event (earliest_ms) WHERE latest_ms IS NULL AND edtf IS NOT NULL;
