import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { formatKeyChange, readKeyChange, signersOf, type KeyChange } from '@liuhen/ledger/keys/change'
import { KEY_EVENTS, readKeysFile } from '@liuhen/ledger/keys/file'
import { formatNote, formatVkey, parseNote, parseVkey, type NoteKey } from '@liuhen/ledger/note'
import type { Clock } from '../clock/clock.ts'
import { append } from '../event-store/append.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import type { Tx } from '../postgres/transaction.ts'
import { waitForInclusion } from './inclusion.ts'
import { currentOf, type HeldKey, type KeyRing, type Ring } from './key-ring.ts'
import { lineOf, makeFileKey, type LogKey, type TokenKeys } from './log-key.ts'
import { readLogFile, writeDurably } from './log-folder.ts'
import { startLogKeeper } from './log-keeper.ts'
import { KEY_STREAM, keysInRecord, publishKeys } from './published-keys.ts'
import type { Signer } from './signer.ts'

/** What a change of keys needs; the process that serves may run beside it or not. */
export type KeyWork = Readonly<{
  origin: string
  signerFolder: string
  logFolder: string
  ring: KeyRing
  signer: Signer
  /** The token that the configuration names. */
  token?: TokenKeys
  pool: Pool
  /** Sees every agency. */
  owner: Tx
  clock: Clock
  sequencerUrl: string
  nowMs: number
}>

const secondsText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

const keyOf = (vkey: string): NoteKey => {
  const key = parseVkey(vkey)
  if (key === undefined) throw new Error(`不是公钥：${vkey}`)
  return key
}

const withKey = (ring: Ring, vkey: string, change: Partial<HeldKey>): Ring => ({
  ...ring,
  keys: ring.keys.map((k) => (k.vkey === vkey ? { ...k, ...change } : k)),
})

const withoutPending = ({ v, keys }: Ring): Ring => ({ v, keys })

const signed = async (change: KeyChange, keys: readonly LogKey[]): Promise<string> => {
  const text = formatKeyChange(change)
  const statement = formatNote({ text, signatures: await Promise.all(keys.map((k) => lineOf(k, text))) })
  if (!readKeyChange(statement))
    throw new Error(`the statement is not signed by all ${signersOf(change).length}`)
  return statement
}

const isIn = ({ place }: HeldKey, tokenKey: string | undefined): boolean =>
  tokenKey === undefined ? place.startsWith('file:') : place === `token:${tokenKey}`

const waitingIn = (ring: Ring): HeldKey | undefined => ring.keys.find((k) => k.state === 'prepared')

/**
 * Makes the next key, or takes the one of this id in the token, so that it can be made known before the log changes to it.
 * One that waits already is the answer if it lies where it is asked for.
 */
export const prepareKey = async (work: KeyWork, tokenKey?: string): Promise<HeldKey> => {
  const ring = await work.ring.read()
  const waiting = waitingIn(ring)
  if (waiting !== undefined) {
    if (isIn(waiting, tokenKey)) return waiting
    throw new Error(
      `已经准备好的下一把密钥在 ${waiting.place}，不在 ${tokenKey === undefined ? '文件里' : `token:${tokenKey}`}。` +
        '请先换到它（key rotate，不写 --token），再准备另一把。',
    )
  }
  const next = await makeNext(work, tokenKey)
  if (ring.keys.some((k) => k.vkey === next.vkey))
    throw new Error('密码设备里这个编号的密钥是用过的。请先在设备里用新的编号生成一把。')
  await work.ring.write({ ...ring, keys: [...ring.keys, next] })
  return next
}

const makeNext = async (
  { token, signerFolder, origin }: KeyWork,
  id: string | undefined,
): Promise<HeldKey> => {
  if (id !== undefined) {
    if (token === undefined) throw new Error('没有配置密码设备：请先写明 LIUHEN_PKCS11_MODULE。')
    return { vkey: formatVkey((await token.open(id)).key), place: `token:${id}`, state: 'prepared' }
  }
  const { made, name } = await makeFileKey(signerFolder, origin)
  return { vkey: formatVkey(made.key), place: `file:${name}`, state: 'prepared' }
}

