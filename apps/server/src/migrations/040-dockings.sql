-- What lies at the stations: one row a docking, one a file of it.

CREATE TABLE app.docking_row (
  docking_id   text PRIMARY KEY,
  agency_id    text NOT NULL,
  version      integer NOT NULL,
  status       text NOT NULL CHECK (status IN ('open', 'completed', 'cleared')),
  station      text NOT NULL,
  device_id    text NOT NULL,
  list_digest  text NOT NULL,
  begun_by     text NOT NULL,
  begun_at     timestamptz NOT NULL,
  completed_at timestamptz,
  cleared_at   timestamptz,
  clock        jsonb
);
COMMENT ON TABLE app.docking_row IS 'Projection: one row a docking, for lists. list_digest: SHA-256 of the list of files, by which a card that comes back goes on.';
CREATE INDEX docking_row_newest ON app.docking_row (agency_id, begun_at DESC, docking_id DESC);
CREATE INDEX docking_row_same ON app.docking_row (agency_id, device_id, list_digest);

CREATE TABLE app.docked_file (
  docking_id   text NOT NULL,
  path         text NOT NULL,
  agency_id    text NOT NULL,
  size_bytes   bigint NOT NULL,
  sha256       text,
  recording_id text,
  aside        text,
  -- Of a file that was set aside: its bytes are in the store.
  kept         boolean NOT NULL DEFAULT false,
  resolved     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (docking_id, path)
);
COMMENT ON TABLE app.docked_file IS 'Projection: a file of a card. Neither recording_id nor aside: listed, and nobody has read it yet.';
CREATE INDEX docked_file_by_digest ON app.docked_file (agency_id, sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX docked_file_unresolved ON app.docked_file (agency_id, docking_id)
  WHERE aside NOT IN ('sidecar', 'empty') AND NOT resolved;
-- The same bytes again are the same recording.
CREATE INDEX recording_row_by_digest ON app.recording_row (agency_id, sha256);

CALL app.protect('app.docking_row');
CALL app.protect('app.docked_file');
