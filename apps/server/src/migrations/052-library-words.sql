-- What a search looks through follows from the row alone: whoever writes the row cannot spell it otherwise.

ALTER TABLE app.recording_row DROP COLUMN words;
ALTER TABLE app.recording_row ADD COLUMN words text NOT NULL GENERATED ALWAYS AS (
  lower(file_name || ' ' || officer_name || ' ' || device_id || coalesce(' ' || party, ''))) STORED;
COMMENT ON COLUMN app.recording_row.words IS 'What a search looks through, in small letters.';

CREATE INDEX recording_row_by_words ON app.recording_row (agency_id, day) INCLUDE (officer_id, for_case_id, case_id, words);
