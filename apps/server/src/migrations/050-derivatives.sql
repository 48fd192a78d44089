-- Copies that were made of recordings: clips, redactions, marked copies.

CREATE TABLE app.derivative_row (
  derivative_id text PRIMARY KEY,
  agency_id     text NOT NULL,
  recording_id  text NOT NULL,
  version       integer NOT NULL,
  status        text NOT NULL,
  number        text NOT NULL,
  requested_at  timestamptz NOT NULL,
  sha256        text,
  table_sha256  text,
  state         jsonb NOT NULL
);
COMMENT ON TABLE app.derivative_row IS 'Projection: one row a copy; state is the fold of its stream, sha256 its bytes, table_sha256 where its samples lie in the original.';
CREATE INDEX derivative_row_by_recording ON app.derivative_row (recording_id, requested_at DESC);
CREATE INDEX derivative_row_by_bytes ON app.derivative_row (sha256) WHERE sha256 IS NOT NULL;
CALL app.protect('app.derivative_row');

CREATE TABLE app.derivative_progress (
  derivative_id text PRIMARY KEY,
  agency_id     text NOT NULL,
  share         double precision NOT NULL CHECK (share >= 0 AND share <= 1)
);
COMMENT ON TABLE app.derivative_progress IS 'How far a copy is that is being made; worth nothing afterwards.';
CALL app.protect('app.derivative_progress');

ALTER TABLE app.recording_viewing ADD COLUMN derivative_id text;
COMMENT ON COLUMN app.recording_viewing.derivative_id IS 'The copy of the recording that was watched; null where it was the recording itself.';
CREATE INDEX recording_viewing_by_derivative ON app.recording_viewing (derivative_id) WHERE derivative_id IS NOT NULL;

-- The copies of a recording go with it: what was made of bytes that are let go may be destroyed as they may.
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
        AND OLD.sha256 IN (d.sha256, d.table_sha256))))
  THEN
    RAISE EXCEPTION 'no disposal let go of blob %', OLD.sha256 USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
