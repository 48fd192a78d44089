-- 音像台账 is the playback register; ledger is the log.

ALTER TABLE app.recording_row RENAME COLUMN ledgered_at TO entered_at;
ALTER INDEX app.recording_row_ledger RENAME TO recording_row_playback_register;
COMMENT ON COLUMN app.recording_row.entered_at IS 'When it was entered in the playback register.';
UPDATE app.recording_row SET state = (state - 'ledger') || jsonb_build_object('playbackEntry', state -> 'ledger')
  WHERE state ? 'ledger';
