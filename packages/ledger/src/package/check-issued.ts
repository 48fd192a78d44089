import { decodeUtf8, fromBase64, toBase64 } from '../bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { verifyConsistency } from '../merkle.ts'
import { parseNote } from '../note.ts'
import type { CheckedEvent } from './check-events.ts'
import type { LogFinding } from './check-log.ts'
import { BlobRef } from './documents.ts'
import * as at from './paths.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

/** One hash a line, as a `.consistency` file has them; undefined for anything else. */
export const readConsistency = (scan: Scan, path: string): Uint8Array[] | undefined => {
  const bytes = scan.files.get(path)?.bytes
  const text = bytes && decodeUtf8(bytes)
  if (text === '') return []
  if (text === undefined || !text.endsWith('\n')) return undefined
  const hashes = text.slice(0, -1).split('\n').map(fromBase64)
  const sound = hashes.filter((h) => h !== undefined)
  return sound.length === hashes.length && sound.length <= 130 ? sound : undefined
}

/** Whether the package's log, as its checkpoint has it, begins with the log that this older checkpoint confirms. */
export const isBeginning = (
  old: Checkpoint,
  proof: readonly Uint8Array[],
  log: Pick<LogFinding, 'checkpoint'>,
  p: Primitives,
): boolean => {
  if (log.checkpoint === undefined || old.origin !== log.checkpoint.origin) return false
  const { size: second, root: secondRoot } = log.checkpoint
  const claim = { first: old.size, second, firstRoot: old.root, secondRoot, proof }
  return verifyConsistency(p.sha256, claim)
}

type Named = Readonly<{
  /** What the event prints: the signed text. */
  text: string
  checkpoint: Checkpoint
  /** The paper that bears it, or where the event stands if the paper is not here. */
  on: string
}>

/** A member `checkpoint` beside a `blob`: a paper that was made then bears it in its square. */
const namedIn = (value: unknown, event: CheckedEvent, papers: ReadonlyMap<string, string>): Named[] => {
  if (typeof value !== 'object' || value === null) return []
  const note: unknown = Reflect.get(value, 'checkpoint')
  const blob = BlobRef.safeParse(Reflect.get(value, 'blob'))
  const text = typeof note === 'string' ? parseNote(note)?.text : undefined
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
  if (text === undefined || checkpoint === undefined || !blob.success) return []
  return [{ text, checkpoint, on: papers.get(blob.data.sha256) ?? event.path }]
}

const say = ({ size, root }: Checkpoint): string => `前 ${size} 条，根 ${toBase64(root)}`

const onPapers = (named: readonly Named[]): string =>
  named.length === 0 ? '以前交出的案卷包所附' : `印在 ${[...new Set(named.map((n) => n.on))].join('、')} 上`

/** What is in the package of one earlier checkpoint: its text, and the proof that this log begins with it. */
const checkFiles = (
  { scan, log, p }: Readonly<{ scan: Scan; log: LogFinding; p: Primitives }>,
  size: number,
  named: readonly Named[],
): Item => {
  const path = at.issuedPath(size, 'checkpoint')
  const bytes = scan.files.get(path)?.bytes
  const text = bytes && decodeUtf8(bytes)
  const old = text === undefined ? undefined : parseCheckpoint(text)
  if (old === undefined || old.size !== size || old.extensions !== undefined)
    return fail('issued', path, '检查点缺失，或者不是规范写法')
  if (named.some((n) => n.text !== text))
    return fail('issued', path, `与文书上印的检查点不同：${named.map((n) => n.on).join('、')}`)
  const proofPath = at.issuedPath(size, 'consistency')
  const proof = readConsistency(scan, proofPath)
  if (proof === undefined) return fail('issued', proofPath, '证明缺失，或者不是规范写法')
  return isBeginning(old, proof, log, p)
    ? pass('issued', path, `${onPapers(named)}的检查点（${say(old)}）是本日志的前一段`)
    : fail(
        'issued',
        path,
        `${onPapers(named)}的检查点（${say(old)}）与本日志不相容，或者证明（${proofPath}）不成立`,
      )
}

/** An event says that a paper bears a checkpoint, and nothing in the package ties that to this log. */
const checkMissing = (log: LogFinding, size: number, [first]: readonly Named[]): Item[] => {
  if (first === undefined || log.checkpoint === undefined) return []
  const { origin, size: now } = log.checkpoint
  const path = at.issuedPath(size, 'checkpoint')
  if (first.checkpoint.origin !== origin)
    return [notChecked('issued', path, `${first.on} 上的检查点是日志 ${first.checkpoint.origin} 的`)]
  if (size > now) return [fail('issued', path, `${first.on} 上的检查点有 ${size} 条，本日志只有 ${now} 条`)]
  const what = `${first.on} 上的检查点（${say(first.checkpoint)}）`
  return [notChecked('issued', path, `${what}：卷包没有附它与本日志前后一致的证明`)]
}

/**
 * Checkpoints that were given out before: printed on papers of this case, or in its earlier packages. Each has to be a
 * beginning of this log; whoever holds the paper compares size and root with its square.
 */
export const checkIssued = (
  scan: Scan,
  log: LogFinding,
  events: readonly CheckedEvent[],
  p: Primitives,
): Item[] => {
  const papers = new Map(
    [...scan.files].filter(([path]) => path.startsWith(at.DOCUMENTS)).map(([path, f]) => [f.sha256, path]),
  )
  const named = new Map<number, readonly Named[]>()
  for (const e of events)
    for (const n of Object.values(e.parts).flatMap((part) => namedIn(part, e, papers)))
      named.set(n.checkpoint.size, [...(named.get(n.checkpoint.size) ?? []), n])
  const here = new Set([...scan.files.keys()].flatMap((path) => at.parseIssuedPath(path) ?? []))
  return [...new Set([...here, ...named.keys()])]
    .toSorted((a, b) => a - b)
    .flatMap((size) =>
      here.has(size)
        ? [checkFiles({ scan, log, p }, size, named.get(size) ?? [])]
        : checkMissing(log, size, named.get(size) ?? []),
    )
}
