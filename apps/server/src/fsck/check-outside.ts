import { equalBytes, utf8 } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { findCosignature } from '@liuhen/ledger/cosignature'
import { parseNote, type NoteKey } from '@liuhen/ledger/note'
import { rangesFromTiles } from '@liuhen/ledger/tiles'
import { readToken } from '@liuhen/ledger/timestamp/read-token'
import { nodeHashes } from '../event-store/seal-event.ts'
import { tileReader } from '../ledger/log-folder.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { Findings } from './findings.ts'

const { sha256 } = nodeHashes

export type OutsideDeps = Readonly<{
  tx: Tx
  logFolder: string
  /** Witnesses that the installation names; lines of others are compared with the tree only. */
  witnesses?: readonly NoteKey[]
}>

/** Signed far more often than anybody can read back; the newest tell most. */
const MOST_LINES = 1_000

type Stamped = { size: number; token: Buffer; note: string | null }
type Cosigned = { size: number; witness: string; line: string; note: string | null }

/**
 * What others signed: each stamped or cosigned checkpoint must be the beginning of the tree as it is now, and each token and
 * known witness's line must hold. The tiles were compared with the entries before.
 */
export const checkOutside = async (
  { tx, logFolder, witnesses = [] }: OutsideDeps,
  signedSize: number,
  findings: Findings,
): Promise<void> => {
  const log = { read: tileReader(logFolder), size: signedSize }
  /** The text that was signed, when the tree of that size is as it says. */
  const textOf = async (size: number, note: string | null): Promise<string | undefined> => {
    const parsed = note === null ? undefined : parseNote(note)
    const said = parsed && parseCheckpoint(parsed.text)
    if (parsed === undefined || said?.size !== size || size > signedSize) return undefined
    const [root] = await rangesFromTiles(sha256, log, [{ start: 0, end: size }])
    return root !== undefined && equalBytes(root, said.root) ? parsed.text : undefined
  }
  const stamps = await tx.query<Stamped>(
    `SELECT a.size, a.token, k.note FROM log.anchor a LEFT JOIN log.checkpoint k USING (size) ORDER BY a.size`,
  )
  for (const { size, token, note } of stamps.rows) {
    const text = await textOf(size, note)
    if (text === undefined)
      findings.add('anchor', `${size} 条的时间戳`, '盖过时间戳的检查点与现在的日志不一致')
    else {
      const { fault } = readToken(new Uint8Array(token), sha256(utf8(text)), nodeHashes)
      if (fault !== '') findings.add('anchor', `${size} 条的时间戳`, fault)
    }
  }
  const lines = await tx.query<Cosigned>(
    `SELECT c.size, c.witness, c.line, k.note FROM log.cosignature c LEFT JOIN log.checkpoint k USING (size)
      ORDER BY c.size DESC LIMIT ${MOST_LINES}`,
  )
  for (const { size, witness, line, note } of lines.rows) {
    const what = `${witness} 对 ${size} 条的见证`
    const text = await textOf(size, note)
    if (text === undefined) {
      findings.add('anchor', what, '见证过的检查点与现在的日志不一致')
      continue
    }
    const key = witnesses.find((k) => k.name === witness)
    const signed = parseNote(`${text}\n${line}`)
    const holds = signed !== undefined && (key === undefined || findCosignature(signed, key) !== undefined)
    if (!holds) findings.add('anchor', what, '见证签名不成立')
  }
}
