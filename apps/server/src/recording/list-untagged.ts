import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import type { SuggestionView, listUntagged as route, UntaggedRow } from '@liuhen/api/routes/untagged'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Manifest } from '@liuhen/domain/recording/events'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type Landmark,
  type Located,
  type Neighbour,
  type Occasion,
  suggest,
  type Unfiled,
} from '@liuhen/domain/recording/suggest'
import { type OpenedCase, openCaseIn } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { type Row, rowView, seesAll, VISIBLE } from './list-recordings.ts'
import type { RecordingDeps } from './recording-deps.ts'

type Deps = Pick<RecordingDeps, 'store' | 'library'>
type Somewhere = Readonly<{ latitude: number | null; longitude: number | null; place_metres: number | null }>
type Untagged = Row & Somewhere & Readonly<{ officer_id: string; state: Readonly<{ manifest: Manifest }> }>

const locatedOf = ({ latitude, longitude, place_metres: metres }: Somewhere): Located | undefined =>
  latitude === null || longitude === null
    ? undefined
    : present({ latitude, longitude, accuracyMetres: metres ?? undefined })

/** The latest first: whoever comes back from the field finds on top what they have just brought. */
const UNTAGGED = `FROM app.recording_row r
  WHERE ${VISIBLE} AND r.status <> 'registered' AND (r.case_id IS NULL OR NOT r.labelled)
    AND ($3::text[] IS NULL OR r.recording_id = ANY ($3))`

/** Cases that are read for one visit; each is read whole. Where the films are filed, then what was said of them, then those that moved last. */
const LOOKED_THROUGH = 30

const candidates = async (tx: Tx, rows: readonly Untagged[]): Promise<readonly string[]> => {
  const filed = rows.flatMap((r) => r.case_id ?? [])
  const announced = rows.flatMap((r) => r.state.manifest.suggestion?.caseId ?? [])
  const officers = rows.filter((r) => r.case_id === null).map((r) => r.officer_id)
  const { rows: handled } = await tx.query<{ id: string }>(
    `SELECT case_id AS id FROM app.case_row
      WHERE NOT register AND status <> 'archived' AND handler_ids && $1::text[]
      ORDER BY updated_at DESC LIMIT $2`,
    [[...new Set(officers)], LOOKED_THROUGH],
  )
  return [...new Set([...filed, ...announced, ...handled.map((r) => r.id)])].slice(0, LOOKED_THROUGH)
}

