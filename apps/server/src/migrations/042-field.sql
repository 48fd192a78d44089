-- Phones that record: their keys, and what they have announced.

CREATE TABLE app.device_key (
  key_id       text PRIMARY KEY,
  agency_id    text NOT NULL,
  version      integer NOT NULL,
  status       text NOT NULL CHECK (status IN ('requested', 'approved', 'revoked')),
  fingerprint  text NOT NULL,
  label        text NOT NULL,
  officer_id   text NOT NULL,
  officer_name text NOT NULL,
  requested_at timestamptz NOT NULL,
  settled_at   timestamptz,
  settled_by   text,
  reason       text,
  UNIQUE (agency_id, fingerprint)
);
COMMENT ON TABLE app.device_key IS 'Projection: the keys with which phones sign what they record. settled: approved or revoked, by whom.';

CREATE TABLE app.field_session (
  stream_id    text PRIMARY KEY,
  agency_id    text NOT NULL,
  version      integer NOT NULL,
  session_id   text NOT NULL,
  officer_id   text NOT NULL,
  officer_name text NOT NULL,
  medium       text NOT NULL,
  key          text NOT NULL,
  case_id      text,
  step         text,
  begun_at     timestamptz NOT NULL,
  announced_at timestamptz NOT NULL,
  ended_at     timestamptz,
  takes        integer,
  reminded     integer NOT NULL DEFAULT 0,
  given_up     text
);
COMMENT ON TABLE app.field_session IS 'Projection: what phones have announced. begun_at and ended_at by the phone; given_up: why nothing more will come.';
CREATE INDEX field_session_newest ON app.field_session (agency_id, announced_at DESC, stream_id DESC);
-- The runs that have come, by the session that they name.
CREATE INDEX recording_row_by_session ON app.recording_row (agency_id, (state #>> '{manifest,session,id}'));

CALL app.protect('app.device_key');
CALL app.protect('app.field_session');
