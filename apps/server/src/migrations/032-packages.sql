-- Packages that were exported, who fetched them, and which files the log knows by their digest.

CREATE TABLE app.package (
  package_id text PRIMARY KEY,
  agency_id  text NOT NULL,
  case_id    text NOT NULL,
  event_id   text,
  plan       jsonb NOT NULL,
  state      text NOT NULL CHECK (state IN ('making', 'ready', 'failed')),
  sha256     text,
  size_bytes bigint,
  verdict    jsonb,
  note       text,
  made_at    timestamptz,
  CHECK (state <> 'ready' OR (sha256 IS NOT NULL AND size_bytes IS NOT NULL AND verdict IS NOT NULL))
);
COMMENT ON TABLE app.package IS 'Packages asked for: the plan is written with the export event, state and verdict by the job that makes the bytes.';
CREATE INDEX package_by_case ON app.package (case_id);
CALL app.protect('app.package');

CREATE TABLE record.package_access (
  access_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_id  text NOT NULL,
  at         timestamptz NOT NULL,
  actor      jsonb NOT NULL,
  stream_id  text NOT NULL,
  package_id text NOT NULL,
  sha256     text NOT NULL
);
COMMENT ON TABLE record.package_access IS 'Each download of a package: who, when, which bytes. Written before the first byte leaves.';
CREATE INDEX package_access_by_case ON record.package_access (stream_id, access_id);
CALL app.protect('record.package_access');
CALL record.only_add('record.package_access');
GRANT SELECT, INSERT ON record.package_access TO liuhen_app;

CREATE TABLE app.known_file (
  subject_id  text PRIMARY KEY,
  agency_id   text NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('document', 'recording')),
  type        text,
  number      text,
  sha256      text,
  event_id    uuid,
  recorded_at timestamptz,
  served      boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE app.known_file IS 'Projection: documents and recordings of cases by the digest of their bytes, for whoever holds a file and asks whether the log has it.';
CREATE INDEX known_file_by_digest ON app.known_file (sha256) WHERE sha256 IS NOT NULL;
CALL app.protect('app.known_file');

-- Whoever asks holds the bytes. Papers only once they were served: nobody learns of an internal one from its digest.
CREATE FUNCTION app.find_known_file(p_sha256 text)
RETURNS TABLE (agency_id text, kind text, type text, number text, event_id uuid, recorded_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  BEGIN ATOMIC
    SELECT f.agency_id, f.kind, f.type, f.number, f.event_id, f.recorded_at FROM app.known_file f
     WHERE f.sha256 = p_sha256 AND (f.kind = 'recording' OR f.served) ORDER BY f.recorded_at LIMIT 1;
  END;
GRANT EXECUTE ON FUNCTION app.find_known_file(text) TO liuhen_app;
