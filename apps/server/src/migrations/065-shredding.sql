-- Lawful disposal of case files: what events let go of, and a wall behind whoever deletes it.

CREATE INDEX event_shredding ON record.event (stream_id) WHERE type = 'ContentShredded';

CREATE VIEW record.let_go WITH (security_invoker = true) AS
  SELECT e.event_id, part.name AS part, s.stream_id, s.version, said.statement ->> 'batchId' AS batch_id
    FROM record.event s
    JOIN record.payload p ON p.event_id = s.event_id AND p.part = 'public'
    CROSS JOIN LATERAL (SELECT convert_from(p.bytes, 'UTF8')::jsonb) said (statement)
    CROSS JOIN LATERAL jsonb_array_elements(said.statement -> 'events') gone (event)
    CROSS JOIN LATERAL jsonb_array_elements_text(gone.event -> 'parts') part (name)
    JOIN record.event e ON e.stream_id = s.stream_id AND e.version = (gone.event ->> 'n')::integer
      AND e.version < s.version AND e.leaf_hash = decode(gone.event ->> 'leaf', 'base64')
   WHERE s.type = 'ContentShredded';
COMMENT ON VIEW record.let_go IS 'Parts of events that a later event of the same stream let go of: the only ones that may be deleted.';
GRANT SELECT ON record.let_go TO liuhen_shredder;

-- The shredder deletes nothing that the record has not let go of before.
CREATE FUNCTION record.refuse_unsaid_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
    SELECT FROM record.let_go g WHERE g.event_id = gone.event_id AND g.part = gone.part))
  THEN
    RAISE EXCEPTION 'no event of the record let go of this content' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER only_let_go AFTER DELETE ON record.payload REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_unsaid_delete();

CREATE TABLE app.disposal_file (
  batch_id    text NOT NULL,
  case_id     text NOT NULL,
  agency_id   text NOT NULL,
  running     boolean NOT NULL,
  released_at timestamptz,
  papers      text[] NOT NULL,
  PRIMARY KEY (batch_id, case_id)
);
COMMENT ON TABLE app.disposal_file IS 'Projection: case files that a batch is about; papers: digests of the bytes that go with one.';
CREATE INDEX disposal_file_running ON app.disposal_file (case_id) WHERE running;
CREATE INDEX disposal_file_papers ON app.disposal_file USING gin (papers) WHERE released_at IS NOT NULL;
CALL app.protect('app.disposal_file');

-- Packages of a case go with its file; that they were made, and their digests, stay.
ALTER TABLE app.package DROP CONSTRAINT package_state_check;
ALTER TABLE app.package ADD CONSTRAINT package_state_check
  CHECK (state IN ('making', 'ready', 'failed', 'destroyed'));

CREATE OR REPLACE FUNCTION app.refuse_unlawful_destruction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.state = 'destroyed' THEN
    RAISE EXCEPTION 'a destroyed blob stays destroyed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state <> 'verified' OR NOT (EXISTS (
    SELECT FROM app.disposal_item i WHERE i.released_at IS NOT NULL AND (i.sha256 = OLD.sha256 OR EXISTS (
      SELECT FROM app.recording_poster p WHERE p.recording_id = i.recording_id AND p.sha256 = OLD.sha256)
      OR EXISTS (SELECT FROM app.derivative_row d WHERE d.recording_id = i.recording_id
        AND OLD.sha256 IN (d.sha256, d.table_sha256))
      OR EXISTS (SELECT FROM app.derivative_bytes b WHERE b.recording_id = i.recording_id
        AND b.sha256 = OLD.sha256)))
    OR EXISTS (SELECT FROM app.disposal_file f WHERE f.released_at IS NOT NULL AND f.papers @> ARRAY[OLD.sha256]))
  THEN
    RAISE EXCEPTION 'no disposal let go of blob %', OLD.sha256 USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
