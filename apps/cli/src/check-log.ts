import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogFiles } from '@liuhen/ledger/bundles'
import { toHex, utf8 } from '@liuhen/ledger/bytes'
import { beginsWith, lateEntries, readHeldCheckpoint } from '@liuhen/ledger/held-checkpoint'
import type { FormerKey } from '@liuhen/ledger/keys/follow'
import { formatVkey, keyFingerprint, parseVkey, type NoteKey } from '@liuhen/ledger/note'
import { isSm2Key } from '@liuhen/ledger/sm2-line'
import { checkPublishedLog, leavesOf } from '@liuhen/ledger/published-log'
import { MMD_SECONDS, readReceipt, weighReceipt } from '@liuhen/ledger/receipt'
import { readToken } from '@liuhen/ledger/timestamp/read-token'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

type Output = Readonly<{ out(line: string): void; err(line: string): void }>

export type CheckLogFlags = Readonly<{
  /** File with a receipt (`GET /api/log/receipts/<command>`). */
  receipt?: string
  /** Key of the SM2 line that the checkpoint has to have. */
  sm2?: string
  /** File with a checkpoint that somebody kept, or with what the square of a paper says. */
  since?: string
  /** File with a time stamp (RFC 3161) over that checkpoint. */
  stamp?: string
}>

const KEPT = {
  kept: '回执：已兑现，所载的条目都在日志里',
  pending: '回执：还没有兑现，承诺的时间未到',
  broken: '回执：没有兑现，承诺的时间已过，日志里没有所载的条目；请保全回执和日志',
} as const

/** What the first of these keys that signed it gives, and a word where that key was taken back. */
const readUnder = <T>(
  keys: readonly FormerKey[],
  read: (key: NoteKey) => T | undefined,
): Readonly<{ found: T; revoked: string }> | undefined => {
  // Under the keys of an overlap, one that holds is asked before one that was taken back.
  const inOrder = keys.toSorted((a, b) => Number(Boolean(a.revokedSince)) - Number(Boolean(b.revokedSince)))
  for (const { key, revokedSince } of inOrder) {
    const found = read(key)
    if (found === undefined) continue
    const named = `签名的公钥（指纹 ${keyFingerprint(key)}）`
    return { found, revoked: revokedSince === undefined ? '' : `${named}自 ${revokedSince} 起吊销` }
  }
  return undefined
}

/** Whether the log keeps what a receipt promised (`GET /api/log/receipts/<command>`). */
const checkReceipt = async (
  path: string,
  { log, keys }: Readonly<{ log: () => Promise<ReadonlyMap<string, number>>; keys: readonly FormerKey[] }>,
  { out, err }: Output,
): Promise<number> => {
  const text = await readFile(path, 'utf8')
  const receipt = readUnder(keys, (key) => readReceipt(text, key, nodePrimitives.verifyEd25519))
  if (receipt === undefined) {
    err(`${path} 不是这个公钥签名的回执，也不是依日志换钥以前的公钥签名的。`)
    return EXIT.broken
  }
  if (receipt.revoked) out(`回执：${receipt.revoked}，是不是机关出具的，只有条目在不在日志里能说明`)
  const leaves = await log()
  const found = weighReceipt(receipt.found, (hash) => leaves.has(toHex(hash)), Date.now())
  out(KEPT[found])
  return found === 'broken' ? EXIT.fails : EXIT.ok
}

