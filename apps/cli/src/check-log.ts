import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseVkey } from '@liuhen/ledger/note'
import { checkPublishedLog } from '@liuhen/ledger/published-log'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

/**
 * `liuhen check-log <folder> <vkey>`: rebuilds a published log, a copy of what lies under /log. Needs no server. The last
 * line is the same as that of the checkers in `vectors`.
 */
export const checkLogCommand = async (
  folder: string,
  vkey: string,
  { out, err }: Readonly<{ out(line: string): void; err(line: string): void }>,
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
  return faults.length === 0 ? EXIT.ok : EXIT.fails
}
