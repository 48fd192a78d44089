-- Who watched what of a recording, and who said whether it plays.

ALTER TABLE app.recording_row
  ADD COLUMN looks jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN ledgered_at timestamptz;
COMMENT ON COLUMN app.recording_row.looks IS 'Who said whether it plays, the latest word of each.';
CREATE INDEX recording_row_ledger ON app.recording_row (agency_id, ledgered_at DESC, recording_id DESC)
  WHERE ledgered_at IS NOT NULL;

CREATE TABLE app.recording_viewing (
  viewing_id   uuid PRIMARY KEY,
  agency_id    text NOT NULL,
  recording_id text NOT NULL,
  user_id      text NOT NULL,
  user_name    text NOT NULL,
  purpose      text NOT NULL CHECK (purpose IN
    ('case-work', 'playback-check', 'review', 'supervision', 'consultation', 'other')),
  reason       text,
  address      text NOT NULL,
  at           timestamptz NOT NULL
);
COMMENT ON TABLE app.recording_viewing IS 'Each time somebody opened a recording in the player, and for what. Only added to.';
CREATE INDEX recording_viewing_by_recording ON app.recording_viewing (recording_id, at DESC);
CREATE INDEX recording_viewing_by_user ON app.recording_viewing (agency_id, user_id, recording_id);

CREATE TABLE app.recording_watched (
  viewing_id uuid NOT NULL REFERENCES app.recording_viewing (viewing_id),
  part       integer NOT NULL CHECK (part >= 0),
  agency_id  text NOT NULL,
  ranges     jsonb NOT NULL,
  seconds    double precision NOT NULL CHECK (seconds >= 0),
  at         timestamptz NOT NULL,
  PRIMARY KEY (viewing_id, part)
);
COMMENT ON TABLE app.recording_watched IS 'What was really played in a viewing, as the player reports it part by part: ranges in seconds of the recording. Only added to.';
REVOKE UPDATE, DELETE ON app.recording_viewing, app.recording_watched FROM liuhen_app;
CALL record.only_add('app.recording_viewing');
CALL record.only_add('app.recording_watched');
CALL app.protect('app.recording_viewing');
CALL app.protect('app.recording_watched');
