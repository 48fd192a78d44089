import { z } from 'zod'
import { fromBase64, utf8 } from '../bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { readSquare } from '../held-checkpoint.ts'
import { parseLeaf } from '../leaf.ts'
import { parseNote } from '../note.ts'
import { parseTlogProof } from '../tlog-proof.ts'
import { checkEvents, type CheckedEvent } from './check-events.ts'
import { checkRevoked } from './check-keys.ts'
import { checkLog, type LogFinding } from './check-log.ts'
import { checkSm2 } from './check-sm2.ts'
import { checkSquare, type AskConsistency } from './check-square.ts'
import { checkStamps } from './check-stamps.ts'
import * as at from './paths.ts'
import { purePrimitives, type Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item, type Report } from './report.ts'

const Named = z.object({ name: z.string(), vkey: z.string() })

/** What the keeper of a log says of it and of one file. Nothing of this is believed. */
export const FileAnswer = z.object({
  log: z.object({
    vkey: z.string(),
    /** The newest checkpoint. */
    checkpoint: z.string(),
    witnesses: z.array(Named),
    /** Fingerprints of certificates of time stamping authorities. */
    stampers: z.array(z.string()),
    /** keys.json with proofs under the checkpoint of the file, or under the newest where no file is asked for. */
    keys: z.string().exactOptional(),
  }),
  file: z
    .object({
      found: z.boolean(),
      title: z.string().exactOptional(),
      number: z.string().exactOptional(),
      correctedAt: z.string().exactOptional(),
      proof: z.string().exactOptional(),
      record: z.object({ entry: z.string(), salt: z.string(), payload: z.string() }).exactOptional(),
      stamp: z
        .object({
          size: z.int().min(0),
          token: z.string(),
          checkpoint: z.string(),
          consistency: z.array(z.string()),
        })
        .exactOptional(),
    })
    .exactOptional(),
})
export type FileAnswer = z.infer<typeof FileAnswer>
type SaidOfFile = NonNullable<FileAnswer['file']>

export type FileInput = Readonly<{
  /** SHA-256 of the bytes, in hex, computed by whoever asks; absent when only a square is looked at. */
  sha256?: string
  /** The answer as it came; undefined when none came. */
  answer: unknown
  /** Whose keys the reader trusts (C2SP tlog-policy); without one the keys that the answer names are used, and the report says so. */
  policy?: string
  /** What the square of a served paper says, or a checkpoint that the reader kept. */
  square?: string
  consistency: AskConsistency
  primitives?: Primitives
  /** Why this host cannot compute the signatures of time stamps. */
  unread?: string
}>

/** Why nothing was found out. */
export type NotCheckedWhy = 'no-answer' | 'not-yet' | 'no-record' | 'revoked' | 'square'

export type FileReport = Pick<
  Report,
  'anchoring' | 'witnesses' | 'keys' | 'origin' | 'fingerprint' | 'items'
> &
  Readonly<{
    /** ABSENT is what the keeper says: that something is not in a log, no proof of inclusion can show. */
    verdict: 'PASS' | 'FAIL' | 'NOT CHECKED' | 'ABSENT'
    why?: NotCheckedWhy
    /** The paper whose square was given vouches for the key; without TRUSTED the next best. */
    isKeyOnPaper: boolean
    /** Of the checkpoint that was used. */
    size: number
    /** Where and since when the log has the file; only of what was verified. */
    event?: Readonly<{ index: number; recordedAt: string; kind: 'document' | 'recording' }>
    /** Number of the paper that the square names; nothing signs it. */
    onPaper?: string
    /** What the keeper says beside it, which no proof is given for. */
    said?: Pick<SaidOfFile, 'title' | 'number' | 'correctedAt'>
  }>

const NOTHING: FileReport = {
  verdict: 'NOT CHECKED',
  anchoring: 'UNANCHORED',
  witnesses: { confirmed: 0, named: 0 },
  keys: 'NOT CHECKED',
  origin: '',
  fingerprint: '',
  isKeyOnPaper: false,
  size: 0,
  items: [],
}

/** Events whose public part names the bytes of a paper or of a recording. */
const KINDS: ReadonlyMap<string, 'document' | 'recording'> = new Map([
  ['DocumentRendered', 'document'],
  ['RecordingLinked', 'recording'],
])
const Names = z.object({ blob: z.object({ sha256: z.string() }), documentId: z.string().optional() })

