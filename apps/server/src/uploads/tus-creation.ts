import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createPart, createUpload, type Created } from './create-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { claimForFinal } from './join-parts.ts'
import { isMalformed, parseBytes, parseConcat, parseMetadata, type Concat } from './tus-headers.ts'
import { diskProblem, header, send, stateHeaders, UPLOADS_PATH, whole } from './tus-reply.ts'
import type { UploadDeps } from './upload-deps.ts'
import { problem, refused, type Problem } from './upload-problem.ts'

type Asked = Readonly<{ metadata: ReadonlyMap<string, string>; metadataHeader: string; concat?: Concat }>

const parseAsked = (request: FastifyRequest): Asked | Problem => {
  if (header(request, 'upload-defer-length') !== undefined) return problem('defer-length')
  const metadataHeader = header(request, 'upload-metadata') ?? ''
  const metadata = parseMetadata(metadataHeader)
  if (isMalformed(metadata)) return problem('malformed', metadata.malformed)
  const concat = parseConcat(header(request, 'upload-concat'))
  if (isMalformed(concat)) return problem('malformed', concat.malformed)
  return { metadata, metadataHeader, ...(concat && { concat }) }
}

const createOne = async (deps: UploadDeps, actor: Actor, asked: Asked, length: string | undefined) => {
  const lengthBytes = parseBytes(length)
  if (lengthBytes === undefined || lengthBytes === 0) return problem('no-length')
  if (lengthBytes > deps.maxBytes) return problem('too-large')
  const sized = { ...asked, lengthBytes }
  return asked.concat ? createPart(deps, actor, sized) : createUpload(deps, actor, sized)
}

const answerCreated = (reply: FastifyReply, created: Created | Problem | Refusal) => {
  if (isRefusal(created)) return send(reply, refused(created))
  if ('status' in created) return send(reply, created)
  return reply
    .code(201)
    .headers({ location: `${UPLOADS_PATH}/${created.id}`, 'upload-expires': created.expiresAt.toUTCString() })
    .send()
}

/** Answered when the whole file is joined, read back and recorded: to its sender, created is complete. */
const createFinal = async (deps: UploadDeps, actor: Actor, asked: Asked, partIds: readonly string[]) => {
  const claimed = await claimForFinal(deps, actor, { ...asked, partIds })
  if ('status' in claimed) return claimed
  const done = await finishUpload(deps, { id: claimed.id, agencyId: actor.agencyId })
  return done === undefined ? problem('not-found') : whole(done)
}

export const create = async (
  deps: UploadDeps,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  const asked = parseAsked(request)
  if ('status' in asked) return send(reply, asked)
  const length = header(request, 'upload-length')
  if (asked.concat?.kind !== 'final') return answerCreated(reply, await createOne(deps, actor, asked, length))
  const done = await createFinal(deps, actor, asked, asked.concat.partIds).catch(diskProblem)
  if ('status' in done) return send(reply, done)
  return reply
    .code(201)
    .headers({ ...stateHeaders(done), location: `${UPLOADS_PATH}/${done.id}` })
    .send()
}
