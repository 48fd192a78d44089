import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import type { LibraryFilter, LibraryRow } from '@liuhen/api/routes/library'
import type * as routes from '@liuhen/api/routes/library'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { PlaceSource } from '@liuhen/domain/recording/place'
import { visibleTo } from '../case-stream/visible-cases.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { meantIn, nothingMeant } from './known-words.ts'
import { AXES, libraryConditions, type Conditions } from './library-filter.ts'
import { type Row, rowView } from './list-recordings.ts'
import type { RecordingDeps } from './recording-deps.ts'

type Deps = Pick<RecordingDeps, 'store' | 'library'>

/** `visibleTo` with the parameters of a query that is being put together. */
const caseSeen =
  (actor: Actor) =>
  (bind: Conditions['bind']): string => {
    const { values } = visibleTo(actor, 1)
    const [first] = values.map((value) => Number(bind(value).slice(1)))
    return visibleTo(actor, first ?? 1).sql
  }

export const conditionsOf = async (
  { library }: Pick<Deps, 'library'>,
  tx: Tx,
  actor: Actor,
  q: Partial<LibraryFilter>,
): Promise<Conditions> => {
  const meant = q.q === undefined ? nothingMeant : await meantIn(tx, library, actor)
  return libraryConditions(actor, q, { caseSeen: caseSeen(actor), meant })
}

type FoundRow = Row & {
  case_no: string | null
  case_title: string | null
  has_poster: boolean
  officer_id: string
  session: LibraryRow['session'] | null
  destroyed: boolean
  disposing: boolean
  looked: boolean
  latitude: number | null
  longitude: number | null
  place_source: PlaceSource | null
  place_metres: number | null
  offset_ms: number | null
  uncertainty_ms: number | null
}

/** The columns of a list, and the case by name where the actor may read it. */
const rowsOf = (actor: Actor, { sql, bind }: Conditions, tail: string): string => `
  SELECT r.recording_id, r.version, r.status, r.file_name, r.medium, r.mime, r.device_id, r.officer_id, r.officer_name, r.made_from,
    r.made_to, r.sha256, r.size_bytes, r.case_id, r.step, r.scene, r.labelled, r.evidence, r.verdict, r.registered_at,
    r.stored_at, r.destroyed, r.looked, r.latitude, r.longitude, r.place_source,
    r.place_metres,
    r.state #> '{manifest,session}' AS session, (r.state #>> '{manifest,device,clockOffsetMs}')::integer AS offset_ms,
    (r.state #>> '{manifest,device,clockUncertaintyMs}')::integer AS uncertainty_ms,
    coalesce(c.case_no, c.lead_no) AS case_no, c.title AS case_title, p.sha256 IS NOT NULL AS has_poster,
    EXISTS (SELECT FROM app.disposal_item i WHERE i.recording_id = r.recording_id AND i.running) AS disposing
  FROM (SELECT r.* ${sql} ${tail}) r
  LEFT JOIN app.recording_poster p ON p.recording_id = r.recording_id
  LEFT JOIN app.case_row c ON c.case_id = r.case_id AND (${caseSeen(actor)(bind)})`

const placeOf = (r: FoundRow): LibraryRow['place'] => {
  const { latitude, longitude, place_source: source, place_metres: metres } = r
  if (latitude === null || longitude === null || source === null) return undefined
  return present({ latitude, longitude, source, accuracyMetres: metres ?? undefined })
}

const viewOf = (r: FoundRow): LibraryRow =>
  present({
    ...rowView(r),
    officerId: r.officer_id,
    session: r.session ?? undefined,
    caseNo: r.case_no ?? undefined,
    caseTitle: r.case_title ?? undefined,
    hasPoster: r.has_poster && !r.destroyed,
    destroyed: r.destroyed,
    disposing: r.disposing,
    looked: r.looked,
    place: placeOf(r),
    clock:
      r.offset_ms === null
        ? undefined
        : present({ offsetMs: r.offset_ms, uncertaintyMs: r.uncertainty_ms ?? undefined }),
  })

