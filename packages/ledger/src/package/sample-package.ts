import { toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import type { StreamHashes } from '../hashes.ts'
import { leafHash, makeLeaf, type PartName, type SealedLeaf } from '../leaf.ts'
import { SHRED_EVENT } from '../shredding.ts'
import { consistencyProof, inclusionProof, treeRoot } from '../merkle.ts'
import { formatKeyChange, type KeyChange } from '../keys/change.ts'
import { KEY_EVENTS } from '../keys/file.ts'
import { cosignEd25519, witnessKey } from '../cosignature.ts'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519, type NoteKey } from '../note.ts'
import {
  buildPackage,
  payloadOf,
  sm3ManifestOf,
  type EventInput,
  type PackageFile,
  type PackageInput,
  type StampInput,
} from './build-package.ts'
import { CHUNK_BYTES, type Enclosure, EXPORT_EVENT, type MediaManifest } from './documents.ts'
import {
  DATA_CLOSING,
  DATA_OPENING,
  EEP_CLOSING,
  EEP_OPENING,
  OBJECT_CLOSING,
  OBJECT_OPENING,
} from './eep-rule.ts'
import { makeMediaManifest } from './media-manifest.ts'
import { isEep } from './paths.ts'
import type { PackageReader } from './read-package.ts'

/** A small, whole package with a log of its own, for tests of everything that reads packages. Nothing else imports it. */
export type SamplePackage = Readonly<{
  files: ReadonlyMap<string, Uint8Array>
  /** Of the key that signed; `firstVkey` of the one that the log began with. */
  vkey: string
  firstVkey: string
  policy: string
}>

const ORIGIN = 'log.example.gov.cn/enforcement/1'
const WITNESS = 'w.example'
const SEED = new Uint8Array(32).fill(7)
const NEXT_SEED = new Uint8Array(32).fill(17)
const FIRST_AT = Date.parse('2026-03-02T09:00:00+08:00')
const CASE = '01980000-0000-7000-8000-000000000001'
const RECORDING = '01980000-0000-7000-8000-000000000002'

type Sealed = Readonly<{ streamId: string; sealed: SealedLeaf; parts: EventInput['parts']; index: number }>

