import type { ResponseOf } from '@liuhen/api/route'
import type { logState as route } from '@liuhen/api/routes/log'
import { toBase64 } from '@liuhen/ledger/bytes'
import { keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import type { Store } from '../event-store/store.ts'
import { MMD_SECONDS, readLogState } from '../ledger/log-state.ts'

type Deps = Readonly<{
  store: Pick<Store, 'pool'>
  signer: Readonly<{ status(): Promise<Readonly<{ vkey: string; origin: string }>> }>
}>

export type LogStateView = ResponseOf<typeof route>

type Row = { size: number; root: Buffer; note: string }

/** The latest checkpoint and how far the log lags behind. Nobody witnesses yet, and it says so. */
export const logState = async (deps: Deps): Promise<LogStateView> => {
  const { pool } = deps.store
  const [state, signer, latest, waiting] = await Promise.all([
    readLogState(pool),
    deps.signer.status(),
    pool.query<Row>('SELECT size, root, note FROM log.checkpoint ORDER BY size DESC LIMIT 1'),
    pool.query<{ n: number }>('SELECT count(*)::int AS n FROM log.pending'),
  ])
  const checkpoint = latest.rows[0]
  const key = parseVkey(signer.vkey)
  return {
    origin: signer.origin,
    size: checkpoint?.size ?? 0,
    rootHash: checkpoint === undefined ? '' : toBase64(checkpoint.root),
    checkpoint: checkpoint?.note ?? '',
    vkey: signer.vkey,
    fingerprint: key === undefined ? '' : keyFingerprint(key),
    pending: (waiting.rows[0]?.n ?? 0) + state.size - (checkpoint?.size ?? 0),
    oldestPendingSeconds: state.oldestPendingSeconds,
    mmdSeconds: MMD_SECONDS,
    anchoring: 'UNANCHORED',
  }
}
