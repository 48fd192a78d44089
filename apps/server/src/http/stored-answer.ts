import { createHash } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { canonicalJson } from '@liuhen/ledger/canonical'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'

type Deps = Readonly<{ pool: Store['pool'] }>
type Asked = Readonly<{ actor: Actor; commandId: string; fingerprint: Buffer }>

/** What a request asks for, whatever the order of its members. */
export const fingerprintOf = (
  routeId: string,
  input: Readonly<{ params: unknown; query: unknown; body: unknown }>,
) =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify([routeId, input.params, input.query, input.body]))))
    .digest()

type Row = { user_id: string; fingerprint: Buffer; status: number | null; body: unknown }
export type Claimed =
  | Readonly<{ kind: 'new' }>
  | Readonly<{ kind: 'foreign' }>
  | Readonly<{ kind: 'answered'; body: unknown }>

/** Claims an Idempotency-Key for this request, or tells what it was used for. */
export const claimKey = (deps: Deps, asked: Asked): Promise<Claimed> =>
  withAgency(deps, asked.actor.agencyId, async (tx): Promise<Claimed> => {
    const { agencyId, userId } = asked.actor
    await tx.query(
      `INSERT INTO app.answer (agency_id, command_id, user_id, fingerprint) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [agencyId, asked.commandId, userId, asked.fingerprint],
    )
    const { rows } = await tx.query<Row>(
      'SELECT user_id, fingerprint, status, body FROM app.answer WHERE agency_id = $1 AND command_id = $2',
      [agencyId, asked.commandId],
    )
    const row = rows[0]
    if (row === undefined) throw new Error('the key was claimed above')
    if (row.user_id !== userId || !row.fingerprint.equals(asked.fingerprint)) return { kind: 'foreign' }
    return row.status === null ? { kind: 'new' } : { kind: 'answered', body: row.body }
  })

/** Kept after a success only: what was refused may be asked again when the reasons are gone. */
export const keepAnswer = async (deps: Deps, asked: Asked, body: unknown): Promise<void> => {
  await withAgency(deps, asked.actor.agencyId, (tx) =>
    tx.query('UPDATE app.answer SET status = 200, body = $3 WHERE agency_id = $1 AND command_id = $2', [
      asked.actor.agencyId,
      asked.commandId,
      JSON.stringify(body ?? {}),
    ]),
  )
}
