import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor, NewEvent, Role } from '@liuhen/domain/event'
import type { RecordingEvent } from '@liuhen/domain/recording/events'
import { caseLinkData, toFacts } from '@liuhen/domain/recording/facts'
import { foldRecording } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import { derivativeProjection } from '../apps/server/src/derivative/project-derivative.ts'
import { agencyProjection } from '../apps/server/src/agency/project-agency.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { putBlob } from '../apps/server/src/blobs/put-blob.ts'
import { caseProjection } from '../apps/server/src/case/project-case.ts'
import type { CarryOutDeps } from '../apps/server/src/disposal/carry-out.ts'
import { disposalProjection } from '../apps/server/src/disposal/project-disposal.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import { readStream } from '../apps/server/src/event-store/read-stream.ts'
import type { Projection } from '../apps/server/src/event-store/store.ts'
import type { LawLibrary } from '../apps/server/src/law/library.ts'
import { knownFilesProjection } from '../apps/server/src/log-query/project-known-files.ts'
import { personProjection } from '../apps/server/src/person/project-person.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { copyBlobs } from '../apps/server/src/stores/copy-blobs.ts'
import { storesProjection } from '../apps/server/src/stores/project-stores.ts'
import { withAgency } from '../apps/server/src/postgres/transaction.ts'
import { firstOnDisk, secondOnDisk } from '../apps/server/src/stores/store-place.ts'
import { foundTestAgency, registerTestPerson, testClock, testLibrary } from './test-agency.ts'
import { createTestInstallation } from './test-installation.ts'

export const AGENCY = '140400001'
const STARTED = '2026-01-05T09:00:00+08:00'
const PEOPLE = {
  keeper: 'av-custodian',
  archivist: 'archivist',
  head: 'agency-head',
  unit: 'unit-head',
  officer: 'officer',
} as const satisfies Record<string, Role>
type Who = keyof typeof PEOPLE

export const disposalProjections = (library: LawLibrary): readonly Projection[] => [
  agencyProjection,
  personProjection,
  caseProjection({ library }),
  recordingProjection,
  knownFilesProjection,
  storesProjection,
  disposalProjection,
  derivativeProjection,
]

const event = (type: string, at: string, data: NewEvent['data']): NewEvent => ({
  type,
  schemaVersion: 1,
  occurredAt: at,
  data,
})

export type DisposalHouse = Awaited<ReturnType<typeof createDisposalHouse>>

