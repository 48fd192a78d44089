-- Two recordings that were signed as one run are told of each other; the key bounds how many are looked through.
CREATE INDEX recording_row_by_chain_key ON app.recording_row (agency_id, (state #>> '{chainCheck,key}'))
  WHERE state #>> '{chainCheck,key}' IS NOT NULL;
