import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex } from '@liuhen/ledger/bytes'
import { formatVkey, parseVkey, type NoteKey } from '@liuhen/ledger/note'
import { isSm2Key } from '@liuhen/ledger/sm2-line'
import { checkPublishedLog, leavesOf } from '@liuhen/ledger/published-log'
import { readReceipt, weighReceipt } from '@liuhen/ledger/receipt'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

type Output = Readonly<{ out(line: string): void; err(line: string): void }>

export type CheckLogFlags = Readonly<{
  /** File with a receipt (`GET /api/log/receipts/<command>`). */
  receipt?: string
  /** Key of the SM2 line that the checkpoint has to have. */
  sm2?: string
}>

const KEPT = {
  kept: '回执：已兑现，所载的条目都在日志里',
  pending: '回执：还没有兑现，承诺的时间未到',
  broken: '回执：没有兑现，承诺的时间已过，日志里没有所载的条目；请保全回执和日志',
} as const

/** Whether the log keeps what a receipt promised (`GET /api/log/receipts/<command>`). */
const checkReceipt = async (
  path: string,
  { log, keys }: Readonly<{ log: () => Promise<ReadonlyMap<string, number>>; keys: readonly NoteKey[] }>,
  { out, err }: Output,
): Promise<number> => {
  const text = await readFile(path, 'utf8')
  const receipt = keys.map((key) => readReceipt(text, key, nodePrimitives.verifyEd25519)).find(Boolean)
  if (receipt === undefined) {
    err(`${path} 不是这个公钥签名的回执。`)
    return EXIT.broken
  }
  const leaves = await log()
  const found = weighReceipt(receipt, (hash) => leaves.has(toHex(hash)), Date.now())
  out(KEPT[found])
  return found === 'broken' ? EXIT.fails : EXIT.ok
}

/**
 * `liuhen check-log <folder> <vkey>`: rebuilds a published log, a copy of what lies under /log. Needs no server. The last
 * line is the same as that of the checkers in `vectors`.
 */
export const checkLogCommand = async (
  folder: string,
  vkey: string,
  { out, err }: Output,
  { receipt, sm2 }: CheckLogFlags = {},
): Promise<number> => {
  const key = parseVkey(vkey)
  const sm2Key = sm2 === undefined ? undefined : parseVkey(sm2)
  if (key === undefined || (sm2 !== undefined && (sm2Key === undefined || !isSm2Key(sm2Key)))) {
    err('公钥（vkey）格式不对，应为：名称+8位十六进制+base64')
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
  const { checkpoint, faults, key: signer } = found
  if (signer.via.length > 0)
    out(`公钥已依日志第 ${signer.via.join('、')} 条的换钥登记换为 ${formatVkey(signer.key)}`)
  for (const fault of faults) out(fault)
  out(`${faults.length === 0 ? 'OK' : 'FAIL'} ${checkpoint.origin} ${checkpoint.size} entries`)
  if (faults.length > 0) return EXIT.fails
  const { size } = checkpoint
  if (receipt === undefined) return EXIT.ok
  const keys = [...signer.before, signer.key]
  return checkReceipt(receipt, { log: () => leavesOf(tools, size), keys }, { out, err })
}
