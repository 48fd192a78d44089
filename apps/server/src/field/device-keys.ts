import type { z } from 'zod'
import type { DeviceKeyRow } from '@liuhen/api/routes/field'
import { told } from '@liuhen/api/schema/evaluation'
import * as key from '@liuhen/domain/device-key/device-key'
import type { Actor, RecordedEvent, Role } from '@liuhen/domain/event'
import { WATCHES_FIELD } from '@liuhen/domain/field-session/field-session'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { execute } from '../event-store/execute.ts'
import type { Job, Store } from '../event-store/store.ts'
import { derivedId } from '../jobs/job-command.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { chainJob } from '../recording/keep-chain.ts'

export type FieldCommand = Readonly<{ commandId: string; actor: Actor; what: string }>
export type FieldDone = Readonly<{ version: number; id: string }>
type Deps = Readonly<{ store: Store }>

const evolve = (s: key.DeviceKeyState, e: RecordedEvent): key.DeviceKeyState =>
  e.streamType === 'device-key' ? key.evolveDeviceKey(s, key.DeviceKeyEvent.parse(e)) : s

type Decide = (
  s: key.DeviceKeyState,
  at: Readonly<{ now: string; tx: Tx }>,
) => Decision<key.DeviceKeyEvent> | Promise<Decision<key.DeviceKeyEvent>>

const act = async (
  { store }: Deps,
  c: FieldCommand,
  id: string,
  decide: Decide,
  jobs: () => readonly Job[] = () => [],
): Promise<FieldDone | Refusal> => {
  let before = 0
  const done = await execute<key.DeviceKeyState, key.DeviceKeyEvent>(store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'device-key',
    streamId: id,
    initial: key.initialDeviceKey,
    evolve,
    decide: (state, { version, ...at }) => {
      before = version
      return decide(state, at)
    },
    jobs,
    what: c.what,
  })
  return isRefusal(done) ? done : { id, version: done.events.at(-1)?.version ?? before }
}

/** The stream follows from the key: the same key is one thing, however often a phone sends it. */
export const requestDeviceKey = (
  deps: Deps,
  c: FieldCommand,
  r: key.RequestDeviceKey,
): Promise<FieldDone | Refusal> => {
  const id = derivedId('device-key', c.actor.agencyId, fingerprintOf(r.publicKey))
  return act(deps, c, id, (s, { now }) => key.requestDeviceKey(s, r, { now, actor: c.actor }))
}

const SIGNED = `SELECT recording_id AS id FROM app.recording_row
  WHERE agency_id = $1 AND state #> '{chain}' IS NOT NULL
    AND (state #> '{chainCheck}' IS NULL
      OR (state #>> '{chainCheck,key}' = $2 AND state #>> '{chainCheck,keyStatus}' <> 'approved'))`

/** What was recorded before somebody vouched for the device is looked at again, and what is being looked at just now. */
export const approveDeviceKey = (deps: Deps, c: FieldCommand, id: string): Promise<FieldDone | Refusal> => {
  const { agencyId } = c.actor
  let signed: readonly Job[] = []
  const decide: Decide = async (s, { now, tx }) => {
    if (s.status !== 'none') {
      const { rows } = await tx.query<{ id: string }>(SIGNED, [agencyId, s.fingerprint])
      signed = rows.map((row) => chainJob(row.id, agencyId))
    }
    return key.approveDeviceKey(s, { now, actor: c.actor })
  }
  return act(deps, c, id, decide, () => signed)
}

export const revokeDeviceKey = (
  deps: Deps,
  c: FieldCommand,
  id: string,
  { reason }: z.infer<typeof key.RevokeDeviceKey>,
): Promise<FieldDone | Refusal> =>
  act(deps, c, id, (s, { now }) => key.revokeDeviceKey(s, reason, { now, actor: c.actor }))

type Row = {
  key_id: string
  version: number
  status: DeviceKeyRow['status']
  fingerprint: string
  label: string
  officer_id: string
  officer_name: string
  requested_at: string
  settled_at: string | null
  settled_by: string | null
  reason: string | null
}

const view = (actor: Actor, r: Row): DeviceKeyRow => {
  const officer = { personId: r.officer_id, name: r.officer_name }
  const state = { status: r.status, publicKey: '', fingerprint: r.fingerprint, label: r.label, officer }
  return present({
    id: r.key_id,
    version: r.version,
    status: r.status,
    fingerprint: r.fingerprint,
    label: r.label,
    officer,
    requestedAt: r.requested_at,
    settledAt: r.settled_at ?? undefined,
    settledBy: r.settled_by ?? undefined,
    reason: r.reason ?? undefined,
    can: { approve: told(key.canVouch(state, actor)), revoke: told(key.canRevoke(state, actor)) },
  })
}

const LIST = `SELECT * FROM app.device_key WHERE agency_id = $1 AND ($2::boolean OR officer_id = $3)
  ORDER BY status = 'requested' DESC, requested_at DESC, key_id LIMIT 500`

const SEES_ALL: readonly Role[] = [...key.REVOKES.filter((role) => role !== 'officer'), ...WATCHES_FIELD]

/** An officer sees the own devices, whatever else the officer is; those who vouch, stop or watch see all. What waits comes first. */
export const listDeviceKeys = ({ store }: Deps, actor: Actor): Promise<{ items: DeviceKeyRow[] }> =>
  withAgency(store, actor.agencyId, async (tx) => {
    const all = actor.roles.some((role) => SEES_ALL.includes(role))
    const { rows } = await tx.query<Row>(LIST, [actor.agencyId, all, actor.personId ?? ''])
    return { items: rows.map((row) => view(actor, row)) }
  })