const agencyOf = async (owner: Tx): Promise<string> => {
  const { rows } = await owner.query<{ agency_id: string | null }>(
    `SELECT coalesce((SELECT min(agency_id) FROM record.event WHERE stream_id = $1),
                     (SELECT min(agency_id) FROM record.event)) AS agency_id`,
    [KEY_STREAM],
  )
  const agencyId = rows[0]?.agency_id
  if (agencyId === undefined || agencyId === null) throw new Error('日志里还没有任何事件，不需要换钥。')
  return agencyId
}

const PATIENCE_MS = 10_000

/** The file is written a moment after the row; what is said of the keys must not be ahead of the log that is shown. */
const untilShown = async (logFolder: string, size: number): Promise<void> => {
  for (const end = performance.now() + PATIENCE_MS; ; await pause(20)) {
    const note = parseNote((await readLogFile(logFolder, 'checkpoint'))?.toString() ?? '')
    const shown = note && parseCheckpoint(note.text)
    if (shown && shown.size >= size) return
    if (performance.now() > end) throw new Error('公布的检查点没有跟上')
  }
}

/** Writes the statement into the log and waits until the log's checkpoint covers it. The same statement is written once. */
const record = async (work: KeyWork, change: KeyChange, pending: NonNullable<Ring['pending']>) => {
  const { pool, clock, owner, signer, logFolder } = work
  const agencyId = await agencyOf(owner)
  const { rows } = await owner.query<{ version: number }>(
    'SELECT count(*)::int AS version FROM record.event WHERE stream_id = $1',
    [KEY_STREAM],
  )
  const event = {
    type: KEY_EVENTS[change.kind],
    schemaVersion: 1,
    occurredAt: await clock.now(),
    data: { public: { statement: pending.statement }, internal: { reason: pending.reason } },
  }
  const done = await append(
    { pool, clock, projections: [] },
    {
      commandId: derivedId('liuhen.key-change.v1', pending.statement),
      agencyId,
      actor: systemActor(agencyId),
      appends: [
        {
          streamType: 'log',
          streamId: KEY_STREAM,
          expectedVersion: rows[0]?.version ?? 0,
          events: [event],
        },
      ],
    },
  )
  if ('refused' in done) throw new Error(`the change was refused: ${done.code}`)
  // Stands by where the installation is running, and keeps the log where it is not.
  const keeper = await startLogKeeper({
    url: work.sequencerUrl,
    folder: logFolder,
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  try {
    const ids = done.events.map((e) => e.id)
    const { size } = await waitForInclusion({ pool, logFolder }, agencyId, ids)
    await untilShown(logFolder, size)
  } catch (error) {
    throw new Error(keeper.halted() ?? '日志没有跟上，请检查签名器与日志进程后再运行一次。', { cause: error })
  } finally {
    await keeper.stop()
  }
  await publishKeys(owner, logFolder)
}

const pendingChange = (ring: Ring): KeyChange | undefined => {
  const change = ring.pending && readKeyChange(ring.pending.statement)
  if (ring.pending !== undefined && change === undefined) throw new Error('签名器里未完成的换钥读不出来。')
  return change
}

/** Finishes what was begun: each step may have happened already. */
const finish = async (work: KeyWork): Promise<KeyChange> => {
  const begun = await work.ring.read()
  const change = pendingChange(begun)
  if (begun.pending === undefined || change === undefined) throw new Error('没有未完成的换钥。')
  await record(work, change, begun.pending)
  const ring = withoutPending(await work.ring.read())
  if (change.kind === 'rotation') {
    const until = begun.pending.until ?? new Date(work.nowMs).toISOString()
    const handed = withKey(ring, formatVkey(change.from), { state: 'retiring', until })
    // What shows the key is written while the change can still be finished again.
    await writeDurably(join(work.logFolder, 'vkey'), `${formatVkey(change.to)}\n`)
    await work.ring.write(withKey(handed, formatVkey(change.to), { state: 'current' }))
  } else await work.ring.write(ring)
  return change
}

/** What was done, in this order; what was asked for is the last. */
export type Changes = readonly KeyChange[]

/** A change that was begun and interrupted is finished first; it is all there is to do when it is the one that was asked for. */
const afterUnfinished = async (
  work: KeyWork,
  isAsked: (begun: KeyChange, ring: Ring) => boolean,
  asked: () => Promise<KeyChange>,
): Promise<Changes> => {
  if (pendingChange(await work.ring.read()) === undefined) return [await asked()]
  const finished = await finish(work)
  return isAsked(finished, await work.ring.read()) ? [finished] : [finished, await asked()]
}

/**
 * The log changes to the prepared key, or to one made now. First both sign, so that no checkpoint is without the old or the
 * new line; then the statement goes into the log; only then is the new one current. The old one signs beside it until the
 * overlap is over.
 */
export const rotateKey = (work: KeyWork, asked: Rotation): Promise<Changes> =>
  afterUnfinished(
    work,
    (begun, ring) =>
      begun.kind === 'rotation' && (asked.tokenKey === undefined || isIn(currentOf(ring), asked.tokenKey)),
    () => rotate(work, asked),
  )

type Rotation = Readonly<{
  reason: string
  overlapDays: number
  /** Where the next key lies in the token; without it the one that waits, wherever it is, or one in a new file. */
  tokenKey?: string
}>

const rotate = async (work: KeyWork, { reason, overlapDays, tokenKey }: Rotation): Promise<KeyChange> => {
  const waiting = tokenKey === undefined ? waitingIn(await work.ring.read()) : undefined
  const next = waiting ?? (await prepareKey(work, tokenKey))
  const ring = await work.ring.read()
  const held = currentOf(ring)
  const [from, to] = await Promise.all([work.ring.open(held), work.ring.open(next)])
  const { origin, nowMs } = work
  const change = { kind: 'rotation', origin, at: secondsText(nowMs), from: from.key, to: to.key } as const
  const statement = await signed(change, [from, to])
  const until = new Date(nowMs + overlapDays * 86_400_000).toISOString()
  const introduced = withKey(ring, next.vkey, { state: 'introduced' })
  await work.ring.write({ ...introduced, pending: { statement, reason, until } })
  return finish(work)
}

/** A key that was current before is not to be believed from a time on; the current one says so, and it signs nothing more at once. */
export const revokeKey = (work: KeyWork, asked: Revocation): Promise<Changes> =>
  afterUnfinished(
    work,
    (begun) =>
      begun.kind === 'revocation' &&
      formatVkey(begun.key) === asked.vkey &&
      Date.parse(begun.since) <= Date.parse(asked.since),
    () => revoke(work, asked),
  )

/** From when on the log says that this key is not to be believed; what is found out later may move it to an earlier time. */
const revokedSince = async (owner: Tx, vkey: string): Promise<string | undefined> => {
  const bytes = await keysInRecord(owner)
  // Our own record: whether it stands in the log is for those to check who read what is published of it.
  const read = bytes && readKeysFile(bytes, { hashes: nodeHashes, stands: () => true })
  const said = (read?.ok === true ? read.value : []).map(({ change }) => change)
  return said
    .flatMap((c) => (c.kind === 'revocation' && formatVkey(c.key) === vkey ? [c.since] : []))
    .toSorted()[0]
}

type Revocation = Readonly<{ vkey: string; since: string; reason: string }>

const revoke = async (work: KeyWork, { vkey, since, reason }: Revocation): Promise<KeyChange> => {
  const ring = await work.ring.read()
  const held = currentOf(ring)
  const revoked = ring.keys.find((k) => k.vkey === vkey)
  if (revoked === undefined) throw new Error('签名器不认识这把公钥。')
  if (revoked.state === 'current')
    throw new Error('现用的密钥不能直接吊销：请先换钥（key rotate），再吊销旧的。')
  const earlier = revoked.state === 'revoked' ? await revokedSince(work.owner, vkey) : undefined
  if (earlier !== undefined && Date.parse(earlier) <= Date.parse(since))
    throw new Error(`这把公钥已经自 ${earlier} 起吊销；再次吊销只能写更早的时间。`)
  const { rows } = await work.owner.query<{ size: number }>(
    'SELECT coalesce(max(size), 0)::bigint AS size FROM log.checkpoint WHERE signed_at < $1',
    [since],
  )
  const by = await work.ring.open(held)
  const { origin, nowMs } = work
  const change = {
    kind: 'revocation',
    origin,
    at: secondsText(nowMs),
    key: keyOf(vkey),
    by: by.key,
    since: secondsText(Date.parse(since)),
    size: rows[0]?.size ?? 0,
  } as const
  const statement = await signed(change, [by])
  await work.ring.write({ ...withKey(ring, vkey, { state: 'revoked' }), pending: { statement, reason } })
  return finish(work)
}
