import { CaseEventData } from '@liuhen/domain/case/events'
import { equalBytes } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { commitBoth } from '@liuhen/ledger/commitment'
import { fromBase64 } from '@liuhen/ledger/bytes'
import { parseLeaf, PART_KEYS, PARTS } from '@liuhen/ledger/leaf'
import { parseNote } from '@liuhen/ledger/note'
import type { StoredEvent } from '../event-store/read-stream.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { PackagePlan } from '../package/package-rows.ts'
import type { ArchivalExamined } from './archival-items.ts'
import type { Examined } from './da-t-70.ts'

/** One file as it lies on the disk now. `head` are its first bytes. */
export type FoundFile = Readonly<{ name: string; sha256: string; sizeBytes: number; head: Uint8Array }>

export type ExamineInput = Readonly<{
  at: string
  plan: PackagePlan
  files: readonly FoundFile[]
  /** All streams of the package, each first to last, whole. */
  streams: readonly (readonly StoredEvent[])[]
  /** Verdict of the playback check by recording. */
  playback: ReadonlyMap<string, 'playable' | 'broken' | 'not-checked'>
  /** The signed checkpoint, with the lines of witnesses. */
  checkpoint: string
  /** A time stamp is over this very checkpoint. */
  isStamped: boolean
  /** Metadata of the archives and encapsulations; a party's package has none. */
  archival?: ArchivalExamined
}>

const nameOf = (s: StoredEvent): string => `${s.event.type} ${s.event.streamId} 第${s.event.version}条`

const isBroken = (s: StoredEvent): boolean => {
  const leaf = parseLeaf(s.entry)
  if (!leaf.ok) return true
  return PARTS.some((name) => {
    const part = s.parts[name]
    const stated = leaf.value.c[PART_KEYS[name]]
    // A part that was lawfully shredded leaves its commitment behind.
    if (part === undefined) return false
    const both = commitBoth(nodeHashes, part.salt, part.bytes)
    const sm3 = leaf.value.c3[PART_KEYS[name]]
    return (
      stated === undefined ||
      sm3 === undefined ||
      !equalBytes(both.sha256, fromBase64(stated) ?? new Uint8Array()) ||
      !equalBytes(both.sm3, fromBase64(sm3) ?? new Uint8Array())
    )
  })
}

const gapsOf = (stream: readonly StoredEvent[]): string[] =>
  stream.flatMap((s, i) => {
    const leaf = parseLeaf(s.entry)
    const before = stream[i - 1]
    const prev = leaf.ok && leaf.value.p !== null ? fromBase64(leaf.value.p) : undefined
    const joins =
      before === undefined ? prev === undefined : prev !== undefined && equalBytes(prev, before.leafHash)
    return s.event.version === i + 1 && joins ? [] : [nameOf(s)]
  })

const isMisfit = (s: StoredEvent): boolean => {
  if (s.event.streamType !== 'case') return false
  const leaf = parseLeaf(s.entry)
  // Of a part that was shredded nobody can say whether it fits.
  if (leaf.ok && leaf.value.c.int !== undefined && s.parts.internal === undefined) return false
  const schema = Object.entries(CaseEventData).find(([type]) => type === s.event.type)?.[1]
  return schema === undefined || !schema.safeParse({ ...s.event.data }).success
}

const hasControl = (value: unknown): boolean => {
  if (typeof value === 'string') return /(?![\t\n\r])\p{Cc}|\uFFFD/u.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasControl)
}

const MAGIC: Readonly<Record<string, (head: Buffer) => boolean>> = {
  'application/pdf': (h) => h.subarray(0, 5).toString('latin1') === '%PDF-',
  'video/mp4': (h) => h.subarray(4, 8).toString('latin1') === 'ftyp',
  'audio/mp4': (h) => h.subarray(4, 8).toString('latin1') === 'ftyp',
  'image/jpeg': (h) => h[0] === 0xff && h[1] === 0xd8,
  'image/png': (h) => h.subarray(1, 4).toString('latin1') === 'PNG',
}
const ARCHIVAL = new Set([...Object.keys(MAGIC), 'audio/mpeg', 'audio/wav', 'video/x-msvideo', 'video/mpeg'])

type Expected = Readonly<{ name: string; sha256: string; sizeBytes: number; mime: string }>

const filesOf = (expected: readonly Expected[], found: ReadonlyMap<string, FoundFile>) => ({
  absent: expected.filter((e) => !found.has(e.name)).map((e) => e.name),
  altered: expected
    .filter((e) => found.has(e.name) && found.get(e.name)?.sha256 !== e.sha256)
    .map((e) => e.name),
  mistyped: expected
    .filter((e) => {
      const file = found.get(e.name)
      if (file === undefined) return false
      const magic = MAGIC[e.mime]
      return file.sizeBytes !== e.sizeBytes || (magic !== undefined && !magic(Buffer.from(file.head)))
    })
    .map((e) => e.name),
  foreignFormats: expected.filter((e) => !ARCHIVAL.has(e.mime)).map((e) => `${e.name} ${e.mime}`),
})

/** Whoever else than the log itself signed; their lines were checked when they came. */
const witnessesIn = (checkpoint: string): string[] => {
  const note = parseNote(checkpoint)
  const origin = note && parseCheckpoint(note.text)?.origin
  return [...new Set((note?.signatures ?? []).map((s) => s.name).filter((name) => name !== origin))]
}

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((v, i) => values.indexOf(v) !== i)),
]

const sum = (files: readonly Readonly<{ sizeBytes: number }>[]): number =>
  files.reduce((n, f) => n + f.sizeBytes, 0)

/** Looks at everything that is about to go into the package; nothing is taken from an earlier check. */
export const examine = (i: ExamineInput): Examined => {
  const { plan } = i
  const found = new Map(i.files.map((f) => [f.name, f]))
  const expected = [...plan.documents.map((d) => ({ ...d, mime: 'application/pdf' })), ...plan.recordings]
  const events = i.streams.flat()
  const verdicts = plan.recordings.map(
    (r) => [r.title, i.playback.get(r.recordingId) ?? 'not-checked'] as const,
  )
  const here = (files: readonly Readonly<{ name: string }>[]): number =>
    files.filter((f) => found.has(f.name)).length
  return {
    at: i.at,
    ...filesOf(expected, found),
    broken: events.filter(isBroken).map(nameOf),
    gaps: i.streams.flatMap(gapsOf),
    misfits: events.filter(isMisfit).map(nameOf),
    control: events.filter((s) => hasControl(s.event.data)).map(nameOf),
    documents: { stated: plan.documents.length, found: here(plan.documents) },
    recordings: { stated: plan.recordings.length, found: here(plan.recordings) },
    bytes: { stated: sum(expected), found: sum(i.files) },
    repeatedNumbers: repeated(plan.documents.flatMap((d) => d.number ?? [])),
    playback: {
      broken: verdicts.filter(([, v]) => v === 'broken').map(([title]) => title),
      notChecked: verdicts.filter(([, v]) => v === 'not-checked').map(([title]) => title),
      total: verdicts.length,
    },
    archiveNo: plan.archive?.archiveNo,
    witnesses: witnessesIn(i.checkpoint),
    isStamped: i.isStamped,
    ...(i.archival && { archival: i.archival }),
  }
}
