import type { StandInView } from '@liuhen/api/routes/stand-ins'
import { told } from '@liuhen/api/schema/evaluation'
import { chinaDate } from '@liuhen/domain/document/china-time'
import { type Actor, Role } from '@liuhen/domain/event'
import type { PersonEvent } from '@liuhen/domain/person/events'
import * as decide from '@liuhen/domain/person/stand-in'
import { evolvePerson, initialPerson, type PersonState } from '@liuhen/domain/person/state'
import { present } from '@liuhen/domain/present'
import { type Decision, isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { civilDateOf } from '@liuhen/law/civil-date'
import { inForce } from '@liuhen/law/law'
import { citeProvision } from '@liuhen/law/citation'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import type { Instant } from '@liuhen/law/fact'
import { getAgency } from '../case-stream/agency.ts'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { LawLibrary } from '../law/library.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import type { PersonDone } from './register-person.ts'

type Deps = Readonly<{ store: Store; library: LawLibrary }>
type Command = Readonly<{ commandId: string; actor: Actor; personId: string }>
type At = Readonly<{ now: Instant; tx: Tx }>

const onPerson = async (
  store: Store,
  { commandId, actor, personId }: Command,
  what: string,
  rule: (state: PersonState, at: At) => Promise<Decision<PersonEvent>>,
): Promise<PersonDone | Refusal> => {
  let version = 0
  const outcome = await execute<PersonState, PersonEvent>(store, {
    commandId,
    agencyId: actor.agencyId,
    actor,
    streamType: 'person',
    streamId: personId,
    what,
    initial: initialPerson,
    evolve: (s, e) => evolvePerson(s, e),
    decide: (state, at) => {
      version = at.version + 1
      return rule(state, at)
    },
    result: () => ({ version, id: personId }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as PersonDone)
}

type HeadRow = { person_id: string; name: string; roles: string[]; left_on: string | null }

/** Periods not taken back, with the name of the other one: of who stands in, or of whose place it is. */
const periodsOf = async (tx: Tx, mine: 'person_id' | 'delegate_id', personId: string) => {
  const other = mine === 'person_id' ? 'delegate_id' : 'person_id'
  const { rows } = await tx.query<{ from: string; to: string; name: string }>(
    `SELECT s.from_day::text AS from, s.to_day::text AS to, o.name
       FROM app.stand_in s JOIN app.person o ON o.person_id = s.${other}
      WHERE s.${mine} = $1 AND s.ended_at IS NULL ORDER BY s.from_day`,
    [personId],
  )
  return rows
}

const delegateOf = async (tx: Tx, personId: string): Promise<decide.StandInContext['delegate']> => {
  const { rows } = await tx.query<HeadRow>(
    'SELECT person_id, name, roles, left_on FROM app.person WHERE person_id = $1',
    [personId],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const { name, roles, left_on: leftOn } = row
  return {
    personId,
    name,
    roles: roles.map((r) => Role.parse(r)),
    active: leftOn === null,
    away: await periodsOf(tx, 'person_id', personId),
  }
}

/** What holds where the agency has set nothing is written with each setting. */
const rulesOf = async (
  { law }: LawLibrary,
  tx: Tx,
  { agencyId, now }: Readonly<{ agencyId: string; now: Instant }>,
): Promise<decide.StandInRules> => {
  const { settings } = await getAgency(tx, agencyId)
  const [who, namedBy, longest] = ['stand-in-heads', 'stand-in-named-by', 'stand-in-days'].map((id) =>
    law.settings.get(id),
  )
  const longestDays = settings['stand-in-days'] ?? longest?.default
  if (typeof longestDays !== 'number') throw new Error('the setting stand-in-days has no number')
  return {
    who: (settings['stand-in-heads'] ?? who?.default) === 'not-below' ? 'not-below' : 'any',
    namedBy: (settings['stand-in-named-by'] ?? namedBy?.default) === 'own' ? 'own' : 'own-or-agency-head',
    longestDays,
    citations: [...new Set([...(who?.clauses ?? []), ...(longest?.clauses ?? [])])].flatMap((id) => {
      const provision = inForce(
        law.provisions.filter((p) => p.id === id),
        civilDateOf(now),
      )
      return provision === undefined ? [] : [citeProvision(provision)]
    }),
  }
}

export const nameStandIn = ({ store, library }: Deps, c: Command, body: decide.NameStandIn) =>
  onPerson(store, c, 'nameStandIn', async (state, { now, tx }) =>
    decide.nameStandIn(state, body, {
      now,
      actor: c.actor,
      agencyId: c.actor.agencyId,
      personId: c.personId,
      delegate: await delegateOf(tx, body.delegateId),
      decidesFor: await periodsOf(tx, 'delegate_id', c.personId),
      rules: await rulesOf(library, tx, { agencyId: c.actor.agencyId, now }),
      newId: () => uuidv7(Date.parse(now)),
      today: chinaDate(now),
    }),
  )

export const endStandIn = (
  { store, library }: Deps,
  c: Command,
  end: Readonly<{ delegationId: string; reason: string }>,
) =>
  onPerson(store, c, 'endStandIn', async (state, { now, tx }) => {
    const { actor, personId } = c
    const { agencyId } = actor
    const rules = await rulesOf(library, tx, { agencyId, now })
    return decide.endStandIn(state, end, { now, actor, agencyId, personId, rules })
  })

type Row = {
  delegation_id: string
  person_id: string
  name: string
  roles: string[]
  delegate_id: string
  delegate_name: string
  ranks: string[]
  from_day: string
  to_day: string
  reason: string
  named_by: string
  named_at: Instant
  ended_at: Instant | null
  ended_by: string | null
  end_reason: string | null
}

const stateOf = (r: Row, today: string): StandInView['state'] => {
  if (r.ended_at !== null) return 'ended'
  if (r.from_day > today) return 'coming'
  return r.to_day < today ? 'over' : 'running'
}

const namesOf = (ranks: readonly string[]): string[] =>
  decide.headRanks(ranks.map((r) => Role.parse(r))).map((rank) => RANK_NAMES[rank])

const view = (r: Row, actor: Actor, rules: decide.StandInRules, today: string): StandInView => {
  const may = decide.mayNameFor(
    rules,
    { personId: r.person_id, roles: r.roles.map((x) => Role.parse(x)) },
    actor,
  )
  return {
    id: r.delegation_id,
    personId: r.person_id,
    name: r.name,
    delegateId: r.delegate_id,
    delegateName: r.delegate_name,
    ranks: r.ranks,
    rankNames: namesOf(r.ranks),
    from: r.from_day,
    to: r.to_day,
    reason: r.reason,
    namedBy: r.named_by,
    namedAt: r.named_at,
    state: stateOf(r, today),
    ...present({
      ended:
        r.ended_at === null
          ? undefined
          : { at: r.ended_at, by: r.ended_by ?? '', reason: r.end_reason ?? '' },
    }),
    canEnd: told(may),
  }
}

/** Every stand-in of the agency, and who may name one for whom. */
export const listStandIns = async ({ store, library }: Deps, actor: Actor) => {
  const now = await store.clock.now()
  const today = chinaDate(now)
  return withAgency(store, actor.agencyId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT s.*, p.name, p.roles, d.name AS delegate_name
         FROM app.stand_in s JOIN app.person p USING (person_id)
         JOIN app.person d ON d.person_id = s.delegate_id
        ORDER BY s.from_day DESC, s.delegation_id DESC LIMIT 200`,
    )
    const heads = await tx.query<HeadRow>(
      'SELECT person_id, name, roles, left_on FROM app.person WHERE roles && $1 AND left_on IS NULL ORDER BY name',
      [[...decide.HEADS]],
    )
    const rules = await rulesOf(library, tx, { agencyId: actor.agencyId, now })
    const people = heads.rows.map((h) => ({ ...h, roles: h.roles.map((r) => Role.parse(r)) }))
    return {
      items: rows.map((row) => view(row, actor, rules, today)),
      heads: people.map((h) => ({
        personId: h.person_id,
        name: h.name,
        rankNames: namesOf(h.roles),
        mayStandInFor: people
          .filter((other) => other !== h && decide.mayStandIn(rules, h.roles, other.roles))
          .map((other) => other.person_id),
      })),
      rules: { ...rules, citations: [...rules.citations] },
      mayNameFor: people
        .filter((h) => decide.mayNameFor(rules, { personId: h.person_id, roles: h.roles }, actor) === true)
        .map((h) => h.person_id),
    }
  })
}