/** Fills a log as the server does, with other cases' entries between. */
const startLog = (hashes: StreamHashes) => {
  const leaves: Uint8Array[] = []
  const events: Sealed[] = []
  const other = (): void => void leaves.push(leafHash(hashes.sha256, utf8(`other ${leaves.length}`)))
  const append = (streamId: string, type: string, data: Partial<Record<PartName, unknown>>): Sealed => {
    other()
    const before = events.findLast((e) => e.streamId === streamId)
    const version = (before?.sealed.leaf.n ?? 0) + 1
    const n = events.length
    const parts = Object.fromEntries(
      Object.entries(data).map(([name, value], i) => {
        const salt = hashes.sha256(utf8(`salt ${n} ${i}`))
        return [name, { salt, bytes: canonicalBytes(value) }]
      }),
    )
    const id = `01980000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
    const recordedAt = new Date(FIRST_AT + n * 60_000).toISOString()
    const prevLeafHash = before?.sealed.hash ?? null
    const input = { id, streamId, version, agencyId: 'zoumaling', type, recordedAt, prevLeafHash, parts }
    const event = { streamId, sealed: makeLeaf(input, hashes), parts, index: leaves.length }
    leaves.push(event.sealed.hash)
    events.push(event)
    return event
  }
  return { leaves, events, append, other }
}

export const mediaManifestOf = (hashes: StreamHashes, bytes: Uint8Array, mime: string): MediaManifest => {
  const chunkDigests: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    chunkDigests.push(hashes.sha256(bytes.subarray(at, at + CHUNK_BYTES)))
  }
  const [sha256, sm3] = [toHex(hashes.sha256(bytes)), toHex(hashes.sm3(bytes))]
  return makeMediaManifest(hashes.sha256, { sizeBytes: bytes.length, mime, sha256, sm3, chunkDigests })
}

const FIXED = {
  organisation: '走马岭街道办事处',
  date: '2026-03-03',
  summary: {
    v: 1,
    caseId: CASE,
    caseNo: '走综执立〔2026〕1号',
    title: '占道经营案',
    agency: { id: 'zoumaling', name: '走马岭街道办事处' },
    clock: 'simulated',
  },
  metadata: { v: 1, archiveNo: '2026-1' },
  daT70: {
    v: 1,
    standard: 'DA/T 70-2018',
    at: '2026-03-03T10:00:00+08:00',
    items: [
      { code: '1-1', name: '固化信息有效性', group: 'authenticity', result: 'passed', detail: '' },
      { code: '3-1', name: '可读性', group: 'usability', result: 'not-checked', detail: '没有播放工具' },
    ],
  },
} as const

export type SampleOptions = Readonly<{
  /** So many events of the case more than there need be; at most 90. */
  notes?: number
  /** The recording, of any size. */
  media?: Uint8Array
  /** What this recipient may not read. */
  hide?: readonly PartName[]
  /** Ed25519 seed of a witness called `w.example`, which cosigns the checkpoint. */
  witnessSeed?: Uint8Array
  /** Gives a time stamp over the text of a checkpoint; the one of half the log and the whole one are stamped. */
  stamp?: (text: string) => Uint8Array
  /** What an archive reads lies in it: metadata of both objects, and the paper encapsulated. */
  archival?: boolean
  /**
   * The log changed its key before, `again` a second time; in the overlap both sign. `revoked`: it took the first one back
   * since that time. `by`: who alone signed the first change, which then is none.
   */
  keys?: Readonly<{
    overlap?: boolean
    again?: boolean
    revoked?: Readonly<{ since: string; size: number }>
    by?: 'old' | 'new'
  }>
  /** The personal part of one event was shredded; the event says so. */
  shred?: boolean
  /** Exported before export events stated what is enclosed. */
  early?: boolean
}>

const KEY_STREAM = 'log-keys'

type Keys = NonNullable<SampleOptions['keys']>
const LAST_SEED = new Uint8Array(32).fill(27)
const presentSeed = (keys: Keys): Uint8Array => (keys.again === true ? LAST_SEED : NEXT_SEED)

type Signed = Readonly<{ change: KeyChange; seeds: readonly Uint8Array[] }>

/** What the log says of its keys. */
const changesOf = (keys: Keys): readonly Signed[] => {
  const said = { origin: ORIGIN, at: '2026-03-01T01:00:00Z' }
  const keyOf = (seed: Uint8Array): NoteKey => ed25519NoteKey(ORIGIN, seed)
  const rotation = (from: Uint8Array, to: Uint8Array, seeds = [from, to]): Signed => ({
    change: { kind: 'rotation', ...said, from: keyOf(from), to: keyOf(to) },
    seeds,
  })
  const { revoked, by } = keys
  const present = presentSeed(keys)
  const alone = by === undefined ? undefined : [by === 'old' ? SEED : NEXT_SEED]
  return [
    rotation(SEED, NEXT_SEED, alone),
    ...(keys.again === true ? [rotation(NEXT_SEED, LAST_SEED)] : []),
    ...(revoked
      ? [
          {
            change: {
              kind: 'revocation',
              ...said,
              key: keyOf(SEED),
              by: keyOf(present),
              ...revoked,
            } as const,
            seeds: [present],
          },
        ]
      : []),
  ]
}

const statementOf = ({ change, seeds }: Signed): string => {
  const text = formatKeyChange(change)
  return formatNote({ text, signatures: seeds.map((seed) => signEd25519(ORIGIN, seed, text)) })
}

const keysFileOf = (hashes: StreamHashes, log: ReturnType<typeof startLog>): Uint8Array =>
  canonicalBytes({
    v: 1,
    events: log.events
      .filter((e) => e.streamId === KEY_STREAM)
      .map(({ index, sealed, parts }) => ({
        index,
        entry: toBase64(sealed.bytes),
        public: toBase64(parts.public?.bytes ?? new Uint8Array()),
        salt: toBase64(parts.public?.salt ?? new Uint8Array()),
        proof: inclusionProof(hashes.sha256, log.leaves, index).map(toBase64),
      })),
  })

/** An encapsulation in which little else is said. */
export const sampleEep = (data: string): string =>
  `${EEP_OPENING}${OBJECT_OPENING}\n<题名>甲</题名>${DATA_OPENING}${data}${DATA_CLOSING}${OBJECT_CLOSING}${EEP_CLOSING}`

/** As the server makes them, but for everything that does not matter here. */
const archivalFiles = (pdf: Uint8Array) => [
  { path: 'metadata/da-t-46/0001-立案审批表.xml', bytes: utf8('<元数据/>\n') },
  { path: 'metadata/da-t-63/0001-现场检查.xml', bytes: utf8('<元数据/>\n') },
  {
    path: 'metadata/eep/0001-立案审批表.xml',
    bytes: utf8(sampleEep(toBase64(pdf))),
  },
]

type Described = ReturnType<typeof archivalFiles>[number]
const enclosureOf = ({ sha256 }: StreamHashes, { path, bytes }: Described): Enclosure => ({
  path,
  ...(!isEep(path) && { sha256: toHex(sha256(bytes)) }),
})

const FILM = utf8('not really a film '.repeat(40))
const COSIGNED_AT = 1_772_500_000

export const sampleWitness = (seed: Uint8Array): NoteKey =>
  witnessKey(WITNESS, ed25519NoteKey(WITNESS, seed).key)

/** The checkpoint of the log when it had so many entries. */
const textOf = (hashes: StreamHashes, leaves: readonly Uint8Array[], size: number): string =>
  formatCheckpoint({ origin: ORIGIN, size, root: treeRoot(hashes.sha256, leaves.slice(0, size)) })

const noteOf = (hashes: StreamHashes, leaves: readonly Uint8Array[], size: number): string => {
  const text = textOf(hashes, leaves, size)
  return formatNote({ text, signatures: [signEd25519(ORIGIN, SEED, text)] })
}

const stampOf = (
  hashes: StreamHashes,
  leaves: readonly Uint8Array[],
  size: number,
  stamp: (text: string) => Uint8Array,
): StampInput => {
  return {
    size,
    token: stamp(textOf(hashes, leaves, size)),
    checkpoint: noteOf(hashes, leaves, size),
    proof: consistencyProof(hashes.sha256, leaves, size),
  }
}

/** A package that verifies. */
export const samplePackage = (hashes: StreamHashes, options: SampleOptions = {}): SamplePackage => {
  const {
    media = FILM,
    hide = [],
    notes = 0,
    witnessSeed,
    stamp,
    keys,
    archival = false,
    shred = false,
    early = false,
  } = options
  const pdf = utf8(`%PDF-1.7 ${'x'.repeat(500)}`)
  const manifest = mediaManifestOf(hashes, media, 'video/mp4')
  const blob = { sha256: manifest.sha256, sizeBytes: media.length, mime: 'video/mp4' }
  const document = { sha256: toHex(hashes.sha256(pdf)), sizeBytes: pdf.length, mime: 'application/pdf' }
  const log = startLog(hashes)
  log.append(CASE, 'CaseFiled', { public: { title: '占道经营' }, personal: { name: '张三' } })
  log.append(RECORDING, 'RecordingRegistered', { internal: { device: 'c-1' } })
  for (const signed of keys ? changesOf(keys) : [])
    log.append(KEY_STREAM, KEY_EVENTS[signed.change.kind], { public: { statement: statementOf(signed) } })
  log.append(RECORDING, 'RecordingStored', {
    public: { blob, chunkRoot: manifest.chunkRoot, chunkSizeBytes: CHUNK_BYTES },
  })
  const printed = log.leaves.length
  log.append(CASE, 'DocumentRendered', {
    public: { documentId: 'd1', blob: document, pages: 2, checkpoint: noteOf(hashes, log.leaves, printed) },
  })
  for (let i = 0; i < notes; i++)
    log.append(CASE, 'StepCompleted', {
      public: { step: `s${i}` },
      internal: { facts: '占道经营'.repeat(50) },
    })
  const gone = shred
    ? log.append(CASE, 'PartyNamed', { public: { kind: 'person' }, personal: { name: '李四' } })
    : undefined
  if (gone)
    log.append(CASE, SHRED_EVENT, {
      public: {
        batchId: 'b1',
        number: '销〔2036〕1号',
        events: [{ n: gone.sealed.leaf.n, leaf: toBase64(gone.sealed.hash), parts: ['personal'] }],
      },
    })
  const payload = {
    summary: FIXED.summary,
    documents: [{ name: '0001-立案审批表.pdf', ...document }],
    media: [{ name: '0001-现场检查.mp4', ...blob }],
  }
  const heads = [CASE, RECORDING].flatMap((streamId) => {
    const head = log.events.findLast((e) => e.streamId === streamId)
    return head ? [{ streamId, head: head.sealed.leaf.n, leafHash: toBase64(head.sealed.hash) }] : []
  })
  const stored = new Map([
    [document.sha256, pdf],
    [blob.sha256, media],
  ])
  const bytesOf = (f: PackageFile): Uint8Array => f.bytes ?? stored.get(f.sha256) ?? new Uint8Array()
  const sm3Of = (f: PackageFile): string => toHex(hashes.sm3(bytesOf(f)))
  const described = archival ? archivalFiles(pdf) : []
  const { files: payloadFiles, manifestSha256 } = payloadOf(hashes.sha256, payload)
  const exported = log.append(CASE, EXPORT_EVENT, {
    public: {
      streams: heads,
      payloadManifestSha256: manifestSha256,
      payloadManifestSm3: toHex(hashes.sm3(sm3ManifestOf(payloadFiles, sm3Of) ?? new Uint8Array())),
      ...(!early && { issuedCheckpoints: 'enclosed' }),
      ...(!early &&
        (hide.includes('internal') ? { audience: 'party' } : { audience: 'whole', enclosures: 'listed' })),
    },
    internal: {
      data: {
        recipient: '某区人民法院',
        ...(!early && { enclosed: described.map((f) => enclosureOf(hashes, f)) }),
      },
    },
  })
  for (let i = 0; i < 3; i++) log.other()

  const size = log.leaves.length
  const text = textOf(hashes, log.leaves, size)
  const firstVkey = formatVkey(ed25519NoteKey(ORIGIN, SEED))
  const seeds = [...(keys ? [presentSeed(keys)] : []), ...(keys && keys.overlap !== true ? [] : [SEED])]
  const key = formatVkey(ed25519NoteKey(ORIGIN, seeds[0] ?? SEED))
  const own = seeds.map((seed) => signEd25519(ORIGIN, seed, text))
  const signatures = witnessSeed
    ? [...own, cosignEd25519(WITNESS, witnessSeed, { seconds: COSIGNED_AT, text })]
    : own
  const eventInput = (e: Sealed): EventInput => ({
    version: e.sealed.leaf.n,
    entry: e.sealed.bytes,
    index: e.index,
    hashes: inclusionProof(hashes.sha256, log.leaves, e.index),
    parts: Object.fromEntries(
      Object.entries(e.parts).filter(
        ([name]) => !hide.some((h) => h === name) && !(e === gone && name === 'personal'),
      ),
    ),
  })
  const input: PackageInput = {
    ...FIXED,
    daT70: { ...FIXED.daT70, items: [...FIXED.daT70.items] },
    ...payload,
    mediaManifests: [manifest],
    streams: [CASE, RECORDING].map((streamId) => ({
      streamId,
      events: log.events.filter((e) => e.streamId === streamId).map(eventInput),
    })),
    exported: { streamId: CASE, version: exported.sealed.leaf.n },
    checkpoint: formatNote({ text, signatures }),
    vkey: key,
    described,
    sm3Of,
    ...(keys && { keys: keysFileOf(hashes, log) }),
    // One is printed on the paper, one lay in an earlier package.
    issued: [printed, printed + 2].map((n) => ({
      size: n,
      text: textOf(hashes, log.leaves, n),
      proof: consistencyProof(hashes.sha256, log.leaves, n),
    })),
    ...(stamp && { stamps: [Math.floor(size / 2), size].map((n) => stampOf(hashes, log.leaves, n, stamp)) }),
  }
  const files = new Map(buildPackage(hashes.sha256, input).map((f) => [f.path, bytesOf(f)]))
  return { files, vkey: key, firstVkey, policy: `log ${key}\n` }
}

/** Reads a package that lies in memory. */
export const memoryReader = (files: ReadonlyMap<string, Uint8Array>): PackageReader => ({
  list: async () => [...files].map(([path, bytes]) => ({ path, sizeBytes: bytes.length })),
  open: async function* (path) {
    const bytes = files.get(path)
    if (!bytes) throw new Error('no such file')
    yield bytes
  },
})
