import type { Readable } from 'node:stream'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { withAgency } from '../postgres/transaction.ts'
import { createUpload } from './create-upload.ts'
import { terminateUpload } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import { receiveChunks, type Received } from './receive-chunks.ts'
import { CHECKSUM_ALGORITHMS, isMalformed, parseBytes, parseChecksum, parseMetadata } from './tus-headers.ts'
import type { UploadDeps } from './upload-deps.ts'
import { problem, refused, type Problem } from './upload-problem.ts'
import { findUpload, type Upload } from './upload-rows.ts'
import { DiskLostBytesError } from './write-chunk.ts'

const VERSION = '1.0.0'
const BODY_TYPE = 'application/offset+octet-stream'
export const UPLOADS_PATH = '/api/uploads'

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

const send = (reply: FastifyReply, p: Problem) =>
  reply.code(p.status).type('application/problem+json').send(p)

const stateHeaders = (u: Upload) => ({
  'upload-offset': String(u.receivedBytes),
  'upload-length': String(u.lengthBytes),
  'upload-expires': new Date(u.expiresAt).toUTCString(),
  'liuhen-upload-state': u.state,
  ...(u.metadata === '' ? {} : { 'upload-metadata': u.metadata }),
})

/** The sender's own upload; anybody else's does not exist for them. */
const findOwn = async (deps: UploadDeps, actor: Actor, request: FastifyRequest) => {
  const id = (request.params as { id: string }).id
  const upload = await withAgency(deps, actor.agencyId, (tx) => findUpload(tx, id))
  return upload?.userId === actor.userId ? upload : undefined
}

const ENDED = new Set(['failed', 'terminated', 'expired', 'rejected'])

const create = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const lengthBytes = parseBytes(header(request, 'upload-length'))
  if (lengthBytes === undefined || lengthBytes === 0) return send(reply, problem('no-length'))
  if (lengthBytes > deps.maxBytes) return send(reply, problem('too-large'))
  const metadataHeader = header(request, 'upload-metadata') ?? ''
  const metadata = parseMetadata(metadataHeader)
  if (isMalformed(metadata)) return send(reply, problem('malformed', metadata.malformed))
  const created = await createUpload(deps, actor, { metadata, metadataHeader, lengthBytes })
  if (isRefusal(created)) return send(reply, refused(created))
  return reply
    .code(201)
    .headers({ location: `${UPLOADS_PATH}/${created.id}`, 'upload-expires': created.expiresAt.toUTCString() })
    .send()
}

const head = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findOwn(deps, actor, request)
  if (own === undefined) return reply.code(404).send()
  if (ENDED.has(own.state)) return reply.code(410).header('liuhen-upload-state', own.state).send()
  const upload = (await finishUpload(deps, own)) ?? own
  return reply
    .code(200)
    .headers({ ...stateHeaders(upload), 'cache-control': 'no-store' })
    .send()
}

const afterWrite = async (deps: UploadDeps, own: Upload, got: Received): Promise<Upload | Problem> => {
  if (got.kind !== 'written' && got.kind !== 'repeated') return problem(got.kind)
  if (!got.complete) return { ...own, receivedBytes: got.offset }
  const done = await finishUpload(deps, own)
  if (done === undefined || done.state === 'received') throw new Error(`upload ${own.id} did not finish`)
  return done.state === 'finished' ? done : problem('not-as-declared')
}

/** Faults of the disk are said plainly; any other error is the application's to answer. */
const diskProblem = (e: unknown): Problem => {
  if (e instanceof DiskLostBytesError) return problem('disk-lost-bytes')
  if (e instanceof Error && 'code' in e && (e.code === 'ENOSPC' || e.code === 'EDQUOT'))
    return problem('disk-full')
  throw e
}

const patch = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findOwn(deps, actor, request)
  if (own === undefined) return send(reply, problem('not-found'))
  if (ENDED.has(own.state)) return send(reply, problem('gone'))
  const start = parseBytes(header(request, 'upload-offset'))
  if (start === undefined) return send(reply, problem('no-offset'))
  const checksum = parseChecksum(header(request, 'upload-checksum'))
  if (isMalformed(checksum)) return send(reply, problem('malformed', checksum.malformed))
  const { id: uploadId, agencyId } = own
  const body = { uploadId, agencyId, start, stream: request.body as Readable, ...(checksum && { checksum }) }
  const after = await receiveChunks(deps, body)
    .then((got) => afterWrite(deps, own, got))
    .catch(diskProblem)
  if ('status' in after) return send(reply, after)
  return reply.code(204).headers(stateHeaders(after)).send()
}

const terminate = async (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => {
  const own = await findOwn(deps, actor, request)
  if (own === undefined) return send(reply, problem('not-found'))
  return (await terminateUpload(deps, own)) ? reply.code(204).send() : send(reply, problem('gone'))
}

type Handler = (deps: UploadDeps, actor: Actor, request: FastifyRequest, reply: FastifyReply) => unknown

/** tus 1.0.0 under /api/uploads: core, creation, checksum, expiration, termination. */
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
          'tus-extension': 'creation,checksum,expiration,termination',
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
