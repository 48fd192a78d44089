import { randomUUID } from 'node:crypto'
import { canWorkOn } from '@liuhen/domain/docking/can'
import * as decide from '@liuhen/domain/docking/commands'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency } from '../postgres/transaction.ts'
import { actOnDocking, type DecideDocking } from './act-on-docking.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { listDigest } from './project-docking.ts'

type Same = DockingDone & Readonly<{ begun_by: string }>

const SAME = `SELECT docking_id AS id, version, begun_by FROM app.docking_row
  WHERE agency_id = $1 AND device_id = $2 AND list_digest = $3 ORDER BY begun_at DESC LIMIT 1`

/** The docking of a card that was pulled out and comes back unchanged; also one that may be emptied and was not. */
const begunBefore = async (
  { store }: DockingDeps,
  { actor }: Pick<DockingCommand, 'actor'>,
  b: decide.BeginDocking,
): Promise<Same | undefined> => {
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Same>(SAME, [actor.agencyId, b.deviceId, listDigest(b.files)]),
  )
  return rows.find((row) => canWorkOn(row.begun_by, actor) === true)
}

type Begin = Omit<DockingCommand, 'dockingId'>

/** The same device with the same list goes on with its docking; a clock that was read meanwhile is added to it. */
export const beginDocking = async (
  deps: DockingDeps,
  c: Begin,
  b: decide.BeginDocking,
): Promise<DockingDone | Refusal> => {
  const { actor } = c
  const before = await begunBefore(deps, c, b)
  if (before === undefined)
    return actOnDocking(deps, { ...c, dockingId: randomUUID() }, (s, { now }) =>
      decide.beginDocking(s, b, { now, actor }),
    )
  const { id, version } = before
  const { clock } = b
  if (clock === undefined) return { id, version }
  const read: DecideDocking = (s, { now }) => decide.readClock(s, clock, { now, actor })
  return actOnDocking(deps, { ...c, dockingId: id }, read, version)
}
