import type { Readable } from 'node:stream'
import type { Actor } from '@liuhen/domain/event'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { withAgency } from '../postgres/transaction.ts'
import { terminateUpload } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import { listPartsOf } from './part-rows.ts'
import { receiveChunks, type Received } from './receive-chunks.ts'
import { create } from './tus-creation.ts'
import { CHECKSUM_ALGORITHMS, isMalformed, parseBytes, parseChecksum } from './tus-headers.ts'
import { diskProblem, header, send, stateHeaders, UPLOADS_PATH, whole } from './tus-reply.ts'
import type { UploadDeps } from './upload-deps.ts'
import { problem, type Problem } from './upload-problem.ts'
import { findUpload, type Upload } from './upload-rows.ts'

const VERSION = '1.0.0'
const BODY_TYPE = 'application/offset+octet-stream'
/** The sender's own upload; anybody else's does not exist for them. */
const findOwn = async (deps: UploadDeps, actor: Actor, request: FastifyRequest) => {
  const id = (request.params as { id: string }).id
  const upload = await withAgency(deps, actor.agencyId, (tx) => findUpload(tx, id))
  return upload?.userId === actor.userId ? upload : undefined
}

const ENDED = new Set(['failed', 'terminated', 'expired', 'rejected'])

/** What tus wants to be told of an upload's place among others. */
const concatHeader = async (deps: UploadDeps, u: Upload): Promise<Record<string, string>> => {
  if (u.kind === 'whole') return {}
  if (u.kind === 'partial') return { 'upload-concat': 'partial' }
  const parts = await withAgency(deps, u.agencyId, (tx) => listPartsOf(tx, u.id))
  return { 'upload-concat': `final;${parts.map((p) => `${UPLOADS_PATH}/${p.id}`).join(' ')}` }
}

const head = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findOwn(deps, actor, request)
  if (own === undefined) return reply.code(404).send()
  if (ENDED.has(own.state)) return reply.code(410).header('liuhen-upload-state', own.state).send()
  const upload = (await finishUpload(deps, own)) ?? own
  return reply
    .code(200)
    .headers({
      ...stateHeaders(upload),
      ...(await concatHeader(deps, upload)),
      'cache-control': 'no-store',
    })
    .send()
}

const afterWrite = async (deps: UploadDeps, own: Upload, got: Received): Promise<Upload | Problem> => {
  if (got.kind !== 'written' && got.kind !== 'repeated') return problem(got.kind)
  if (!got.complete || own.kind === 'partial') return { ...own, receivedBytes: got.offset }
  const done = await finishUpload(deps, own)
  return done === undefined ? problem('not-found') : whole(done)
}

/** Of uploads that are being received: whose they are, for what and how long does not change, and is asked once. */
const SENDING_AT_MOST = 2_000
const sending = new Map<string, Upload>()

const findSending = async (deps: UploadDeps, actor: Actor, request: FastifyRequest) => {
  const known = sending.get((request.params as { id: string }).id)
  if (known?.userId === actor.userId && known.agencyId === actor.agencyId) return known
  const own = await findOwn(deps, actor, request)
  if (own?.state === 'receiving' && sending.size < SENDING_AT_MOST) sending.set(own.id, own)
  return own
}

const patch = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findSending(deps, actor, request)
  if (own === undefined) return send(reply, problem('not-found'))
  if (own.kind === 'final') return send(reply, problem('final-is-joined'))
  if (ENDED.has(own.state)) return send(reply, problem('gone'))
  const start = parseBytes(header(request, 'upload-offset'))
  if (start === undefined) return send(reply, problem('no-offset'))
  const checksum = parseChecksum(header(request, 'upload-checksum'))
  if (isMalformed(checksum)) return send(reply, problem('malformed', checksum.malformed))
  const { id: uploadId, agencyId } = own
  const bodyBytes = parseBytes(header(request, 'content-length'))
  const body = {
    uploadId,
    agencyId,
    start,
    stream: request.body as Readable,
    ...(bodyBytes !== undefined && { bodyBytes }),
    ...(checksum && { checksum }),
  }
  const after = await receiveChunks(deps, body)
    .then((got) => {
      if (got.kind !== 'written' || got.complete) sending.delete(uploadId)
      return afterWrite(deps, own, got)
    })
    .catch((e: unknown) => {
      sending.delete(uploadId)
      return diskProblem(e)
    })
  if ('status' in after) return send(reply, after)
  return reply.code(204).headers(stateHeaders(after)).send()
}

const terminate = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findOwn(deps, actor, request)
  if (own === undefined) return send(reply, problem('not-found'))
  if (own.kind === 'final') return send(reply, problem('final-is-joined'))
  return (await terminateUpload(deps, own)) ? reply.code(204).send() : send(reply, problem('gone'))
}

type Handler = (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => unknown

/** tus 1.0.0 under /api/uploads: core, creation, checksum, concatenation, expiration, termination. */
export const registerUploads = async (app: FastifyInstance, deps: UploadDeps): Promise<void> => {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(BODY_TYPE, (_request, payload, done) => done(null, payload))
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('tus-resumable', VERSION)
      if (request.method !== 'OPTIONS' && header(request, 'tus-resumable') !== VERSION)
        return send(reply.header('tus-version', VERSION), problem('version'))
    })
    const signedIn = (handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = await deps.authenticate(request)
      return actor ? handler(deps, actor, request, reply) : send(reply, problem('signed-out'))
    }
    scope.options(UPLOADS_PATH, async (_request, reply) =>
      reply
        .code(204)
        .headers({
          'tus-version': VERSION,
          'tus-extension': 'creation,checksum,concatenation,expiration,termination',
          'tus-checksum-algorithm': CHECKSUM_ALGORITHMS.join(','),
          'tus-max-size': String(deps.maxBytes),
        })
        .send(),
    )
    scope.post(UPLOADS_PATH, signedIn(create))
    scope.head(`${UPLOADS_PATH}/:id`, signedIn(head))
    scope.patch(`${UPLOADS_PATH}/:id`, signedIn(patch))
    scope.delete(`${UPLOADS_PATH}/:id`, signedIn(terminate))
  })
}
