-- Why somebody opened a recording was written in words of their own, and may name people: the words go with the file of the
-- case. Who, when, from where and what for stays.

CREATE FUNCTION record.is_file_gone(case_id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM record.event s JOIN record.payload p ON p.event_id = s.event_id AND p.part = 'public'
     WHERE s.stream_id = case_id AND s.stream_type = 'case' AND s.type = 'ContentShredded'
       AND record.is_released(s, convert_from(p.bytes, 'UTF8')::jsonb ->> 'batchId'))
$$;
COMMENT ON FUNCTION record.is_file_gone IS 'Whether a batch let go of the file of this case, and the case was told so.';

CREATE FUNCTION app.only_reason_goes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' AND NEW.reason = '（已依法销毁）' AND EXISTS (
    SELECT FROM app.recording_row r WHERE r.recording_id = OLD.recording_id AND record.is_file_gone(r.case_id))
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'of an opening nothing changes but its reason, with the file of its case'
    USING ERRCODE = 'insufficient_privilege';
END $$;

DROP TRIGGER only_add ON app.recording_opening;
DROP TRIGGER only_add ON app.recording_viewing;
CREATE TRIGGER only_add BEFORE DELETE OR TRUNCATE ON app.recording_opening
  FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER only_add BEFORE DELETE OR TRUNCATE ON app.recording_viewing
  FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER only_reason_goes BEFORE UPDATE ON app.recording_opening
  FOR EACH ROW EXECUTE FUNCTION app.only_reason_goes();
CREATE TRIGGER only_reason_goes BEFORE UPDATE ON app.recording_viewing
  FOR EACH ROW EXECUTE FUNCTION app.only_reason_goes();

-- The shredder has no right on these tables: it asks for this and nothing else.
CREATE FUNCTION app.empty_reasons() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE gone text[];
BEGIN
  SELECT array_agg(r.recording_id) INTO gone FROM app.recording_row r
   WHERE r.case_id IN (SELECT s.stream_id FROM record.event s WHERE s.type = 'ContentShredded')
     AND record.is_file_gone(r.case_id);
  UPDATE app.recording_opening SET reason = '（已依法销毁）'
   WHERE recording_id = ANY (gone) AND reason <> '（已依法销毁）';
  UPDATE app.recording_viewing SET reason = '（已依法销毁）'
   WHERE recording_id = ANY (gone) AND reason <> '（已依法销毁）';
END $$;
COMMENT ON FUNCTION app.empty_reasons IS 'Takes the words out of every opening of a recording whose case file was let go.';
REVOKE ALL ON FUNCTION record.is_file_gone, app.only_reason_goes, app.empty_reasons FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO liuhen_shredder;
GRANT EXECUTE ON FUNCTION app.empty_reasons TO liuhen_shredder;