/** Cases that whoever asks may read, by id. */
const openAll = async (
  deps: Deps,
  actor: Actor,
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OpenedCase>> => {
  const opened = new Map<string, OpenedCase>()
  for (const id of ids) {
    const found = await openCaseIn(deps, tx, actor, id)
    if (!isRefusal(found)) opened.set(id, found)
  }
  return opened
}

/** What the acts of a case wanted recorded, while each lasted. */
const occasionsIn = (c: OpenedCase): readonly Occasion[] => {
  const { receivedAt: startedAt, facts, flags } = c.state
  const { steps } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  return facts.flatMap((begun, i) => {
    if (begun.kind !== 'step' || begun.state !== 'begun') return []
    const wanted = steps.find((s) => s.id === begun.name)?.recordings ?? []
    const scenes = wanted.filter((r) => r.strength !== 'must-not').toSorted((a, b) => +a.done - +b.done)
    if (scenes.length === 0) return []
    const done = facts
      .slice(i + 1)
      .find((f) => f.kind === 'step' && f.name === begun.name && f.state === 'done')
    const officers = [...(begun.by ?? []), ...(done?.by ?? [])].map((p) => p.personId)
    return present({
      caseId: c.caseId,
      step: begun.name,
      from: begun.from ?? begun.at,
      to: done?.to ?? done?.at,
      officers,
      scenes: scenes.map((s) => s.scene),
    })
  })
}

/** What the same device filmed within an hour of one of these, and the other files of its session; a few of each. */
const NEIGHBOURS = `
  SELECT n.device_id AS "deviceId", n.made_from AS "from", n.made_to AS "to", n.case_id AS "caseId", n.step,
         n.scene, n.state #>> '{manifest,session,id}' AS session
    FROM app.recording_row r CROSS JOIN LATERAL (
      SELECT * FROM app.recording_row other
       WHERE other.agency_id = r.agency_id AND other.device_id = r.device_id AND other.case_id IS NOT NULL
         AND other.made_from BETWEEN r.made_from - interval '1 day' AND r.made_to + interval '1 day'
         AND (other.made_to >= r.made_from - interval '1 hour' AND other.made_from <= r.made_to + interval '1 hour'
              OR other.state #>> '{manifest,session,id}' = r.state #>> '{manifest,session,id}')
       ORDER BY abs(extract(epoch FROM other.made_from - r.made_from)) LIMIT 8) AS n
   WHERE r.recording_id = ANY ($1)`

type NeighbourRow = Omit<Neighbour, 'session'> & Readonly<{ session: string | null }>

const neighboursOf = async (tx: Tx, rows: readonly Untagged[]): Promise<readonly Neighbour[]> => {
  const unfiled = rows.filter((r) => r.case_id === null).map((r) => r.recording_id)
  const { rows: found } = await tx.query<NeighbourRow>(NEIGHBOURS, [unfiled])
  return found.map(({ session, ...n }) => present({ ...n, session: session ?? undefined }))
}

/** Of each case a few spots are enough: the latest, whatever other cases have. */
const LANDMARKS = `
  SELECT case_id AS "caseId", step, scene, latitude, longitude, place_metres
    FROM (SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY made_from DESC, recording_id) AS nth
            FROM (SELECT DISTINCT ON (case_id, step, round(latitude::numeric, 3), round(longitude::numeric, 3))
                         case_id, step, scene, latitude, longitude, place_metres, made_from, recording_id
                    FROM app.recording_row
                   WHERE case_id = ANY ($1) AND step IS NOT NULL AND scene IS NOT NULL AND latitude IS NOT NULL
                   ORDER BY case_id, step, round(latitude::numeric, 3), round(longitude::numeric, 3), made_from DESC) spots) latest
   WHERE nth <= 40`

type LandmarkRow = Somewhere & Omit<Landmark, 'at'>

/** Where what is filed in these cases was made. Whoever reads a case may know it of its recordings. */
const landmarksIn = async (tx: Tx, caseIds: readonly string[]): Promise<readonly Landmark[]> => {
  const { rows } = await tx.query<LandmarkRow>(LANDMARKS, [caseIds])
  return rows.flatMap((row) => {
    const at = locatedOf(row)
    const { caseId, step, scene } = row
    return at === undefined ? [] : [{ caseId, step, scene, at }]
  })
}

const filmOf = (row: Untagged): Unfiled => {
  const { device, session, suggestion } = row.state.manifest
  return present({
    deviceId: row.device_id,
    officerId: row.officer_id,
    from: row.made_from,
    to: row.made_to,
    uncertaintyMs: device.clockUncertaintyMs,
    session: session?.id,
    announced: suggestion,
    at: locatedOf(row),
  })
}

const caseNoOf = (c: OpenedCase): string => c.state.caseNo ?? c.state.leadNo

type Known = Readonly<{
  cases: ReadonlyMap<string, OpenedCase>
  neighbours: readonly Neighbour[]
  occasions: readonly Occasion[]
  landmarks: readonly Landmark[]
}>

const suggestionsFor = (row: Untagged, known: Known): SuggestionView[] =>
  suggest(filmOf(row), known).flatMap((s) => {
    const c = known.cases.get(s.caseId)
    if (c === undefined || c.state.archive !== undefined) return []
    return present({
      ...s,
      because: [...s.because],
      caseNo: caseNoOf(c),
      caseTitle: c.state.title,
      stepName: c.terms.stepName(s.step),
      sceneName: s.scene === undefined ? undefined : c.terms.sceneName(s.scene),
    })
  })

const untaggedRow = (row: Untagged, known: Known): UntaggedRow => {
  const filedIn = row.case_id === null ? undefined : known.cases.get(row.case_id)
  return present({
    ...rowView(row),
    suggestions: row.case_id === null ? suggestionsFor(row, known) : [],
    filed: filedIn && {
      caseNo: caseNoOf(filedIn),
      caseTitle: filedIn.state.title,
      stepName: filedIn.terms.stepName(row.step ?? ''),
    },
  })
}

/** Recordings that are not filed or not labelled, those that the actor may view, each with where it may belong. */
export const listUntagged = (
  deps: Deps,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<ResponseOf<typeof route>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const which = q.ids === undefined ? null : q.ids.split(',')
    const who = [actor.personId ?? '', seesAll(actor), which]
    const { rows } = await tx.query<Untagged>(
      `SELECT r.* ${UNTAGGED} ORDER BY r.made_from DESC, r.recording_id LIMIT $4`,
      [...who, q.limit],
    )
    const { rows: counted } = await tx.query<{ n: number }>(`SELECT count(*)::integer AS n ${UNTAGGED}`, who)
    const cases = await openAll(deps, actor, tx, await candidates(tx, rows))
    const known = {
      cases,
      neighbours: await neighboursOf(tx, rows),
      occasions: [...cases.values()].flatMap(occasionsIn),
      landmarks: await landmarksIn(tx, [...cases.keys()]),
    }
    return { items: rows.map((row) => untaggedRow(row, known)), total: counted[0]?.n ?? 0 }
  })
