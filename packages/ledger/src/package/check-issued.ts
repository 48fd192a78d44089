import { decodeUtf8, equalBytes, fromBase64, toBase64 } from '../bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { verifyConsistency } from '../merkle.ts'
import { parseNote } from '../note.ts'
import type { CheckedEvent } from './check-events.ts'
import type { LogFinding } from './check-log.ts'
import { BlobRef, EXPORT_EVENT, ExportStatement } from './documents.ts'
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

/** Checkpoints of one log at one size. */
type Group = Readonly<{ origin: string; size: number; named: readonly Named[] }>

/** Two roots of one log at one size cannot both have been: somebody was shown another log. */
const checkFork = ({ origin, size, named }: Group): Item[] => {
  const roots = [...new Set(named.map((n) => toBase64(n.checkpoint.root)))]
  if (roots.length < 2) return []
  const each = roots.map((root) => {
    const on = named.filter((n) => toBase64(n.checkpoint.root) === root)
    return `根 ${root}（${onPapers(on)}）`
  })
  const detail = `日志 ${origin} 的前 ${size} 条有不同的根：${each.join('；')}。日志分过叉，这些文书就是证据`
  return [fail('issued', named[0]?.on ?? at.issuedPath(size, 'checkpoint'), detail)]
}

/** Events say that papers bear this checkpoint of this log, and the package has no proof of it. */
const checkMissing = ({ size, named }: Group, ours: Checkpoint, isStated: boolean): Item[] => {
  const [first] = named
  if (first === undefined) return []
  const path = at.issuedPath(size, 'checkpoint')
  const what = `${onPapers(named)}的检查点（${say(first.checkpoint)}）`
  if (size > ours.size) return [fail('issued', path, `${what}比本日志长，本日志只有 ${ours.size} 条`)]
  if (size === ours.size)
    return equalBytes(first.checkpoint.root, ours.root)
      ? [pass('issued', path, `${what}就是本日志的`)]
      : [fail('issued', path, `${what}与本日志不相容：同样的条数，根不同`)]
  return isStated
    ? [fail('issued', path, `导出登记写明附有以前发出的检查点，卷包却没有${what}和它的证明`)]
    : [notChecked('issued', path, `${what}：卷包没有附它与本日志前后一致的证明`)]
}

/** Printed under another name of the log, from before it was restored, or by somebody else's: nothing ties it to this one. */
const checkForeign = ({ origin, named }: Group): Item[] =>
  named.slice(0, 1).map(({ checkpoint, on }) => {
    const what = `${onPapers(named)}的检查点（${say(checkpoint)}）`
    return notChecked('issued', on, `${what}是日志 ${origin} 的，没有与本日志比对；请向机关查询换名的原因`)
  })

/** An export in this case states that its package holds every earlier checkpoint; so must each made since. */
const statesIssued = (events: readonly CheckedEvent[]): boolean =>
  events.some(
    (e) =>
      e.leaf.t === EXPORT_EVENT &&
      ExportStatement.safeParse(e.parts.public).data?.issuedCheckpoints === 'enclosed',
  )

const groupsOf = (named: readonly Named[], here: ReadonlySet<number>, ours: string): Group[] => {
  const groups = new Map<string, Group>()
  const put = (origin: string, size: number, more: readonly Named[]): void => {
    const key = `${origin}\n${size}`
    groups.set(key, { origin, size, named: [...(groups.get(key)?.named ?? []), ...more] })
  }
  for (const size of here) put(ours, size, [])
  for (const n of named) put(n.checkpoint.origin, n.checkpoint.size, [n])
  return [...groups.values()].toSorted((a, b) => a.size - b.size)
}

/**
 * Checkpoints that were given out before: printed on papers of this case, or in its earlier packages. Each has to be a
 * beginning of this log; whoever holds the paper compares size and root with its square. Those of a log of another name are
 * NOT CHECKED, and two that contradict each other are a proof against whoever signed them, whatever the name.
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
  const named = events.flatMap((e) => Object.values(e.parts).flatMap((part) => namedIn(part, e, papers)))
  const here = new Set([...scan.files.keys()].flatMap((path) => at.parseIssuedPath(path) ?? []))
  const ours = log.checkpoint
  const isStated = statesIssued(events)
  return groupsOf(named, here, ours?.origin ?? '').flatMap((group) => {
    const forked = checkFork(group)
    if (forked.length > 0) return forked
    if (group.origin !== (ours?.origin ?? '')) return checkForeign(group)
    if (here.has(group.size)) return [checkFiles({ scan, log, p }, group.size, group.named)]
    return ours === undefined ? [] : checkMissing(group, ours, isStated)
  })
}
