import type { FastifyReply, FastifyRequest } from 'fastify'
import { DiskLostBytesError } from './upload-file.ts'
import { problem, type Problem } from './upload-problem.ts'
import type { Upload } from './upload-rows.ts'

export const UPLOADS_PATH = '/api/uploads'

export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

export const send = (reply: FastifyReply, p: Problem) =>
  reply.code(p.status).type('application/problem+json').send(p)

export const stateHeaders = (u: Upload) => ({
  'upload-offset': String(u.receivedBytes),
  'upload-length': String(u.lengthBytes),
  'upload-expires': new Date(u.expiresAt).toUTCString(),
  'liuhen-upload-state': u.state,
  ...(u.metadata === '' ? {} : { 'upload-metadata': u.metadata }),
})

/** A finished upload, or why it is none. */
export const whole = (u: Upload): Upload | Problem => {
  if (u.state === 'finished') return u
  if (u.state === 'rejected') return problem('not-as-declared')
  if (u.state === 'failed') return problem('disk-lost-bytes')
  throw new Error(`upload ${u.id} did not finish`)
}

/** Faults of the disk are said plainly; any other error is the application's to answer. */
export const diskProblem = (e: unknown): Problem => {
  if (e instanceof DiskLostBytesError) return problem('disk-lost-bytes')
  if (e instanceof Error && 'code' in e && (e.code === 'ENOSPC' || e.code === 'EDQUOT'))
    return problem('disk-full')
  throw e
}
