-- What lies at the stations: one row a docking, and which files wait for somebody to say what they are.

CREATE TABLE app.docking_row (
  docking_id   text PRIMARY KEY,
  agency_id    text NOT NULL,
  version      integer NOT NULL,
  status       text NOT NULL CHECK (status IN ('open', 'completed', 'cleared')),
  station      text NOT NULL,
  device_id    text NOT NULL,
  list_digest  text NOT NULL,
  begun_at     timestamptz NOT NULL,
  completed_at timestamptz,
  cleared_at   timestamptz,
  unresolved   integer NOT NULL,
  state        jsonb NOT NULL
);
COMMENT ON TABLE app.docking_row IS 'Projection: one row a docking, for lists; state is the fold of its stream. list_digest: SHA-256 of the list of files, by which a card that comes back goes on.';
CREATE INDEX docking_row_newest ON app.docking_row (agency_id, begun_at DESC, docking_id DESC);
CREATE INDEX docking_row_same ON app.docking_row (agency_id, device_id, list_digest) WHERE status <> 'cleared';
CREATE INDEX docking_row_unresolved ON app.docking_row (agency_id) WHERE unresolved > 0;
-- The same bytes again are the same recording.
CREATE INDEX recording_row_by_digest ON app.recording_row (agency_id, sha256);

CALL app.protect('app.docking_row');
