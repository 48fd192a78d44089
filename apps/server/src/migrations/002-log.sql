-- The log: which committed event has which index, and what was signed. The tree itself is files (docs/design/005).

CREATE SCHEMA log;
COMMENT ON SCHEMA log IS 'Indexes of the transparency log and the checkpoints that were signed.';
GRANT USAGE ON SCHEMA log TO liuhen_app, liuhen_sequencer;

CREATE TABLE log.pending (
  position bigint PRIMARY KEY,
  since    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE log.pending IS 'Events that have no index yet; written in the transaction of the event, taken by the sequencer.';
-- A queue: as many rows go as come, so it is swept early.
ALTER TABLE log.pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE log.leaf (
  leaf_index bigint PRIMARY KEY CHECK (leaf_index >= 0),
  position   bigint NOT NULL UNIQUE
);
COMMENT ON TABLE log.leaf IS 'The log: 0, 1, 2 … without gaps, each index one event.';

CREATE TABLE log.state (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  size bigint NOT NULL CHECK (size >= 0)
);
COMMENT ON TABLE log.state IS 'How many indexes are given. Exactly one row; its lock keeps a stale sequencer out.';
INSERT INTO log.state (size) VALUES (0);

CREATE TABLE log.checkpoint (
  size      bigint PRIMARY KEY,
  root      bytea NOT NULL CHECK (octet_length(root) = 32),
  note      text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE log.checkpoint IS 'Signed checkpoints: never two roots for one size.';

CALL record.only_add('log.leaf');
CALL record.only_add('log.checkpoint');

GRANT INSERT ON log.pending TO liuhen_app;
GRANT SELECT ON log.pending, log.leaf, log.state, log.checkpoint TO liuhen_app;
GRANT SELECT, DELETE ON log.pending TO liuhen_sequencer;
GRANT SELECT, INSERT ON log.leaf, log.checkpoint TO liuhen_sequencer;
GRANT SELECT, UPDATE ON log.state TO liuhen_sequencer;

-- Sets the agency of the transaction and tells the head of each stream, and which of the commands had their effect before.
-- The plans of both functions never depend on the values, so they are made once per connection; the head of a stream is
-- found from the end of its index also by a plan that was made while the table was empty.
CREATE FUNCTION record.open(p_agency text, p_commands uuid[], p_streams text[])
RETURNS TABLE (stream_id text, version integer, leaf_hash bytea, done uuid[])
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_sort = off SET enable_seqscan = off
SET enable_bitmapscan = off AS $$
DECLARE
  v_done uuid[];
BEGIN
  PERFORM set_config('app.agency', p_agency, true);
  v_done := ARRAY (SELECT c.command_id FROM record.command c
                   WHERE c.agency_id = p_agency AND c.command_id = ANY (p_commands));
  FOREACH stream_id IN ARRAY p_streams LOOP
    version := NULL;
    leaf_hash := NULL;
    SELECT e.version, e.leaf_hash INTO version, leaf_hash FROM record.event e
      WHERE e.stream_id = open.stream_id ORDER BY e.version DESC LIMIT 1;
    done := v_done;
    RETURN NEXT;
  END LOOP;
END $$;

-- Adds commands with their events, payloads and pending leaves. Each array has one element per command (p_command…), per
-- event (in the order of the record) or per payload (p_part…).
CREATE FUNCTION record.append(
  p_agency text, p_recorded_at timestamptz,
  p_commands uuid[], p_command_events text[], p_command_results text[],
  p_event_ids uuid[], p_stream_types text[], p_stream_ids text[], p_versions integer[], p_types text[],
  p_entries bytea[], p_leaf_hashes bytea[],
  p_part_events uuid[], p_parts text[], p_salts bytea[], p_bytes bytea[])
RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO record.command (agency_id, command_id, event_ids, result)
    SELECT p_agency, t.id, t.events::uuid[], t.result::jsonb
    FROM unnest(p_commands, p_command_events, p_command_results) AS t(id, events, result);
  WITH added AS (
    INSERT INTO record.event AS r (event_id, agency_id, stream_type, stream_id, version, type, recorded_at, entry, leaf_hash)
      SELECT t.id, p_agency, t.st, t.sid, t.v, t.ty, p_recorded_at, t.en, t.h
      FROM unnest(p_event_ids, p_stream_types, p_stream_ids, p_versions, p_types, p_entries, p_leaf_hashes)
        AS t(id, st, sid, v, ty, en, h)
    RETURNING r.position)
  INSERT INTO log.pending (position) SELECT a.position FROM added a;
  INSERT INTO record.payload (event_id, part, agency_id, salt, bytes)
    SELECT t.e, t.part, p_agency, t.salt, t.bytes
    FROM unnest(p_part_events, p_parts, p_salts, p_bytes) AS t(e, part, salt, bytes);
END $$;
GRANT EXECUTE ON FUNCTION record.open(text, uuid[], text[]) TO liuhen_app;
GRANT EXECUTE ON FUNCTION record.append(text, timestamptz, uuid[], text[], text[], uuid[], text[], text[], integer[], text[],
  bytea[], bytea[], uuid[], text[], bytea[], bytea[]) TO liuhen_app;
