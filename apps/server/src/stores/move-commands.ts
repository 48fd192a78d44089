import { type AccountGiven, isGivenByProposer } from '@liuhen/domain/agency/settings'
import type { Actor } from '@liuhen/domain/event'
import { type Decision, isRefusal, type Refusal, refuse } from '@liuhen/domain/refusal'
import type { StoresEvent } from '@liuhen/domain/stores/events'
import * as decide from '@liuhen/domain/stores/move'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { Tx } from '../postgres/transaction.ts'
import { storesStream } from './tell.ts'

export type MoveCommandDeps = Readonly<{
  store: Store
  nextPlace?: string
  accountGivenTo: (tx: Tx, actor: Actor) => Promise<readonly AccountGiven[]>
}>
export type MoveCommand = Readonly<{ commandId: string; actor: Actor; what: string }>
export type MoveDone = Readonly<{ version: number; id?: string }>

type At = Readonly<{ now: string; tx: Tx }>

const act = async (
  { store }: MoveCommandDeps,
  c: MoveCommand,
  ruling: (s: decide.MoveState, at: At) => Promise<Decision<StoresEvent>>,
): Promise<MoveDone | Refusal> => {
  const { agencyId } = c.actor
  const outcome = await execute<decide.MoveState, StoresEvent>(store, {
    ...c,
    agencyId,
    streamType: 'stores',
    streamId: storesStream(agencyId),
    initial: decide.noMove,
    evolve: (s, e) => decide.evolveMove(s, e, e.actor.userId),
    decide: ruling,
    result: (events) => ({ version: events.length }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as MoveDone)
}

const otherMove = async (tx: Tx): Promise<boolean> =>
  (await tx.query(`SELECT FROM app.store_move WHERE state IN ('copying', 'checked', 'approved')`)).rows
    .length > 0

const secondIn = async (tx: Tx) =>
  (
    await tx.query<{ id: string; place: string }>(
      `SELECT id, place FROM app.blob_store WHERE store = 'second'`,
    )
  ).rows[0]

/** The row is written with the event: what reaches the stores reads the row. */
export const proposeMove = (deps: MoveCommandDeps, c: MoveCommand, asked: Readonly<{ reason: string }>) =>
  act(deps, c, async (s, { now, tx }) => {
    const second = await secondIn(tx)
    const moveId = uuidv7(Date.parse(now))
    const from = second === undefined ? {} : { from: second.place }
    const to = deps.nextPlace === undefined ? {} : { to: deps.nextPlace }
    // One of another agency is a move of the same stores.
    const state = (await otherMove(tx)) && s.status === 'none' ? OTHERS : s
    const ruled = decide.proposeMove(state, { moveId, ...asked, ...from, ...to }, { now, actor: c.actor })
    if (!isRefusal(ruled) && second !== undefined)
      await tx.query(
        `INSERT INTO app.store_move (id, agency_id, state, from_id, from_place, to_place)
         VALUES ($1, $2, 'copying', $3, $4, $5)`,
        [moveId, c.actor.agencyId, second.id, second.place, deps.nextPlace],
      )
    return ruled
  })

const OTHERS: decide.MoveState = {
  status: 'open',
  moveId: '',
  proposedBy: '',
  proposedAt: '1970-01-01T00:00:00.000Z',
  from: '',
  to: '',
}

/** The new place is in use already; the event that says so comes with the next round of the job. */
const switched = () =>
  refuse('wrong-state', '新的存储已经启用，这次迁移不能再改动。', '需要换回原处的，另行提出一次迁移。')

const setState = async (tx: Tx, s: decide.MoveState, state: string, ruled: Decision<StoresEvent>) => {
  if (isRefusal(ruled) || s.status !== 'open') return ruled
  const { rowCount } = await tx.query(
    `UPDATE app.store_move SET state = $2 WHERE id = $1 AND state IN ('copying', 'checked', 'approved')`,
    [s.moveId, state],
  )
  return rowCount === 1 ? ruled : switched()
}

/** What a `can` needs to know of the one who would approve. */
export const approvalOf = async (
  deps: MoveCommandDeps,
  s: decide.MoveState,
  actor: Actor,
  { now, tx }: At,
): Promise<decide.Approval> => {
  const proposal =
    s.status === 'none' ? undefined : { proposedBy: { userId: s.proposedBy }, proposedAt: s.proposedAt }
  const given = await deps.accountGivenTo(tx, actor)
  return { now, actor, isGivenByProposer: proposal !== undefined && isGivenByProposer(proposal, given) }
}

export const approveMove = (deps: MoveCommandDeps, c: MoveCommand, asked: Readonly<{ opinion: string }>) =>
  act(deps, c, async (s, at) => {
    const approval = await approvalOf(deps, s, c.actor, at)
    return setState(at.tx, s, 'approved', decide.approveMove(s, asked.opinion, approval))
  })

export const giveMoveUp = (deps: MoveCommandDeps, c: MoveCommand, asked: Readonly<{ reason: string }>) =>
  act(deps, c, async (s, at) =>
    setState(at.tx, s, 'given-up', decide.giveMoveUp(s, asked.reason, { now: at.now, actor: c.actor })),
  )
