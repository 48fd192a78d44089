import { fingerprintOf, verifyP256, type VerifyP256 } from './device-key.ts'
import { finding, tidy, type ChainFinding, type ChainVerdict } from './finding.ts'
import { matchPieces, type Piece } from './match-pieces.ts'
import { matchRegistration, type Registered } from './match-registration.ts'
import { type ChainLine, type CloseRecord, type OpenRecord, parseChain, segmentsOf } from './record.ts'

/** A device's clock is set by the network while it records; more than this is a jump. */
const CLOCK_TOLERANCE_MS = 2_000

export type ChainInput = Readonly<{
  /** The chain's file. Empty: the device does not sign. */
  file: Uint8Array
  /** Its bytes, cut where the records say and read back. */
  pieces: readonly Piece[]
  /** Whether somebody vouches for the key with this fingerprint. */
  isVouched: (fingerprint: string) => boolean
  /** What the run is said to be. */
  expects?: Registered
  verify?: VerifyP256
}>

export type ChainReport = Readonly<{
  verdict: ChainVerdict
  findings: readonly ChainFinding[]
  records: number
  segments: number
  bytes: number
  open?: OpenRecord
  close?: CloseRecord
  /** Fingerprint of the key that signed. */
  key?: string
}>

/** A line at its place: what holds, and what does not, which takes up its number only. */
type Placed = Readonly<{ n: number; line?: ChainLine }>

const isWhole = (p: Placed): p is Placed & Readonly<{ line: ChainLine }> => p.line !== undefined

const checkSignatures = (
  lines: readonly (ChainLine | undefined)[],
  key: string | undefined,
  verify: VerifyP256,
): readonly Placed[] =>
  lines.map((line, at) => {
    if (line === undefined) return { n: at }
    const holds = key !== undefined && verify(line.signature, line.message, key)
    return holds ? { n: line.record.n, line } : { n: line.record.n }
  })

/** Leaves each number once; says what lies there twice, or is of another run. */
const each = (placed: readonly Placed[], chain: string | undefined, found: ChainFinding[]) => {
  const byNumber = new Map<number, Placed>()
  let highest = -1
  for (const p of placed) {
    if (!isWhole(p)) found.push(finding('altered', p.n))
    else if (p.line.record.chain !== chain) {
      found.push(finding('spliced', p.n))
      continue
    }
    const before = byNumber.get(p.n)
    if (before !== undefined) {
      const isSame = isWhole(p) && before.line?.link === p.line.link
      if (isWhole(p)) found.push(finding(isSame ? 'duplicated' : 'spliced', p.n))
      continue
    }
    if (p.n < highest) found.push(finding('reordered', p.n))
    highest = Math.max(highest, p.n)
    byNumber.set(p.n, p)
  }
  return [...byNumber.values()].toSorted((a, b) => a.n - b.n)
}

/** Whether the clock that people can set went another way than the one that they cannot, from one record to a later one. */
const isJump = (a: ChainLine['record'], b: ChainLine['record']): boolean => {
  const walls = Date.parse(b.wall) - Date.parse(a.wall)
  if (a.mono === undefined || b.mono === undefined) return walls < -CLOCK_TOLERANCE_MS
  const monos = b.mono - a.mono
  return monos < 0 || Math.abs(walls - monos) > CLOCK_TOLERANCE_MS
}

const isFollowing = (a: ChainLine, b: ChainLine): boolean =>
  b.record.kind !== 'open' && a.record.kind !== 'close' && b.record.prev === a.link

/** Numbers that are missing, and neighbours of which the second does not name the first. */
const checkOrder = (ordered: readonly Placed[], found: ChainFinding[]): void => {
  const first = ordered[0]
  if (first !== undefined && first.n > 0) found.push({ ...finding('gap', 0), to: first.n - 1 })
  if (first !== undefined && isWhole(first) && first.n === 0 && first.line.record.kind !== 'open')
    found.push(finding('spliced', 0))
  ordered.slice(1).forEach((b, i) => {
    const a = ordered[i]
    if (a === undefined) return
    if (b.n > a.n + 1) found.push({ ...finding('gap', a.n + 1), to: b.n - 1 })
    else if (isWhole(a) && isWhole(b) && !isFollowing(a.line, b.line)) found.push(finding('spliced', b.n))
  })
}

/** Each record against the one before it, and against the last whose clock was taken as right: many small steps are a jump, too. */
const checkClock = (ordered: readonly Placed[], found: ChainFinding[]): void => {
  const whole = ordered.filter(isWhole)
  let [trusted, before] = [whole[0], whole[0]]
  for (const p of whole.slice(1)) {
    if (trusted === undefined || before === undefined) return
    const { record } = p.line
    if (isJump(before.line.record, record) || isJump(trusted.line.record, record)) {
      found.push(finding('clock-jump', p.n))
      trusted = p
    }
    before = p
  }
}

const checkEnd = (ordered: readonly Placed[], found: ChainFinding[]): CloseRecord | undefined => {
  const last = ordered.at(-1)
  if (last === undefined) return undefined
  if (last.line?.record.kind !== 'close') {
    found.push(finding('unterminated', last.n))
    return undefined
  }
  const { record } = last.line
  const segments = ordered.flatMap((p) => (p.line?.record.kind === 'segment' ? [p.line.record] : []))
  const isCounted =
    record.segments === segments.length && record.bytes === segments.reduce((sum, s) => sum + s.bytes, 0)
  // A device that counts wrongly; where something is missing or altered, that has been said.
  if (!isCounted && found.length === 0) found.push(finding('altered', record.n))
  return record
}

const openOf = (lines: readonly (ChainLine | undefined)[]): OpenRecord | undefined =>
  lines.flatMap((l) => (l?.record.kind === 'open' && l.record.n === 0 ? [l.record] : []))[0]

const NOTHING: ChainReport = { verdict: 'ingest-hash-only', findings: [], records: 0, segments: 0, bytes: 0 }

/**
 * Everything that is wrong with one run of a camera. Never throws and never stops at the first. Without its opening
 * record nobody knows the key, and no signature holds.
 */
export const verifyChain = (input: ChainInput): ChainReport => {
  const { file, pieces, isVouched, expects, verify = verifyP256 } = input
  const lines = parseChain(file)
  if (lines.length === 0) return NOTHING
  const open = openOf(lines)
  const found: ChainFinding[] = []
  const ordered = each(checkSignatures(lines, open?.key, verify), open?.chain, found)
  checkOrder(ordered, found)
  checkClock(ordered, found)
  const close = checkEnd(ordered, found)
  const segments = segmentsOf(lines.filter((l) => l?.record.chain === open?.chain))
  const findings = tidy([
    ...found,
    ...matchRegistration(open, segments, expects),
    ...matchPieces(segments, pieces),
  ])
  const key = open === undefined ? undefined : fingerprintOf(open.key)
  const sound = key !== undefined && isVouched(key) ? 'ok' : 'ingest-hash-only'
  return {
    verdict: findings[0]?.fault ?? sound,
    findings,
    records: lines.length,
    segments: segments.length,
    bytes: segments.reduce((sum, s) => sum + s.bytes, 0),
    ...(open && { open }),
    ...(close && { close }),
    ...(key !== undefined && { key }),
  }
}