/** The answer laid out as the files of a package, so that one and the same code checks both. */
const layOut = ({ log, file }: FileAnswer, checkpoint: string): Scan => {
  const files = new Map<string, { sizeBytes: number; sha256: string; bytes: Uint8Array }>()
  const put = (path: string, bytes: Uint8Array): void =>
    void files.set(path, { sizeBytes: bytes.length, sha256: '', bytes })
  put(at.CHECKPOINT, utf8(checkpoint))
  put(at.LOG_KEY, utf8(`${log.vkey}\n`))
  if (log.keys !== undefined) put(at.KEYS, utf8(log.keys))
  const { record, proof, stamp } = file ?? {}
  if (record !== undefined && proof !== undefined) {
    const leaf = parseLeaf(utf8(record.entry))
    const base = leaf.ok ? at.eventPath(leaf.value.s, leaf.value.n) : at.eventPath('unread', 1)
    put(`${base}.entry`, utf8(record.entry))
    put(`${base}.tlog-proof`, utf8(proof))
    put(`${base}.public.json`, utf8(record.payload))
    put(`${base}.public.salt`, fromBase64(record.salt) ?? new Uint8Array())
  }
  if (stamp !== undefined) {
    put(at.stampPath(stamp.size, 'tsr'), fromBase64(stamp.token) ?? new Uint8Array())
    put(at.stampPath(stamp.size, 'checkpoint'), utf8(stamp.checkpoint))
    put(at.stampPath(stamp.size, 'consistency'), utf8(stamp.consistency.map((h) => `${h}\n`).join('')))
  }
  return { files, items: [] }
}

/** The keys that the keeper names, as a policy: good for finding contradictions, not for knowing who speaks. */
const ownPolicy = ({ vkey, witnesses, stampers }: FileAnswer['log']): string =>
  [
    `log ${vkey}`,
    ...witnesses.map((w) => `witness ${w.name} ${w.vkey}`),
    ...[...new Set(stampers)].map((fingerprint) => `tsa ${fingerprint}`),
  ].join('\n')

const checkDigest = (sha256: string, { leaf, parts }: CheckedEvent): Item => {
  const named = Names.safeParse(parts.public).data
  if (!KINDS.has(leaf.t) || named === undefined)
    return fail('blob', 'SHA-256', '所给的日志条目不是记载文书或者音像的条目')
  return named.blob.sha256 === sha256
    ? pass('blob', 'SHA-256', sha256)
    : fail('blob', 'SHA-256', `所给的日志条目记载的是另一个文件：${named.blob.sha256}`)
}

const KEY_TEXTS = {
  proves: '签署日志的公钥就是您提供的那一把，或者由它依日志里的换钥登记换来。',
  doesNotProve: '网站给出的公钥本身不可信，须与机关另行公布的指纹比对。',
}

/** In the words of a page instead of a package's; with keys that the keeper itself names, who that is stays open. */
const tellKey = (items: readonly Item[], isKnown: boolean, { fingerprint }: LogFinding): readonly Item[] =>
  items.flatMap((item) => {
    if (item.check === 'policy' && !isKnown && item.result === 'PASS') return []
    if (item.check !== 'log-key') return [item]
    if (item.result === 'FAIL') {
      const detail = isKnown
        ? '签署这份日志的公钥不是您提供的公钥，也不是由它换来的'
        : '网站给出的公钥没有读懂，或者不是这份日志的'
      return [{ ...item, ...KEY_TEXTS, detail }]
    }
    if (isKnown) return [{ ...item, ...KEY_TEXTS }]
    const detail = `所用的公钥由本网站给出；请把指纹 ${fingerprint} 与机关另行公布的比对`
    return [{ ...notChecked('log-key', at.LOG_KEY, detail), ...KEY_TEXTS }]
  })

/** Of an event only the public part is shown; that the others are committed to is no more than said. */
const tellHidden = (items: readonly Item[]): readonly Item[] =>
  items.map((item) =>
    item.check === 'commitment-sha256' && item.result === 'NOT CHECKED'
      ? { ...item, detail: '这件事的内部记录不公开，日志里只有对它的承诺' }
      : item,
  )

type Looked = Readonly<{ log: LogFinding; scan: Scan; items: readonly Item[]; report: FileReport }>

