-- A statement lets go of nothing unless its own batch has let go of the case file to which its stream belongs: the case,
-- a recording that the case had, or a copy of one. Whoever may append must not borrow the batch of something else.
CREATE FUNCTION record.is_released(statement record.event, batch_id text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  WITH released AS (
    SELECT r.position, convert_from(p.bytes, 'UTF8')::jsonb #>> '{data,caseFile}' AS case_id
      FROM record.event r JOIN record.payload p ON p.event_id = r.event_id AND p.part = 'internal'
     WHERE r.stream_id = batch_id AND r.stream_type = 'disposal' AND r.type = 'DisposalItemReleased'
       AND r.agency_id = statement.agency_id AND r.position < statement.position),
  had AS (
    SELECT convert_from(p.bytes, 'UTF8')::jsonb ->> 'recordingId' AS recording_id
      FROM released JOIN record.event l ON l.stream_id = released.case_id AND l.position < released.position
      JOIN record.payload p ON p.event_id = l.event_id AND p.part = 'public'
     WHERE l.stream_type = 'case' AND l.type = 'RecordingLinked')
  SELECT CASE statement.stream_type
    WHEN 'case' THEN EXISTS (SELECT FROM released WHERE case_id = statement.stream_id)
    WHEN 'recording' THEN EXISTS (SELECT FROM had WHERE recording_id = statement.stream_id)
    WHEN 'derivative' THEN EXISTS (
      SELECT FROM record.event d JOIN record.payload p ON p.event_id = d.event_id AND p.part = 'public'
        JOIN had ON had.recording_id = convert_from(p.bytes, 'UTF8')::jsonb #>> '{source,recordingId}'
       WHERE d.stream_id = statement.stream_id AND d.version = 1 AND d.type = 'DerivativeRequested')
    ELSE false END
$$;
COMMENT ON FUNCTION record.is_released IS 'Whether the batch had let go of the case file to which the stream of a ContentShredded belongs.';

REVOKE ALL ON FUNCTION record.is_released FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record.is_released TO liuhen_shredder;

CREATE OR REPLACE VIEW record.let_go WITH (security_invoker = true) AS
  SELECT e.event_id, part.name AS part, s.stream_id, s.version, said.statement ->> 'batchId' AS batch_id
    FROM record.event s
    JOIN record.payload p ON p.event_id = s.event_id AND p.part = 'public'
    CROSS JOIN LATERAL (SELECT convert_from(p.bytes, 'UTF8')::jsonb) said (statement)
    CROSS JOIN LATERAL jsonb_array_elements(said.statement -> 'events') gone (event)
    CROSS JOIN LATERAL jsonb_array_elements_text(gone.event -> 'parts') part (name)
    JOIN record.event e ON e.stream_id = s.stream_id AND e.version = (gone.event ->> 'n')::integer
      AND e.version < s.version AND e.leaf_hash = decode(gone.event ->> 'leaf', 'base64')
   WHERE s.type = 'ContentShredded' AND record.is_released(s, said.statement ->> 'batchId');
COMMENT ON VIEW record.let_go IS 'Parts of events that a later event of the same stream let go of, under the batch that let go of its case file: the only ones that may be deleted.';
