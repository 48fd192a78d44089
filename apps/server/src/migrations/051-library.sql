-- What the library looks through: where and on which day a recording was made, and whose cases let people see it.

ALTER TABLE app.recording_row
  ADD COLUMN for_case_id text,
  ADD COLUMN words text NOT NULL DEFAULT '',
  ADD COLUMN party text,
  ADD COLUMN destroyed boolean NOT NULL DEFAULT false,
  ADD COLUMN latitude double precision,
  ADD COLUMN longitude double precision,
  ADD COLUMN place_source text,
  ADD COLUMN place_metres real,
  ADD COLUMN looked boolean GENERATED ALWAYS AS (looks <> '[]') STORED,
  ADD COLUMN day date GENERATED ALWAYS AS ((made_from AT TIME ZONE 'Asia/Shanghai')::date) STORED,
  ADD COLUMN arrived_day date GENERATED ALWAYS AS ((registered_at AT TIME ZONE 'Asia/Shanghai')::date) STORED;
COMMENT ON COLUMN app.recording_row.for_case_id IS 'The case whose handlers may see it: where it is filed, else what was said when it was registered.';
COMMENT ON COLUMN app.recording_row.words IS 'What a search looks through, in small letters.';
COMMENT ON COLUMN app.recording_row.latitude IS 'Where it was made, in WGS-84; place_source says who says so, place_metres how exactly.';

UPDATE app.recording_row SET
  for_case_id = coalesce(case_id, state #>> '{manifest,suggestion,caseId}'),
  party = state #>> '{labels,party}',
  words = lower(concat_ws(' ', file_name, officer_name, device_id, state #>> '{labels,party}')),
  destroyed = state ? 'destroyed';
UPDATE app.recording_row SET
    latitude = (state #>> '{check,photo,latitude}')::double precision,
    longitude = (state #>> '{check,photo,longitude}')::double precision,
    place_source = 'file'
  WHERE status = 'checked' AND state #>> '{check,photo,latitude}' IS NOT NULL
    AND state #>> '{check,photo,longitude}' IS NOT NULL
    AND ((state #>> '{check,photo,latitude}')::double precision <> 0
      OR (state #>> '{check,photo,longitude}')::double precision <> 0);

-- Days are counted from the index alone, also for somebody who sees only some; what filters most often lies in it.
CREATE INDEX recording_row_by_day ON app.recording_row (agency_id, day, made_from, recording_id)
  INCLUDE (officer_id, for_case_id, case_id, device_id, medium, status, verdict, labelled, evidence, destroyed,
    looked, scene, step, latitude);
CREATE INDEX recording_row_by_arrival ON app.recording_row (agency_id, arrived_day, registered_at, recording_id)
  INCLUDE (officer_id, for_case_id);
CREATE INDEX recording_row_by_place ON app.recording_row (agency_id, latitude, longitude)
  INCLUDE (officer_id, for_case_id, recording_id, day, place_source, place_metres) WHERE latitude IS NOT NULL;
CREATE INDEX recording_row_by_words ON app.recording_row (agency_id, day) INCLUDE (officer_id, for_case_id, case_id, words);