/** An agency whose text keeps films for two years, two stores, and people for every post of a disposal. */
export const createDisposalHouse = async (at: string) => {
  const clock = testClock(at)
  const library = testLibrary()
  const house = await createTestInstallation({ projections: disposalProjections(library), clock })
  const { store } = house
  await foundTestAgency(store, AGENCY, { base: 'changzhi-mzj', name: '长治某局', shortName: '长民' })
  const people = {} as Record<Who, Actor>
  for (const who of Object.keys(PEOPLE) as Who[])
    people[who] = await registerTestPerson(store, AGENCY, { name: who, roles: [PEOPLE[who]], certNo: who })
  const [first, second] = [join(house.dataDir, 'blobs'), join(house.dataDir, 'second')]
  await mkdir(first)
  await mkdir(second)
  const blobs = { pool: house.pool, store: diskBlobStore(first), root: first }
  const stores = {
    pool: house.pool,
    first: firstOnDisk(first),
    second: secondOnDisk(second),
    now: () => clock.now(),
  }
  const derived = { root: join(house.dataDir, 'derived') }
  const deps: CarryOutDeps = { store, library, blobs, stores, derived, shredderUrl: house.urls.shredder }

  const add = async (
    streamType: 'case' | 'recording' | 'derivative',
    streamId: string,
    events: readonly NewEvent[],
    actor = people.officer,
  ) => {
    const expectedVersion = (await readStream(store, AGENCY, streamId)).length
    const appends = [{ streamType, streamId, expectedVersion, events }]
    const done = await append(store, { commandId: randomUUID(), agencyId: AGENCY, actor, appends })
    if (isRefusal(done)) throw new Error(done.code)
  }

  const openCase = async (
    settings: Readonly<Record<string, number>> = {},
    title = '某案',
  ): Promise<string> => {
    const caseId = randomUUID()
    await add('case', caseId, [
      event('LeadRegistered', STARTED, {
        public: {
          leadNo: `案源〔2026〕${caseId.slice(0, 4)}号`,
          procedure: 'penalty-ordinary',
          law: { base: 'changzhi-mzj', overlays: [], settings },
          source: 'inspection',
          receivedAt: STARTED,
        },
        internal: { title, summary: '' },
      }),
    ])
    return caseId
  }
  const archive = (caseId: string) =>
    add('case', caseId, [
      event('CaseArchived', '2026-02-02T09:00:00+08:00', {
        public: { archiveNo: '20260001', why: '归档' },
      }),
    ])

  /** A film in a case, made on a day, with its copies in both stores. */
  const film = async (
    caseId: string | undefined,
    o: Readonly<{ madeOn?: string; bytes?: Buffer }> = {},
  ): Promise<Readonly<{ id: string; sha256: string }>> => {
    const id = randomUUID()
    const bytes = o.bytes ?? randomBytes(100_000)
    const { sha256, sizeBytes, mime } = await putBlob(blobs, bytes, 'video/mp4')
    const madeFrom = `${o.madeOn ?? '2024-03-01'}T09:00:00+08:00`
    const manifest = {
      sha256,
      sizeBytes,
      mime,
      fileName: `${id.slice(0, 8)}.mp4`,
      medium: 'video',
      device: { id: 'J1' },
      officer: { personId: people.officer.personId ?? '', name: 'officer' },
      madeFrom,
      madeTo: madeFrom.replace('T09:00', 'T09:10'),
    }
    const stored = {
      blob: { sha256, sizeBytes, mime },
      chunkRoot: '',
      chunkSizeBytes: 1,
      checksum: 're-read',
    }
    const link = { caseId, step: 'service', scene: 'general-enforcement' }
    const events = [
      event('RecordingRegistered', STARTED, { internal: manifest }),
      event('RecordingStored', STARTED, { public: stored }),
      ...(caseId === undefined ? [] : [event('RecordingLinked', STARTED, { internal: link })]),
    ]
    await add('recording', id, events)
    if (caseId !== undefined) {
      const state = foldRecording(events as unknown as RecordingEvent[])
      const facts = toFacts(id, state)
      await add('case', caseId, [
        event('RecordingLinked', STARTED, { public: caseLinkData(id, state), internal: { facts } }),
      ])
    }
    return { id, sha256 }
  }
  /** A copy that was made of a film, with the table of its samples. */
  const derive = async (
    of: Readonly<{ id: string; sha256: string }>,
    bytes = randomBytes(5_000),
  ): Promise<readonly string[]> => {
    const [clip, table] = [
      await putBlob(blobs, bytes, 'video/mp4'),
      await putBlob(blobs, randomBytes(500), 'application/json'),
    ]
    const source = { recordingId: of.id, sha256: of.sha256, sizeBytes: 100_000, chunkRoot: '' }
    const kept = ({ sha256, sizeBytes, mime }: typeof clip) => ({ sha256, sizeBytes, mime })
    const spec = { kind: 'clip', range: { from: 0, to: 1 }, exact: false }
    await add('derivative', randomUUID(), [
      event('DerivativeRequested', STARTED, {
        public: { number: '长民副本〔2026〕1号', kind: 'clip', source },
        internal: { spec, purpose: 'evidence', reason: '举证' },
      }),
      event('DerivativeMade', STARTED, {
        public: { blob: kept(clip), chunkRoot: '', chunkSizeBytes: 1, source },
        internal: {
          tool: 'test',
          arguments: '',
          isolated: true,
          covers: { from: 0, to: 1 },
          durationSeconds: 1,
          samples: { blob: kept(table), count: 1 },
        },
      }),
    ])
    return [clip.sha256, table.sha256]
  }
  /** A copy that was never made, though its bytes had come when the attempt was cut off. */
  const attempt = async (of: Readonly<{ id: string; sha256: string }>): Promise<string> => {
    const { sha256 } = await putBlob(blobs, randomBytes(5_000), 'video/mp4')
    const source = { recordingId: of.id, sha256: of.sha256, sizeBytes: 100_000, chunkRoot: '' }
    const spec = { kind: 'clip', range: { from: 0, to: 1 }, exact: false }
    const id = randomUUID()
    await add('derivative', id, [
      event('DerivativeRequested', STARTED, {
        public: { number: '长民副本〔2026〕2号', kind: 'clip', source },
        internal: { spec, purpose: 'evidence', reason: '举证' },
      }),
      event('DerivativeFailed', STARTED, { internal: { why: '多次制作没有成功' } }),
    ])
    await withAgency({ pool: house.pool }, AGENCY, (tx) =>
      tx.query(
        `INSERT INTO app.derivative_bytes (derivative_id, sha256, agency_id, recording_id, what)
         VALUES ($1, $2, $3, $4, 'copy')`,
        [id, sha256, AGENCY, of.id],
      ),
    )
    return sha256
  }
  const copy = () => copyBlobs(stores)
  const by = (who: Who, batchId: string) => ({
    commandId: randomUUID(),
    actor: people[who],
    batchId,
    what: 'test',
  })
  const places = async (sha256: string) => ({
    first: await stores.first.bytes.sizeOf(sha256),
    second: await stores.second.bytes.sizeOf(sha256),
  })
  return {
    house,
    clock,
    deps,
    people,
    first,
    second,
    openCase,
    archive,
    film,
    derive,
    attempt,
    copy,
    add,
    by,
    places,
    event,
  }
}
