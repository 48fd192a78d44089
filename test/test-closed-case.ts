import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { CaseEvent } from '@liuhen/domain/case/events'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { putBlob } from '../apps/server/src/blobs/put-blob.ts'
import type { BlobStore } from '../apps/server/src/blobs/blob-store.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import { CHUNK_BYTES } from '@liuhen/ledger/package/documents'
import { mediaManifest } from '../apps/server/src/package-contents/media-manifest.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'

const AT = '2026-04-20T10:00:00+08:00'

/** A case that is closed, written straight into the record: for tests of what comes after, which ask no gate of it. */
export type ClosedCase = Readonly<{
  caseId: string
  recordingId: string
  documents: Readonly<Record<string, string>>
  blobs: BlobStore
  blobRoot: string
  media: Buffer
}>

type Paper = Readonly<{
  type: string
  step: string
  number?: string
  data: Record<string, string>
  served?: boolean
  /** It is about the case's recording. */
  ofFilm?: boolean
}>

const PAPERS: readonly Paper[] = [
  { type: 'lead-record', step: 'lead', data: { informant: '赵举报' } },
  { type: 'filing-approval', step: 'filing', number: '走街立〔2026〕3号', data: { facts: '占用消防通道' } },
  { type: 'inspection-record', step: 'inspection', data: { found: '堆放货物' } },
  { type: 'legal-review-opinion', step: 'legal-review', data: { opinion: '同意' } },
  {
    type: 'penalty-decision',
    step: 'decision',
    number: '走街罚决〔2026〕3号',
    data: { facts: '占用消防通道', fine: '50000' },
    served: true,
  },
  { type: 'closing-approval', step: 'closing', data: { result: '已履行' } },
]

/** What a file must hold besides, before it may be archived. */
export const REMAINING_PAPERS: readonly Paper[] = [
  { type: 'inquiry-record', step: 'inquiry', data: { place: '执法中心' } },
  { type: 'investigation-report', step: 'investigation-report', data: { facts: '占用消防通道' } },
  { type: 'deliberation-record', step: 'deliberation', data: { conclusion: '同意' } },
  { type: 'penalty-advance-notice', step: 'advance-notice', data: { proposed: '罚款' }, served: true },
  { type: 'service-receipt', step: 'advance-notice', data: { document: '行政处罚告知书' } },
  { type: 'statement-record', step: 'statement', data: { facts: '已清理' } },
  { type: 'statement-review', step: 'statement-review', data: { points: '不影响认定' } },
  { type: 'service-receipt', step: 'service', data: { document: '行政处罚决定书' } },
  { type: 'performance-check', step: 'performance', data: { performance: '已履行' } },
]

const STEPS = [
  'lead',
  'acceptance',
  'filing',
  'inspection',
  'inquiry',
  'investigation-report',
  'legal-review',
].concat([
  'deliberation',
  'advance-notice',
  'statement',
  'statement-review',
  'decision',
  'service',
  'performance',
  'closing',
])

const at = <T extends CaseEvent['type']>(type: T, data: NewEvent['data']): NewEvent => ({
  type,
  schemaVersion: 1,
  occurredAt: AT,
  data,
})

const pdfOf = (name: string): Buffer => Buffer.from(`%PDF-1.7\n% ${name}\n${'x'.repeat(600)}\n%%EOF\n`)

const paperEvents = async (
  deps: BlobDeps,
  p: Paper,
  { documentId, recordingId }: Readonly<{ documentId: string; recordingId: string }>,
): Promise<NewEvent[]> => {
  const blob = await putBlob(deps, pdfOf(p.type), 'application/pdf')
  const { sha256, sizeBytes, mime } = blob
  const dataHash = '0'.repeat(64)
  const number = p.number === undefined ? {} : { number: p.number }
  const about = p.ofFilm === true ? { about: recordingId } : {}
  return [
    at('DocumentSubmitted', {
      public: { documentId, type: p.type, step: p.step, version: 1, dataHash, ...about },
      internal: { data: p.data },
    }),
    at('DocumentIssued', {
      public: { documentId, type: p.type, issuedOn: '2026-04-20', dataHash, ...number },
    }),
    at('DocumentRendered', { public: { documentId, blob: { sha256, sizeBytes, mime }, pages: 2 } }),
    ...(p.served === true
      ? [
          at('DocumentServed', {
            public: { documentId, mode: 'direct', servedAt: AT },
            internal: { recordingIds: [], by: [] },
            personal: { recipient: '王小明' },
          }),
        ]
      : []),
  ]
}

