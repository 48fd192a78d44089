-- What screens list of recordings, who opened them, and the pictures that stand for them.

CREATE TABLE app.recording_row (
  recording_id  text PRIMARY KEY,
  agency_id     text NOT NULL,
  version       integer NOT NULL,
  status        text NOT NULL CHECK (status IN ('registered', 'stored', 'checked')),
  file_name     text NOT NULL,
  medium        text NOT NULL,
  mime          text NOT NULL,
  device_id     text NOT NULL,
  officer_id    text NOT NULL,
  officer_name  text NOT NULL,
  made_from     timestamptz NOT NULL,
  made_to       timestamptz NOT NULL,
  sha256        text NOT NULL,
  size_bytes    bigint NOT NULL,
  case_id       text,
  step          text,
  scene         text,
  labelled      boolean NOT NULL DEFAULT false,
  evidence      boolean NOT NULL DEFAULT false,
  verdict       text,
  registered_at timestamptz NOT NULL,
  stored_at     timestamptz,
  state         jsonb NOT NULL
);
COMMENT ON TABLE app.recording_row IS 'Projection: one row a recording, for lists; state is the fold of its stream.';
CREATE INDEX recording_row_newest ON app.recording_row (agency_id, made_from DESC, recording_id DESC);
CREATE INDEX recording_row_by_case ON app.recording_row (case_id) WHERE case_id IS NOT NULL;
-- A second recording of the same device and time with other bytes is a conflict that people look at.
CREATE INDEX recording_row_by_device ON app.recording_row (agency_id, device_id, made_from);

CREATE TABLE app.recording_opening (
  opening_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_id    text NOT NULL,
  recording_id text NOT NULL,
  user_id      text NOT NULL,
  user_name    text NOT NULL,
  purpose      text NOT NULL CHECK (purpose IN ('view', 'copy')),
  reason       text,
  first_byte   bigint NOT NULL,
  last_byte    bigint NOT NULL,
  address      text NOT NULL,
  at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.recording_opening IS 'Every opening of a recording, written before the first byte leaves: who, what part, to view or to copy. Only added to.';
CREATE INDEX recording_opening_by_recording ON app.recording_opening (recording_id, opening_id);
REVOKE UPDATE, DELETE ON app.recording_opening FROM liuhen_app;
CALL record.only_add('app.recording_opening');

CREATE TABLE app.recording_poster (
  recording_id text PRIMARY KEY,
  agency_id    text NOT NULL,
  sha256       text NOT NULL,
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.recording_poster IS 'A key frame of a recording, made anew at will; a blob of its own, never the original.';

CALL app.protect('app.recording_row');
CALL app.protect('app.recording_opening');
CALL app.protect('app.recording_poster');
