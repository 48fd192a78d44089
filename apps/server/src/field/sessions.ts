import type { QueryOf } from '@liuhen/api/route'
import { FieldSessionRow, type listFieldSessions as route } from '@liuhen/api/routes/field'
import { told } from '@liuhen/api/schema/evaluation'
import type { z } from 'zod'
import { READS_ALL } from '@liuhen/domain/case/can'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import * as field from '@liuhen/domain/field-session/field-session'
import { REMINDER_DAYS, reminderDay } from '@liuhen/domain/field-session/reminder-day'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { FieldCommand, FieldDone } from './device-keys.ts'

type Deps = Readonly<{ store: Store }>

const evolve = (s: field.FieldSessionState, e: RecordedEvent): field.FieldSessionState =>
  e.streamType === 'field-session' ? field.evolveFieldSession(s, field.FieldSessionEvent.parse(e)) : s

const act = async (
  { store }: Deps,
  c: FieldCommand,
  id: string,
  decide: (s: field.FieldSessionState, now: string) => Decision<field.FieldSessionEvent>,
): Promise<FieldDone | Refusal> => {
  let before = 0
  const done = await execute<field.FieldSessionState, field.FieldSessionEvent>(store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'field-session',
    streamId: id,
    initial: field.initialFieldSession,
    evolve,
    decide: (state, { now, version }) => {
      before = version
      return decide(state, now)
    },
    what: c.what,
  })
  return isRefusal(done) ? done : { id, version: done.events.at(-1)?.version ?? before }
}

/** The stream follows from the phone's session and its officer, so that nobody names the stream of another. */
export const announceFieldSession = (deps: Deps, c: FieldCommand, a: field.AnnounceFieldSession) => {
  const id = derivedId('field-session', c.actor.agencyId, c.actor.userId, a.session)
  return act(deps, c, id, (s, now) => field.announceFieldSession(s, present(a), { now, actor: c.actor }))
}
export const endFieldSession = (
  deps: Deps,
  c: FieldCommand,
  id: string,
  end: z.infer<typeof field.EndFieldSession>,
) => act(deps, c, id, (s, now) => field.endFieldSession(s, end, { now, actor: c.actor }))

export const giveUpFieldSession = (
  deps: Deps,
  c: FieldCommand,
  id: string,
  { reason }: z.infer<typeof field.GiveUpFieldSession>,
) => act(deps, c, id, (s, now) => field.giveUpFieldSession(s, reason, { now, actor: c.actor }))

/** Sessions with how many of their runs are in the store. $1: the agency. */
const SESSIONS = `SELECT s.*, c.title AS case_title, c.handler_ids AS case_handlers, n.stored,
    s.given_up IS NULL AND (s.takes IS NULL OR n.stored < s.takes) AS wanting
  FROM app.field_session s LEFT JOIN app.case_row c ON c.case_id = s.case_id
  CROSS JOIN LATERAL (
    -- One run that was sent twice is one run.
    SELECT count(DISTINCT r.state #>> '{manifest,session,segment}')::integer AS stored FROM app.recording_row r
     WHERE r.agency_id = $1 AND r.state #>> '{manifest,session,id}' = s.session_id
       AND r.officer_id = s.officer_id AND r.status <> 'registered') AS n
  WHERE s.agency_id = $1`

type Row = {
  stream_id: string
  version: number
  session_id: string
  officer_name: string
  medium: FieldSessionRow['medium']
  case_id: string | null
  case_title: string | null
  case_handlers: readonly string[] | null
  step: string | null
  begun_at: string
  announced_at: string
  ended_at: string | null
  takes: number | null
  given_up: string | null
  stored: number
  wanting: boolean
}

const stateOf = (r: Row): FieldSessionRow['state'] => {
  if (r.given_up !== null) return 'given-up'
  if (!r.wanting) return 'whole'
  return r.takes === null ? 'recording' : 'coming'
}

const readsTitle = (actor: Actor, r: Row): boolean =>
  actor.roles.some((role) => READS_ALL.includes(role)) ||
  (r.case_handlers ?? []).includes(actor.personId ?? '')

const view = (actor: Actor, now: string, r: Row): FieldSessionRow =>
  present({
    id: r.stream_id,
    version: r.version,
    session: r.session_id,
    officerName: r.officer_name,
    medium: r.medium,
    caseId: r.case_id ?? undefined,
    // Whoever announces names any case; its title is for those who read it.
    caseTitle: readsTitle(actor, r) ? (r.case_title ?? undefined) : undefined,
    step: r.step ?? undefined,
    begunAt: r.begun_at,
    announcedAt: r.announced_at,
    endedAt: r.ended_at ?? undefined,
    takes: r.takes ?? undefined,
    storedTakes: r.stored,
    state: stateOf(r),
    lateDays: r.wanting ? reminderDay(Date.parse(r.announced_at), Date.parse(now)) : undefined,
    givenUp: r.given_up ?? undefined,
    can: { giveUp: told(field.canGiveUp(actor)) },
  })

const LIST = `SELECT * FROM (${SESSIONS}) AS s
  WHERE ($2::boolean OR s.officer_id = $3)
    AND ($4::timestamptz IS NULL OR (s.wanting AND s.announced_at <= $4))
    AND ($5::timestamptz IS NULL OR (s.announced_at, s.stream_id) < ($5, $6))
  ORDER BY s.announced_at DESC, s.stream_id DESC LIMIT $7`

const DAY_MS = 86_400_000
const dayBefore = (now: string): string => new Date(Date.parse(now) - DAY_MS).toISOString()

/** An officer's own, or all for those who hear of what has not come; the latest first. */
export const listFieldSessions = async (
  { store }: Deps,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<{ items: FieldSessionRow[]; next?: string }> => {
  const now = await store.clock.now()
  const after = parseCursor(q.cursor)
  const all = actor.roles.some((role) => field.WATCHES_FIELD.includes(role))
  const late = q.late === 'true' ? dayBefore(now) : null
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Row>(LIST, [
      actor.agencyId,
      all,
      actor.personId ?? '',
      late,
      after?.at ?? null,
      after?.id ?? null,
      q.limit + 1,
    ]),
  )
  const items = rows.slice(0, q.limit).map((row) => FieldSessionRow.parse(view(actor, now, row)))
  const last = items.at(-1)
  return { items, ...(rows.length > q.limit && last && { next: printCursor(last.announcedAt, last.id) }) }
}

const WANTING = `SELECT stream_id AS id FROM (${SESSIONS}) AS s
  WHERE s.wanting AND s.announced_at <= $2 AND s.reminded < $3`
const LAST_DAY = REMINDER_DAYS.at(-1)

/** On days 1, 3 and 5 after the announcement the record itself says that something has not come, once for each day. */
export const remindOfSessions = async (deps: Deps, agencyId: string): Promise<number> => {
  const now = await deps.store.clock.now()
  const { rows } = await withAgency(deps.store, agencyId, (tx) =>
    tx.query<{ id: string }>(WANTING, [agencyId, dayBefore(now), LAST_DAY]),
  )
  let reminded = 0
  for (const { id } of rows) {
    const what = 'remindFieldSession'
    // Which day it is for is decided on the session itself; one that had its reminder says nothing again.
    const commandId = derivedId(what, id, now.slice(0, 13))
    const c = { commandId, actor: systemActor(agencyId), what }
    const done = await act(deps, c, id, (s, at) => field.remindFieldSession(s, at))
    if (!isRefusal(done)) reminded += 1
  }
  return reminded
}
