import { decodeUtf8, utf8 } from '../bytes.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { parseNote } from '../note.ts'
import { readToken, type TokenReading } from '../timestamp/read-token.ts'
import type { CheckedEvent } from './check-events.ts'
import { isBeginning, readConsistency } from './check-issued.ts'
import type { LogFinding } from './check-log.ts'
import * as at from './paths.ts'
import { parsePolicy } from './policy.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

export type StampsFinding = Readonly<{
  items: readonly Item[]
  /** A stamp of somebody whom the reader trusts is over a log that held every event of the package. */
  covers: boolean
  /** When the package's own checkpoint was stamped by such a one, in milliseconds since 1970. */
  stampedAt: number | undefined
}>

type Options = Readonly<{
  policy: string | undefined
  primitives: Primitives
  /** Why this host cannot compute the signatures of time stamps. */
  stampsUnread?: string
}>

/** The text that was stamped, if the package's log holds it: then the stamp is over the beginning of this very log. */
const stampedText = (scan: Scan, size: number, log: LogFinding, p: Primitives): string | undefined => {
  const bytes = scan.files.get(at.stampPath(size, 'checkpoint'))?.bytes
  const note = parseNote((bytes && decodeUtf8(bytes)) ?? '')
  const old = note && parseCheckpoint(note.text)
  const proof = readConsistency(scan, at.stampPath(size, 'consistency'))
  if (!note || old?.size !== size || !proof) return undefined
  return isBeginning(old, proof, log, p) ? note.text : undefined
}

const tell = ({ at: time, certificate }: TokenReading, size: number): string =>
  `前 ${size} 条在 ${time} 之前已经存在；签发：${certificate?.name ?? ''}（${certificate?.organisation ?? ''}），证书指纹 ${certificate?.fingerprint ?? ''}`

const isTrusted = ({ certificate, authorities }: TokenReading, stampers: readonly string[]): boolean =>
  [...(certificate ? [certificate] : []), ...authorities].some((c) => stampers.includes(c.fingerprint))

/** Time stamps over checkpoints: over which beginning of the log, when, and by whom. */
export const checkStamps = (
  scan: Scan,
  log: LogFinding,
  events: readonly CheckedEvent[],
  { policy, primitives: p, stampsUnread }: Options,
): StampsFinding => {
  const parsed = policy === undefined ? undefined : parsePolicy(policy)
  const stampers = parsed?.ok === true ? parsed.value.stampers : []
  const last = events.reduce((max, e) => Math.max(max, e.index ?? 0), 0)
  let covers = false
  let stampedAt: number | undefined
  const checkOne = (size: number): Item => {
    const path = at.stampPath(size, 'tsr')
    const token = scan.files.get(path)?.bytes
    if (!token) return fail('timestamp', path, '时间戳缺失')
    const text = stampedText(scan, size, log, p)
    if (text === undefined) return fail('timestamp', path, '时间戳所盖的检查点缺失，或者不是这份日志的前一段')
    if (stampsUnread !== undefined) return notChecked('timestamp', path, stampsUnread)
    const read = readToken(token, p.sha256(utf8(text)), p)
    if (read.fault !== '') return fail('timestamp', path, read.fault)
    if (!isTrusted(read, stampers))
      return notChecked('timestamp', path, `${tell(read, size)}；信任策略没有写明这个签发者（tsa 指纹）`)
    covers ||= log.keysTrusted && events.length > 0 && last < size
    if (size === log.checkpoint?.size) stampedAt = Date.parse(read.at)
    return pass('timestamp', path, tell(read, size))
  }
  const sizes = new Set([...scan.files.keys()].flatMap((path) => at.parseStampPath(path) ?? []))
  const items = [...sizes].toSorted((a, b) => a - b).map(checkOne)
  return { items, covers, stampedAt }
}