/** Whether the log goes on from a checkpoint that somebody kept, and, when that was stamped, whether entries behind it claim to be older. */
const checkSince = async (
  { since, stamp }: Readonly<{ since: string; stamp?: string }>,
  { log, keys }: Readonly<{ log: LogFiles; keys: readonly FormerKey[] }>,
  { out, err }: Output,
): Promise<number> => {
  const text = await readFile(since, 'utf8')
  const kept = readUnder(keys, (key) => readHeldCheckpoint(text, [key], nodePrimitives.verifyEd25519))
  if (kept === undefined) {
    err(`${since} 不是这个公钥签名的检查点，也不是依日志换钥以前的公钥签名的。`)
    return EXIT.broken
  }
  const { found: held, revoked } = kept
  const { size } = held.checkpoint
  if (revoked) out(`留存的检查点（${size} 条）：${revoked}，以下只以树根比对为准`)
  if (!(await beginsWith(nodePrimitives.sha256, log, held.checkpoint))) {
    out(`留存的检查点（${size} 条）：日志不是由它延续下来的；请保全两者，这就是日志被改写的证据`)
    return EXIT.fails
  }
  out(`留存的检查点（${size} 条）：日志由它延续而来`)
  if (stamp === undefined) return EXIT.ok
  const token = new Uint8Array(await readFile(stamp))
  const { fault, at, certificate } = readToken(token, nodePrimitives.sha256(utf8(held.text)), nodePrimitives)
  if (fault !== '') {
    err(`${stamp}：${fault}`)
    return EXIT.broken
  }
  out(`时间戳：${at}，证书指纹 ${certificate?.fingerprint ?? ''}`)
  const late = await lateEntries(log, { size, at, mmdSeconds: MMD_SECONDS })
  for (const entry of late)
    out(`第 ${entry.index} 条自称 ${entry.at}，盖时间戳时日志里没有它：日期被倒填，或者日志当时停着`)
  return late.length === 0 ? EXIT.ok : EXIT.fails
}

/**
 * `liuhen check-log <folder> <vkey>`: rebuilds a published log, a copy of what lies under /log. Needs no server. The last
 * line is the same as that of the checkers in `vectors`.
 */
export const checkLogCommand = async (
  folder: string,
  vkey: string,
  { out, err }: Output,
  { receipt, sm2, since, stamp }: CheckLogFlags = {},
): Promise<number> => {
  const key = parseVkey(vkey)
  const sm2Key = sm2 === undefined ? undefined : parseVkey(sm2)
  if (key === undefined || (sm2 !== undefined && (sm2Key === undefined || !isSm2Key(sm2Key)))) {
    err('公钥（vkey）格式不对，应为：名称+8位十六进制+base64')
    return EXIT.usage
  }
  if (stamp !== undefined && since === undefined) {
    err('--stamp 要与 --since 一起用：时间戳盖在留存的检查点上。')
    return EXIT.usage
  }
  const tools = {
    hashes: nodePrimitives,
    verify: nodePrimitives.verifyEd25519,
    ...(sm2Key && { sm2: sm2Key }),
    read: (path: string) => readFile(join(folder, path)).catch(() => undefined),
  }
  const found = await checkPublishedLog(key, tools)
  if (found === undefined) {
    err(`${folder} 里没有可以读取的检查点（checkpoint）。`)
    return EXIT.broken
  }
  const { checkpoint, faults, key: signer, latest, former, sm3Root } = found
  if (sm3Root) out(`SM3 根：前 ${sm3Root.size} 条，${sm3Root.root}`)
  if (latest.via.length > 0)
    out(`您给出的公钥已依日志第 ${latest.via.join('、')} 条的换钥登记换为 ${formatVkey(latest.key)}`)
  for (const fault of faults) out(fault)
  out(`${faults.length === 0 ? 'OK' : 'FAIL'} ${checkpoint.origin} ${checkpoint.size} entries`)
  if (faults.length > 0) return EXIT.fails
  const { size } = checkpoint
  const keys: readonly FormerKey[] = [{ key: signer.key }, ...former]
  const kept =
    receipt === undefined
      ? EXIT.ok
      : await checkReceipt(receipt, { log: () => leavesOf(tools, size), keys }, { out, err })
  if (since === undefined || kept !== EXIT.ok) return kept
  return checkSince(
    { since, ...(stamp && { stamp }) },
    { log: { size, read: tools.read }, keys },
    { out, err },
  )
}