type BlobDeps = Parameters<typeof putBlob>[0]

const beginning = (actor: Actor, overlays: readonly string[]): NewEvent[] => [
  at('LeadRegistered', {
    public: {
      leadNo: '案源〔2026〕3号',
      procedure: 'penalty-ordinary',
      law: { base: 'zoumaling', overlays, settings: {} },
      source: 'report',
      receivedAt: '2026-03-02T08:30:00+08:00',
    },
    internal: { title: '王小明占用消防通道案', summary: '群众举报' },
    personal: { informant: { name: '赵举报', phone: '13900000000' } },
  }),
  at('PartyNamed', {
    public: { kind: 'person' },
    personal: { kind: 'person', name: '王小明', idNumber: '420112199001011237', address: '走马岭大道18号' },
  }),
  at('HandlersAssigned', {
    public: { count: 1 },
    internal: { handlers: [{ personId: actor.personId ?? '', name: actor.name, certNo: '01000000001' }] },
  }),
  at('CaseNumbered', { public: { caseNo: '走街立〔2026〕3号' } }),
]

const appendTo = async (
  store: Store,
  actor: Actor,
  streamType: 'case' | 'recording',
  streamId: string,
  events: NewEvent[],
) => {
  const done = await append(store, {
    commandId: randomUUID(),
    agencyId: actor.agencyId,
    actor,
    appends: [{ streamType, streamId, expectedVersion: 0, events }],
  })
  if ('refused' in done) throw new Error(done.code)
  return done.events
}

const manifestOf = ({ personId = 'nobody', name }: Actor) => ({
  fileName: 'c1_0001.mp4',
  medium: 'video',
  device: { id: 'c1' },
  officer: { personId, name },
  madeFrom: AT,
  madeTo: AT,
})

/** `store` has whatever projections the test wants; `dataDir` takes the blobs. */
export const closeTestCase = async (
  store: Store,
  actor: Actor,
  dataDir: string,
  more: Readonly<{ papers?: readonly Paper[]; media?: Buffer; overlays?: readonly string[] }> = {},
): Promise<ClosedCase> => {
  const blobRoot = join(dataDir, 'blobs')
  const blobs = diskBlobStore(blobRoot)
  const deps = { pool: store.pool, store: blobs, root: blobRoot }
  const media = more.media ?? Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(200_000, 7)])
  const stored = await putBlob(deps, media, 'video/mp4')
  const blob = { sha256: stored.sha256, sizeBytes: stored.sizeBytes, mime: stored.mime }
  const { chunkRoot } = (await mediaManifest(blob, Readable.from([media]))).manifest
  const recordingId = randomUUID()
  await appendTo(store, actor, 'recording', recordingId, [
    {
      type: 'RecordingRegistered',
      schemaVersion: 1,
      occurredAt: AT,
      data: { internal: { ...manifestOf(actor), ...blob } },
    },
    {
      type: 'RecordingStored',
      schemaVersion: 1,
      occurredAt: AT,
      data: { public: { blob, chunkRoot, chunkSizeBytes: CHUNK_BYTES, checksum: 're-read' } },
    },
    {
      type: 'RecordingChecked',
      schemaVersion: 1,
      occurredAt: AT,
      data: {
        internal: {
          verdict: 'playable',
          gaps: [],
          decoded: 'full',
          sm3: createHash('sm3').update(media).digest('hex'),
        },
      },
    },
  ])
  const caseId = randomUUID()
  const documents: Record<string, string> = {}
  const papers: NewEvent[] = []
  for (const paper of [...PAPERS, ...(more.papers ?? [])]) {
    const documentId = randomUUID()
    documents[paper.type] = documentId
    papers.push(...(await paperEvents(deps, paper, { documentId, recordingId })))
  }
  const linked = at('RecordingLinked', {
    public: {
      recordingId,
      scene: 'on-site-inspection',
      step: 'inspection',
      from: AT,
      to: AT,
      medium: 'video',
      blob,
    },
    internal: { facts: [] },
  })
  const steps = STEPS.map((step) =>
    at('StepCompleted', {
      public: { step, from: AT, to: AT },
      internal: { officers: [], data: {}, marks: [] },
    }),
  )
  await appendTo(store, actor, 'case', caseId, [
    ...beginning(actor, more.overlays ?? []),
    ...papers,
    linked,
    ...steps,
  ])
  return { caseId, recordingId, documents, blobs, blobRoot, media }
}
