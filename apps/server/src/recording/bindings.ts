import * as library from '@liuhen/api/routes/library'
import * as routes from '@liuhen/api/routes/recordings'
import * as untagged from '@liuhen/api/routes/untagged'
import { present } from '@liuhen/domain/present'
import type { FastifyInstance } from 'fastify'
import { authenticate } from '../http/authenticate.ts'
import { bind, type Binding } from '../http/binding.ts'
import { isForeign } from '../http/guards.ts'
import { registerUploads } from '../uploads/tus-routes.ts'
import type { UploadDeps, UploadTarget } from '../uploads/upload-deps.ts'
import * as change from './change-recording.ts'
import { getTranscript, openCaptions } from './captions.ts'
import { readBaseMap } from './base-map.ts'
import { keepChain, openChain } from './keep-chain.ts'
import { getRecording } from './get-recording.ts'
import { libraryChoices, libraryDays, libraryPart, librarySpan } from './library.ts'
import { libraryMap } from './library-map.ts'
import { listOpenings } from './list-openings.ts'
import { listRecordings } from './list-recordings.ts'
import { listUntagged } from './list-untagged.ts'
import { openMedia, openPoster } from './open-media.ts'
import type { RecordingDeps } from './recording-deps.ts'
import { recordingUploads } from './upload-target.ts'

const changes = (deps: RecordingDeps): readonly Binding[] => [
  bind(routes.registerRecording, ({ command }, { body }) => change.registerRecording(deps, command, body)),
  bind(routes.labelRecording, ({ command }, { params, body }) =>
    change.labelRecording(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.linkRecording, ({ command }, { params, body }) =>
    change.linkRecording(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.markRecordingPoints, ({ command }, { params, body }) =>
    change.markPoints(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.confirmLegibility, ({ command }, { params, body }) =>
    change.confirmLegibility(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.reportInterruption, ({ command }, { params, body }) =>
    change.reportInterruption(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.keepChain, ({ command }, { params, body }) =>
    keepChain(deps, { ...command, recordingId: params.id }, body.chain),
  ),
  bind(routes.transcribeRecording, ({ command }, { params, body }) =>
    change.transcribeRecording(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.pinRecordLine, ({ command }, { params, body }) =>
    change.pinLine(deps, { ...command, recordingId: params.id }, body),
  ),
  bind(routes.markEvidence, ({ command }, { params, body }) =>
    change.markEvidence(deps, { ...command, recordingId: params.id }, body),
  ),
]

const bytes = (deps: RecordingDeps): readonly Binding[] => [
  bind(routes.recordingMedia, async (c, { params, query }) => {
    const answer = await openMedia(deps, c.actor, {
      recordingId: params.id,
      range: c.header('range'),
      copy: query.copy === 'true',
      reason: query.reason,
      address: c.address,
    })
    return 'refused' in answer ? answer : { ...answer, bytes: answer.stream ?? new Uint8Array() }
  }),
  bind(routes.recordingChain, (c, { params }) => openChain(deps, c.actor, params.id)),
  bind(routes.recordingCaptions, (c, { params, query }) =>
    openCaptions(deps, c.actor, {
      recordingId: params.id,
      as: 'vtt',
      copy: query.save === 'true',
      reason: query.reason,
      address: c.address,
    }),
  ),
  bind(routes.recordingSubtitles, (c, { params, query }) =>
    openCaptions(deps, c.actor, {
      recordingId: params.id,
      as: 'srt',
      copy: true,
      reason: query.reason,
      address: c.address,
    }),
  ),
  bind(routes.recordingPoster, async (c, { params }) => {
    const answer = await openPoster(deps, c.actor, params.id)
    return 'refused' in answer ? answer : { bytes: answer.stream, sizeBytes: answer.sizeBytes }
  }),
]

export const recordingBindings = (deps: RecordingDeps): readonly Binding[] => [
  bind(routes.listRecordings, (c, { query }) => listRecordings(deps, c.actor, query)),
  bind(library.libraryDays, (c, { query }) => libraryDays(deps, c.actor, query)),
  bind(library.libraryPart, (c, { query }) => libraryPart(deps, c.actor, query)),
  bind(library.librarySpan, (c, { query }) => librarySpan(deps, c.actor, query)),
  bind(library.libraryMap, (c, { query }) => libraryMap(deps, c.actor, query)),
  bind(library.libraryBaseMap, () => readBaseMap(deps.baseMap)),
  bind(library.libraryChoices, (c) => libraryChoices(deps, c.actor)),
  bind(untagged.listUntagged, (c, { query }) => listUntagged(deps, c.actor, query)),
  bind(routes.getRecording, (c, { params }) => getRecording(deps, c.actor, params.id)),
  bind(routes.recordingTranscript, (c, { params }) =>
    getTranscript(deps, c.actor, params.id, params.version),
  ),
  bind(routes.listOpenings, (c, { params, query }) =>
    listOpenings(deps, c.actor, { ...present(query), id: params.id }),
  ),
  ...changes(deps),
  ...bytes(deps),
]

const MAX_UPLOAD_BYTES = 64 * 1024 ** 3
const KEEP_DAYS = 7

/** What uploads of recordings need; also for the jobs that expire and finish them. */
export const uploadDeps = (
  deps: RecordingDeps,
  options: Readonly<{
    publicUrl?: string
    now?: () => Date
    /** What uploads are for; recordings alone unless said otherwise. */
    target?: (recordings: UploadTarget) => UploadTarget
  }> = {},
): UploadDeps => {
  const actorOf = authenticate(deps.store)
  return {
    ...deps.blobs,
    digester: deps.digester,
    target: (options.target ?? ((t) => t))(recordingUploads(deps.store)),
    authenticate: async (request) => (isForeign(request, options.publicUrl) ? undefined : actorOf(request)),
    // Uploads expire by the machine's time also where the record's clock is simulated.
    now: options.now ?? (() => new Date()),
    maxBytes: MAX_UPLOAD_BYTES,
    keepDays: KEEP_DAYS,
  }
}

/** tus under /api/uploads, for `plugins` of the application. */
export const uploadPlugin =
  (deps: UploadDeps) =>
  (app: FastifyInstance): Promise<void> =>
    registerUploads(app, deps)
