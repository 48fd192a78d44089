import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex } from '@liuhen/ledger/bytes'
import { leafHash } from '@liuhen/ledger/leaf'
import { parseVkey, type NoteKey } from '@liuhen/ledger/note'
import { checkPublishedLog } from '@liuhen/ledger/published-log'
import { readReceipt, weighReceipt } from '@liuhen/ledger/receipt'
import { decodeBundle, TILE_WIDTH, tilePath } from '@liuhen/ledger/tiles'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

type Output = Readonly<{ out(line: string): void; err(line: string): void }>

const KEPT = {
  kept: '回执：已兑现，所载的条目都在日志里',
  pending: '回执：还没有兑现，承诺的时间未到',
  broken: '回执：没有兑现，承诺的时间已过，日志里没有所载的条目；请保全回执和日志',
} as const

/** Hashes of all leaves, from the entry bundles. */
const leavesOf = async (folder: string, size: number): Promise<ReadonlySet<string>> => {
  const leaves = new Set<string>()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const bytes = await readFile(join(folder, tilePath({ level: 'entries', index, width }))).catch(
      () => undefined,
    )
    for (const entry of (bytes && decodeBundle(bytes)) ?? [])
      leaves.add(toHex(leafHash(nodePrimitives.sha256, entry)))
  }
  return leaves
}

/** Whether the log keeps what a receipt promised (`GET /api/log/receipts/<command>`). */
const checkReceipt = async (
  path: string,
  { folder, size, key }: Readonly<{ folder: string; size: number; key: NoteKey }>,
  { out, err }: Output,
): Promise<number> => {
  const receipt = readReceipt(await readFile(path, 'utf8'), key, nodePrimitives.verifyEd25519)
  if (receipt === undefined) {
    err(`${path} 不是这个公钥签名的回执。`)
    return EXIT.broken
  }
  const leaves = await leavesOf(folder, size)
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
  receipt?: string,
): Promise<number> => {
  const key = parseVkey(vkey)
  if (key === undefined) {
    err('公钥（vkey）格式不对，应为：名称+8位十六进制+base64')
    return EXIT.usage
  }
  const found = await checkPublishedLog(key, {
    hash: nodePrimitives.sha256,
    verify: nodePrimitives.verifyEd25519,
    read: (path) => readFile(join(folder, path)).catch(() => undefined),
  })
  if (found === undefined) {
    err(`${folder} 里没有可以读取的检查点（checkpoint）。`)
    return EXIT.broken
  }
  const { checkpoint, faults } = found
  for (const fault of faults) out(fault)
  out(`${faults.length === 0 ? 'OK' : 'FAIL'} ${checkpoint.origin} ${checkpoint.size} entries`)
  if (faults.length > 0) return EXIT.fails
  const { size } = checkpoint
  return receipt === undefined ? EXIT.ok : checkReceipt(receipt, { folder, size, key }, { out, err })
}