const lookAtLog = (input: FileInput, answer: FileAnswer, checkpoint: string): Looked => {
  const { primitives = purePrimitives, unread } = input
  const policy = input.policy ?? ownPolicy(answer.log)
  const scan = layOut(answer, checkpoint)
  const log = checkLog(scan, policy, primitives)
  const found = answer.file?.found === true ? checkEvents(scan, log, primitives) : { items: [], events: [] }
  const events = found.events.filter((e) => e.index !== undefined)
  const stamped = checkStamps(scan, log, events, {
    policy,
    primitives,
    ...(unread !== undefined && { stampsUnread: unread }),
  })
  const keys = checkRevoked(log, { witnessed: log.witnessedAt, stamped: stamped.stampedAt })
  const digest = input.sha256
  const [event] = events
  const isKnown = input.policy !== undefined
  const items = [
    ...tellKey(log.items, isKnown, log),
    ...keys.items,
    ...checkSm2(scan, log, { policy, primitives, ...(unread !== undefined && { unread }) }),
    ...stamped.items,
    ...tellHidden(found.items),
    ...(event !== undefined && digest !== undefined ? [checkDigest(digest, event)] : []),
  ]
  const kind = event && KINDS.get(event.leaf.t)
  return {
    log,
    scan,
    items,
    report: {
      ...NOTHING,
      anchoring: log.witnessed ? 'WITNESSED' : stamped.covers ? 'TIMESTAMPED' : 'UNANCHORED',
      witnesses: log.witnesses,
      keys: isKnown && keys.isTrusted ? 'TRUSTED' : 'NOT CHECKED',
      origin: log.checkpoint?.origin ?? '',
      fingerprint: log.fingerprint,
      size: log.checkpoint?.size ?? 0,
      ...(event?.index !== undefined &&
        kind && { event: { index: event.index, recordedAt: event.leaf.at, kind } }),
    },
  }
}

const documentIn = ({ scan, log }: Looked, p: Primitives): string | undefined =>
  checkEvents(scan, log, p).events.flatMap((e) => Names.safeParse(e.parts.public).data?.documentId ?? [])[0]

/** What must be there besides that nothing failed. */
const isShown = (input: FileInput, items: readonly Item[]): NotCheckedWhy | undefined => {
  const passed = (check: Item['check']): boolean =>
    items.some((i) => i.check === check && i.result === 'PASS')
  if (items.some((i) => i.check === 'key-revoked' && i.result !== 'PASS')) return 'revoked'
  if (!passed('checkpoint')) return 'no-record'
  const needed = ['entry', 'commitment-sha256', 'commitment-sm3', 'blob'] as const
  if (input.sha256 !== undefined && !needed.every(passed)) return 'no-record'
  if (input.square === undefined) return undefined
  // Early papers bear no checkpoint: then there is nothing to compare but which paper it is, and the report says so.
  const hasNone = readSquare(input.square).note === undefined
  return passed('square') || (hasNone && passed('square-paper')) ? undefined : 'square'
}

const newestOf = (log: FileAnswer['log']): Checkpoint | undefined =>
  parseCheckpoint(parseNote(log.checkpoint)?.text ?? '')

/**
 * Whether a log has the very bytes that the asker holds, from nothing but the asker's own digest, the answer, and the keys
 * that the reader trusts; and whether the log goes on from the checkpoint in a paper's square. Never throws; PASS only when
 * entry, commitments, digest and signed checkpoint all hold, and the log was compared with the square, if one was given
 * that bears a checkpoint: a log that was written anew has but to give no proof, or to take another name.
 */
export const verifyFile = async (input: FileInput): Promise<FileReport> => {
  const read = FileAnswer.safeParse(input.answer)
  if (!read.success) return { ...NOTHING, why: 'no-answer' }
  const answer = read.data
  const { file } = answer
  if (input.sha256 !== undefined) {
    if (file === undefined) return { ...NOTHING, why: 'no-answer' }
    if (!file.found && input.square === undefined) return { ...NOTHING, verdict: 'ABSENT' }
    if (file.found && file.proof === undefined) return { ...NOTHING, why: 'not-yet' }
    if (file.found && file.record === undefined) return { ...NOTHING, why: 'no-record' }
  }
  const isAbsent = file?.found === false
  const proof = isAbsent ? undefined : file?.proof
  const looked = lookAtLog(
    input,
    answer,
    proof === undefined ? answer.log.checkpoint : (parseTlogProof(proof)?.checkpoint ?? ''),
  )
  const p = input.primitives ?? purePrimitives
  const documentId = documentIn(looked, p)
  const held = input.square === undefined ? undefined : readSquare(input.square)
  const square =
    held === undefined
      ? { items: [], isKeyShown: false }
      : await checkSquare(held, {
          ...looked,
          newest: newestOf(answer.log),
          ...(documentId !== undefined && { documentId }),
          ask: input.consistency,
          primitives: p,
        })
  const items = [...looked.items, ...square.items]
  const why = isShown(input, items)
  const { title, number, correctedAt } = file ?? {}
  const said = {
    ...(title !== undefined && { title }),
    ...(number !== undefined && { number }),
    ...(correctedAt !== undefined && { correctedAt }),
  }
  const onPaper = held?.number === undefined ? {} : { onPaper: held.number }
  const shared = { ...looked.report, isKeyOnPaper: square.isKeyShown, items, said, ...onPaper }
  if (items.some((i) => i.result === 'FAIL')) return { ...shared, verdict: 'FAIL' }
  if (isAbsent) return { ...shared, verdict: 'ABSENT' }
  return why === undefined ? { ...shared, verdict: 'PASS' } : { ...shared, verdict: 'NOT CHECKED', why }
}
