import type { ResponseOf } from '@liuhen/api/route'
import type { getReceipt as route } from '@liuhen/api/routes/log'
import { type Refusal, refuse } from '@liuhen/domain/refusal'
import { formatTlogProof } from '@liuhen/ledger/tlog-proof'
import type { Store } from '../event-store/store.ts'
import { inclusionFor } from '../ledger/inclusion.ts'
import type { Signer } from '../ledger/signer.ts'
import { withAgency } from '../postgres/transaction.ts'

type Deps = Readonly<{
  store: Pick<Store, 'pool'>
  logFolder: string
  signer: Pick<Signer, 'receipt'>
}>

type Row = { event_id: string; leaf_hash: Buffer; recorded_at: Date }

/** The receipt of a committed command: what was accepted when, signed by the log; with proofs as soon as there are. */
export const getReceipt = async (
  { store, logFolder, signer }: Deps,
  agencyId: string,
  commandId: string,
): Promise<ResponseOf<typeof route> | Refusal> => {
  const rows = await withAgency(store, agencyId, async (tx) => {
    const found = await tx.query<Row>(
      `SELECT e.event_id, e.leaf_hash, e.recorded_at FROM record.command c JOIN record.event e ON e.event_id = ANY (c.event_ids)
        WHERE c.agency_id = $1 AND c.command_id = $2 ORDER BY e.position`,
      [agencyId, commandId],
    )
    return found.rows
  })
  const [first] = rows
  if (first === undefined)
    return refuse(
      'not-found',
      '没有这次操作的记录',
      '请核对操作编号（Idempotency-Key）；没有成功的操作没有回执',
    )
  const acceptedAt = new Date(first.recorded_at).toISOString()
  const receipt = await signer.receipt({
    acceptedAt,
    leafHashes: rows.map((r) => new Uint8Array(r.leaf_hash)),
  })
  const ids = rows.map((r) => r.event_id)
  const { included, checkpoint } = await inclusionFor({ pool: store.pool, logFolder }, agencyId, ids)
  const proofs = ids.flatMap((id) => {
    const at = included.find((i) => i.eventId === id)
    return at === undefined || checkpoint === undefined ? [] : [formatTlogProof({ ...at, checkpoint })]
  })
  return { receipt, proofs }
}
