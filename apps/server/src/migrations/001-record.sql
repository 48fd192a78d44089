-- The record: events and their payloads. The application may add and read; nothing may change what is written.

CREATE SCHEMA record;
COMMENT ON SCHEMA record IS 'Events, payloads, commands and refused attempts: only added to.';
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'Projections, drafts, accounts: what screens read; rebuilt or replaced at will.';
CREATE SCHEMA published;
COMMENT ON SCHEMA published IS 'What the public portal may read, and nothing else.';
REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA record TO liuhen_app, liuhen_sequencer, liuhen_shredder;
GRANT USAGE ON SCHEMA app TO liuhen_app;
GRANT USAGE ON SCHEMA published TO liuhen_app, liuhen_portal;
-- Whoever adds a projection adds no grants: the application reads and writes `app` and `published`, the portal reads `published`.
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO liuhen_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE ON SEQUENCES TO liuhen_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO liuhen_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT ON TABLES TO liuhen_portal;
-- Functions are for those who are named, not for everybody.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The agencies that this transaction acts for; none when nothing was set.
CREATE FUNCTION app.agencies() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('app.agency', true), ''), ',');
GRANT EXECUTE ON FUNCTION app.agencies() TO liuhen_app, liuhen_sequencer, liuhen_shredder, liuhen_portal;

-- Puts the second wall around a table with a column agency_id: every migration calls it for every such table. The setting
-- app.agency names the agencies that a transaction acts for, separated by commas; without it there are no rows.
CREATE PROCEDURE app.protect(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY by_agency ON %s USING (agency_id = ANY (string_to_array(current_setting(''app.agency'', true), '','')))', target);
  -- Rebuilding and checking read everything; the owner's password is not the application's.
  EXECUTE format('CREATE POLICY owner_all ON %s TO liuhen_owner USING (true)', target);
END $$;

CREATE FUNCTION record.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is only added to: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE PROCEDURE record.only_add(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
                  FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_change()', target);
END $$;

CREATE TABLE record.event (
  position    bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
  event_id    uuid NOT NULL UNIQUE,
  agency_id   text NOT NULL,
  stream_type text NOT NULL,
  stream_id   text NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  type        text NOT NULL,
  recorded_at timestamptz NOT NULL,
  entry       bytea NOT NULL CHECK (octet_length(entry) <= 1024),
  leaf_hash   bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  CONSTRAINT event_stream_version UNIQUE (stream_id, version)
);
COMMENT ON TABLE record.event IS 'One row an event: its place, and the exact leaf that goes into the log.';
COMMENT ON COLUMN record.event.position IS 'Order of writing; has gaps. The index in the log is given later, by the sequencer.';
COMMENT ON COLUMN record.event.entry IS 'Exact bytes of the leaf (docs/design/001). Everything else in the row repeats it for queries.';

-- No foreign key to event: it would cost a lookup in the hot path, and the leaf commits to each payload anyway.
CREATE TABLE record.payload (
  event_id  uuid NOT NULL,
  part      text NOT NULL CHECK (part IN ('public', 'internal', 'personal')),
  agency_id text NOT NULL,
  salt      bytea NOT NULL CHECK (octet_length(salt) = 32),
  bytes     bytea NOT NULL,
  PRIMARY KEY (event_id, part)
);
COMMENT ON TABLE record.payload IS 'What an event says, by compartment, with the salt of its commitment. The only rows of the record that lawful disposal deletes.';

CREATE TABLE record.command (
  agency_id  text NOT NULL,
  command_id uuid NOT NULL,
  event_ids  uuid[] NOT NULL,
  result     jsonb,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, command_id)
);
COMMENT ON TABLE record.command IS 'Commands that had their effect: the same command again finds its row and has none.';

CREATE TABLE record.attempt (
  attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_id  text NOT NULL,
  at         timestamptz NOT NULL,
  actor      jsonb NOT NULL,
  what       text NOT NULL,
  stream_id  text,
  code       text NOT NULL,
  reasons    jsonb NOT NULL
);
COMMENT ON TABLE record.attempt IS 'What was tried and refused: who, what, and for which reasons.';
CREATE INDEX attempt_by_stream ON record.attempt (stream_id, attempt_id);
CREATE INDEX attempt_by_agency ON record.attempt (agency_id, attempt_id);

CALL app.protect('record.event');
CALL app.protect('record.payload');
CALL app.protect('record.command');
CALL app.protect('record.attempt');
CREATE POLICY sequencer_all ON record.event FOR SELECT TO liuhen_sequencer USING (true);
CREATE POLICY shredder_all ON record.payload TO liuhen_shredder USING (true);
CREATE POLICY shredder_all ON record.event FOR SELECT TO liuhen_shredder USING (true);

CALL record.only_add('record.event');
CALL record.only_add('record.command');
CALL record.only_add('record.attempt');
CREATE FUNCTION record.refuse_unlawful_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'liuhen_shredder' THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'payloads are only deleted by the shredder: % by %', TG_OP, current_user
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_shred BEFORE UPDATE OR DELETE OR TRUNCATE ON record.payload
  FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_unlawful_delete();

GRANT SELECT, INSERT ON record.event, record.payload, record.command, record.attempt TO liuhen_app;
GRANT SELECT ON record.event TO liuhen_sequencer, liuhen_shredder;
GRANT SELECT, DELETE ON record.payload TO liuhen_shredder;
