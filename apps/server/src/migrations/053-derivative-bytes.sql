-- Every file that an attempt at a copy was about to keep, told before the store has it: it never belongs to nothing.

CREATE TABLE app.derivative_bytes (
  derivative_id text NOT NULL,
  sha256        text NOT NULL,
  agency_id     text NOT NULL,
  recording_id  text NOT NULL,
  what          text NOT NULL CHECK (what IN ('copy', 'table')),
  PRIMARY KEY (derivative_id, sha256)
);
COMMENT ON TABLE app.derivative_bytes IS 'What was about to be kept for a copy of a recording, also by attempts that came to nothing; goes with the recording.';
CREATE INDEX derivative_bytes_by_bytes ON app.derivative_bytes (sha256);
CALL app.protect('app.derivative_bytes');

CREATE OR REPLACE FUNCTION app.refuse_unlawful_destruction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.state = 'destroyed' THEN
    RAISE EXCEPTION 'a destroyed blob stays destroyed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state <> 'verified' OR NOT EXISTS (
    SELECT FROM app.disposal_item i WHERE i.released_at IS NOT NULL AND (i.sha256 = OLD.sha256 OR EXISTS (
      SELECT FROM app.recording_poster p WHERE p.recording_id = i.recording_id AND p.sha256 = OLD.sha256)
      OR EXISTS (SELECT FROM app.derivative_row d WHERE d.recording_id = i.recording_id
        AND OLD.sha256 IN (d.sha256, d.table_sha256))
      OR EXISTS (SELECT FROM app.derivative_bytes b WHERE b.recording_id = i.recording_id
        AND b.sha256 = OLD.sha256)))
  THEN
    RAISE EXCEPTION 'no disposal let go of blob %', OLD.sha256 USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
