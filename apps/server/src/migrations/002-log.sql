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

-- Sets the agency of the transaction and tells the head of each stream, and whether the command had its effect before.
-- The plans of both functions never depend on the values, so they are made once per connection.
CREATE FUNCTION record.open(p_agency text, p_command uuid, p_streams text[])
RETURNS TABLE (stream_id text, version integer, leaf_hash bytea, done boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_done boolean;
BEGIN
  PERFORM set_config('app.agency', p_agency, true);
  v_done := EXISTS (SELECT FROM record.command c WHERE c.agency_id = p_agency AND c.command_id = p_command);
  FOREACH stream_id IN ARRAY p_streams LOOP
    version := NULL;
    leaf_hash := NULL;
    SELECT e.version, e.leaf_hash INTO version, leaf_hash FROM record.event e
      WHERE e.stream_id = open.stream_id ORDER BY e.version DESC LIMIT 1;
    done := v_done;
    RETURN NEXT;
  END LOOP;
END $$;

-- Adds a command's events, payloads and pending leaves. The arrays of events are in order; one part row per compartment.
CREATE FUNCTION record.append(
  p_agency text, p_command uuid, p_result jsonb,
  p_event_ids uuid[], p_stream_types text[], p_stream_ids text[], p_versions integer[], p_types text[],
  p_recorded_at timestamptz, p_entries bytea[], p_leaf_hashes bytea[],
  p_part_events uuid[], p_parts text[], p_salts bytea[], p_bytes bytea[])
RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_position bigint;
BEGIN
  INSERT INTO record.command (agency_id, command_id, event_ids, result)
    VALUES (p_agency, p_command, p_event_ids, p_result);
  FOR i IN 1 .. cardinality(p_event_ids) LOOP
    INSERT INTO record.event (event_id, agency_id, stream_type, stream_id, version, type, recorded_at, entry, leaf_hash)
      VALUES (p_event_ids[i], p_agency, p_stream_types[i], p_stream_ids[i], p_versions[i], p_types[i], p_recorded_at,
              p_entries[i], p_leaf_hashes[i])
      RETURNING position INTO v_position;
    INSERT INTO log.pending (position) VALUES (v_position);
  END LOOP;
  INSERT INTO record.payload (event_id, part, agency_id, salt, bytes)
    SELECT t.e, t.part, p_agency, t.salt, t.bytes
    FROM unnest(p_part_events, p_parts, p_salts, p_bytes) AS t(e, part, salt, bytes);
END $$;
GRANT EXECUTE ON FUNCTION record.open(text, uuid, text[]) TO liuhen_app;
GRANT EXECUTE ON FUNCTION record.append(text, uuid, jsonb, uuid[], text[], text[], integer[], text[], timestamptz, bytea[],
  bytea[], uuid[], text[], bytea[], bytea[]) TO liuhen_app;
