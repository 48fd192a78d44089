-- Whoever holds a paper that was corrected since is told so.

ALTER TABLE app.known_file ADD COLUMN corrected_at timestamptz;
COMMENT ON COLUMN app.known_file.corrected_at IS 'Since when another paper has taken its place.';

DROP FUNCTION app.find_known_file(text);
CREATE FUNCTION app.find_known_file(p_sha256 text)
RETURNS TABLE (agency_id text, kind text, type text, number text, event_id uuid, recorded_at timestamptz,
               corrected_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  BEGIN ATOMIC
    SELECT f.agency_id, f.kind, f.type, f.number, f.event_id, f.recorded_at, f.corrected_at FROM app.known_file f
     WHERE f.sha256 = p_sha256 AND (f.kind = 'recording' OR f.served) ORDER BY f.recorded_at LIMIT 1;
  END;
GRANT EXECUTE ON FUNCTION app.find_known_file(text) TO liuhen_app;
