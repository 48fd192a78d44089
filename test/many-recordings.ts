import type { Client } from 'pg'

/** 13 months of an agency: more films in the hours of work, places around one town for a third of them. */
export type Many = Readonly<{
  agencyId: string
  n: number
  /** Makers, each with a device of their own. */
  officers: readonly string[]
  /** Three in four are filed in one of these. */
  cases: readonly string[]
  /** The last day. */
  until: string
}>

/**
 * Rows of the projection without their streams: for what reads lists only. `owner` is a connection of the database's
 * owner; rows are those of the projection, so that what counts and pages cannot tell them from others.
 */
export const insertManyRecordings = async (owner: Client, m: Many): Promise<void> => {
  await owner.query(
    `INSERT INTO app.recording_row (recording_id, agency_id, version, status, file_name, medium, mime, device_id,
       officer_id, officer_name, made_from, made_to, sha256, size_bytes, case_id, for_case_id, step, scene, labelled,
       evidence, verdict, registered_at, stored_at, state, looks, latitude, longitude, place_source, place_metres)
     SELECT gen_random_uuid()::text, $1, 3, s.status, s.device || '_' || to_char(s.at, 'YYYYMMDDHH24MISS') || '.mp4',
       CASE i % 9 WHEN 0 THEN 'photo' WHEN 1 THEN 'audio' ELSE 'video' END, 'video/mp4', s.device, s.officer,
       '执法员' || s.o, s.at, s.at + (i % 30 + 1) * interval '1 minute',
       lpad(to_hex(i), 64, '0'), 40000000 + i, s.filed, s.filed, CASE WHEN s.filed IS NULL THEN NULL ELSE 'inspection' END,
       CASE WHEN s.filed IS NULL THEN NULL ELSE 'general-enforcement' END, s.filed IS NOT NULL AND i % 11 > 0,
       i % 200 = 0, CASE WHEN s.status = 'checked' THEN CASE WHEN i % 97 = 0 THEN 'broken' ELSE 'playable' END END,
       s.at + interval '1 hour', CASE WHEN s.status = 'checked' THEN s.at + interval '2 hours' END,
       jsonb_build_object('status', s.status, 'manifest', jsonb_build_object('device', jsonb_build_object('id', s.device,
         'clockOffsetMs', i % 4000 - 2000, 'clockUncertaintyMs', 700)), 'filler', repeat(md5(i::text), 30)),
       CASE WHEN i % 3 = 0 THEN jsonb_build_array(jsonb_build_object('playable', true, 'watchedSeconds', 60, 'as', 'officer',
         'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'by', jsonb_build_object('personId', s.officer, 'name', '执法员' || s.o))) ELSE '[]'::jsonb END,
       s.latitude, s.longitude, CASE WHEN s.latitude IS NOT NULL THEN 'phone' END,
       CASE WHEN s.latitude IS NOT NULL THEN 12 END
     FROM (SELECT i, o, ($2::text[])[o] AS officer, 'DSJ-' || lpad(o::text, 4, '0') AS device,
         CASE WHEN i % 50 = 0 THEN 'registered' ELSE 'checked' END AS status,
         CASE WHEN i % 4 > 0 THEN ($3::text[])[1 + i * 7 % cardinality($3::text[])] END AS filed,
         ($4::date - (i * 104729::bigint % 395)::integer)::timestamp AT TIME ZONE 'Asia/Shanghai'
           + (8 * 3600 + i * 7919::bigint % 36000) * interval '1 second' AS at,
         CASE WHEN i % 3 = 0 THEN 30.55 + (i * 31 % 1000) / 10000.0 END AS latitude,
         CASE WHEN i % 3 = 0 THEN 114.25 + (i * 17 % 1300) / 10000.0 END AS longitude
       FROM generate_series(1, $5::int) AS i, LATERAL (SELECT 1 + i % cardinality($2::text[]) AS o) AS owned) AS s`,
    [m.agencyId, m.officers, m.cases, m.until, m.n],
  )
  await owner.query('ANALYZE app.recording_row')
}