/** Days with how many recordings each has, the latest first: the same conditions as the lists, so no number tells of others. */
export const libraryDays = (
  deps: Deps,
  actor: Actor,
  q: QueryOf<typeof routes.libraryDays>,
): Promise<ResponseOf<typeof routes.libraryDays>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { sql, values } = await conditionsOf(deps, tx, actor, q)
    const { day } = AXES[q.by]
    const { rows: days } = await tx.query<{ day: string; n: number }>(
      `SELECT ${day}::text AS day, count(*)::integer AS n ${sql} GROUP BY ${day} ORDER BY ${day} DESC`,
      values,
    )
    return { days, total: days.reduce((sum, { n }) => sum + n, 0) }
  })

export const libraryPart = (
  deps: Deps,
  actor: Actor,
  q: QueryOf<typeof routes.libraryPart>,
): Promise<ResponseOf<typeof routes.libraryPart>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await conditionsOf(deps, tx, actor, q)
    const { day, at } = AXES[q.by]
    const way = q.order === 'latest' ? 'DESC' : 'ASC'
    const days = [q.first, q.last].toSorted().map((d) => `${c.bind(d)}::date`)
    const within = `AND ${day} BETWEEN ${days.join(' AND ')} ORDER BY ${at} ${way}, r.recording_id ${way}
      OFFSET ${c.bind(q.skip)} LIMIT ${c.bind(q.limit)}`
    const order = `${at} ${way}, r.recording_id ${way}`
    const { rows } = await tx.query<FoundRow>(`${rowsOf(actor, c, within)} ORDER BY ${order}`, c.values)
    return { items: rows.map(viewOf) }
  })

/** Rows that a timeline draws at once; more would be a solid bar. */
const MOST_IN_SPAN = 1500

export const librarySpan = (
  deps: Deps,
  actor: Actor,
  q: QueryOf<typeof routes.librarySpan>,
): Promise<ResponseOf<typeof routes.librarySpan>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await conditionsOf(deps, tx, actor, q)
    // A film is at most a day long: the index bounds what began before the span.
    const touches = `AND r.day BETWEEN (${c.bind(q.since)}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - 1
        AND (${c.bind(q.until)}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
      AND r.made_to >= ${c.bind(q.since)} AND r.made_from < ${c.bind(q.until)}`
    const { rows: counted } = await tx.query<{ n: number }>(
      `SELECT count(*)::integer AS n ${c.sql} ${touches}`,
      [...c.values],
    )
    const tail = `${touches} ORDER BY r.made_from, r.recording_id LIMIT ${MOST_IN_SPAN}`
    const { rows } = await tx.query<FoundRow>(
      `${rowsOf(actor, c, tail)} ORDER BY r.made_from, r.recording_id`,
      c.values,
    )
    return { items: rows.map(viewOf), total: counted[0]?.n ?? 0 }
  })

const choicesSql = (value: string, name: string, where: string): string =>
  `SELECT ${value} AS value, ${name} AS name, count(*)::integer AS n ${where} GROUP BY 1 ORDER BY n DESC, value LIMIT 500`

/** What lists offer to choose from: nothing that only others may see. */
export const libraryChoices = (deps: Deps, actor: Actor): Promise<ResponseOf<typeof routes.libraryChoices>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { sql, values } = await conditionsOf(deps, tx, actor, {})
    const ask = async (value: string, name: string, where: string) =>
      (await tx.query<{ value: string; name: string; n: number }>(choicesSql(value, name, where), values))
        .rows
    const ofUnit = sql.replace(
      'WHERE',
      'JOIN app.person p ON p.person_id = r.officer_id WHERE p.unit IS NOT NULL AND',
    )
    return {
      devices: await ask('r.device_id', 'min(r.device_id)', sql),
      officers: await ask('r.officer_id', 'min(r.officer_name)', sql),
      units: await ask('p.unit', 'min(p.unit)', ofUnit),
      scenes: await ask('r.scene', 'min(r.scene)', `${sql} AND r.scene IS NOT NULL`),
    }
  })
