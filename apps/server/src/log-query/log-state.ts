import type { ResponseOf } from '@liuhen/api/route'
import type { logState as route } from '@liuhen/api/routes/log'
import { toBase64 } from '@liuhen/ledger/bytes'
import { readKeysFile } from '@liuhen/ledger/keys/file'
import { keyPeriods } from '@liuhen/ledger/keys/periods'
import { formatVkey, keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { MMD_SECONDS } from '@liuhen/ledger/receipt'
import { readLogFile } from '../ledger/log-folder.ts'
import { readLogState } from '../ledger/log-state.ts'
import { newestWitnessed } from '../ledger/newest-witnessed.ts'
import { KEYS_FILE } from '../ledger/published-keys.ts'
import { openRefusals } from '../ledger/witness-answers.ts'
import type { SignerStatus } from '../ledger/signer.ts'
import type { WitnessPolicy } from '../ledger/witness-policy.ts'

type Deps = Readonly<{
  store: Pick<Store, 'pool'>
  witnesses: WitnessPolicy
  logFolder: string
  signer: Readonly<{ status(): Promise<Status> }>
}>

type Status = Pick<SignerStatus, 'vkey' | 'origin' | 'sm2Vkey' | 'retiring'>

export type LogStateView = ResponseOf<typeof route>

type Row = { size: number; root: Buffer; note: string }

type Newest = { witness: string; size: number; at: Date }

/** Of the witnesses that the installation names, how far each has come, and the newest checkpoint that enough of them signed. */
const witnessesOf = async ({ store, witnesses }: Deps): Promise<LogStateView['witnesses']> => {
  const { peers } = witnesses
  if (peers.length === 0) return { confirmed: 0, named: 0, size: 0, each: [] }
  const own = peers.map((p) => p.key.name)
  const [refusals, found, newest] = await Promise.all([
    openRefusals(store.pool, own),
    newestWitnessed(store.pool, witnesses),
    store.pool.query<Newest>(
      `SELECT DISTINCT ON (witness) witness, size, cosigned_at AS at FROM log.cosignature
        WHERE witness = ANY ($1) ORDER BY witness, size DESC`,
      [own],
    ),
  ])
  return {
    confirmed: found?.confirmed ?? 0,
    named: peers.length,
    size: found?.size ?? 0,
    each: peers.map(({ name, key }) => {
      const last = newest.rows.find((row) => row.witness === key.name)
      const no = refusals.find((r) => r.witness === key.name)
      return {
        name,
        ...(no === undefined
          ? {}
          : { refused: { at: no.at, size: no.size, status: no.status, why: no.why } }),
        vkey: formatVkey(key),
        size: last?.size ?? 0,
        ...(last === undefined ? {} : { cosignedAt: new Date(last.at).toISOString() }),
      }
    }),
  }
}

type Anchor = { size: number; at: Date; authority: string; certificate: string }

const stampedOf = async ({ store }: Deps): Promise<Pick<LogStateView, 'stamped'>> => {
  const { rows } = await store.pool.query<Anchor>(
    'SELECT size, stamped_at AS at, authority, certificate FROM log.anchor ORDER BY size DESC LIMIT 1',
  )
  const last = rows[0]
  return last === undefined ? {} : { stamped: { ...last, at: new Date(last.at).toISOString() } }
}

const sm2Of = (vkey: string | undefined): Pick<LogStateView, 'sm2'> => {
  const key = vkey === undefined ? undefined : parseVkey(vkey)
  return vkey === undefined || key === undefined ? {} : { sm2: { vkey, fingerprint: keyFingerprint(key) } }
}

/** Every key of the log, as keys.json tells it: whoever holds an earlier package looks for the key of that time. */
const keysOf = async (
  { logFolder }: Deps,
  { vkey, origin, retiring }: Status,
): Promise<LogStateView['keys']> => {
  const key = parseVkey(vkey)
  if (key === undefined) return []
  const bytes = await readLogFile(logFolder, KEYS_FILE)
  // Our own file; whether its entries stand in the log is for those to check who read it elsewhere.
  const read = bytes && readKeysFile(bytes, { hashes: nodeHashes, stands: () => true })
  const changes = read?.ok === true ? read.value : []
  return [...keyPeriods(key, changes, { origin, retiring, nowMs: Date.now() })]
}

/** The latest checkpoint, how far the log lags behind, and who outside has seen it. */
export const logState = async (deps: Deps): Promise<LogStateView> => {
  const { pool } = deps.store
  const [state, signer, latest, waiting, witnesses, { stamped }] = await Promise.all([
    readLogState(pool),
    deps.signer.status(),
    pool.query<Row>('SELECT size, root, note FROM log.published ORDER BY size DESC LIMIT 1'),
    pool.query<{ n: number }>('SELECT count(*)::int AS n FROM log.pending'),
    witnessesOf(deps),
    stampedOf(deps),
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
    keys: await keysOf(deps, signer),
    ...sm2Of(signer.sm2Vkey),
    pending: (waiting.rows[0]?.n ?? 0) + state.size - (checkpoint?.size ?? 0),
    oldestPendingSeconds: state.oldestPendingSeconds,
    mmdSeconds: MMD_SECONDS,
    anchoring: witnesses.size > 0 ? 'WITNESSED' : stamped === undefined ? 'UNANCHORED' : 'TIMESTAMPED',
    ...(stamped === undefined ? {} : { stamped }),
    witnesses,
  }
}
