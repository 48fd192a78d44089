import { hash } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { as } from './upload-installation.ts'

export type TusRequests = ReturnType<typeof tusRequests>

export const checksumOf = (bytes: Uint8Array): Record<string, string> => ({
  'upload-checksum': `sha256 ${hash('sha256', bytes, 'base64')}`,
})

/** One sender's bare requests of tus 1.0.0, one at a time and without second attempts. */
export const tusRequests = (baseUrl: string, actor: Actor) => {
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
    fetch(new URL(path, baseUrl), {
      method,
      headers: { 'tus-resumable': '1.0.0', ...as(actor), ...headers },
      ...(body && { body: Buffer.from(body) }),
    })
  const create = (recordingId: string, length: number, headers: Record<string, string> = {}) =>
    ask('POST', '/api/uploads', { 'upload-length': String(length), ...metadataOf(recordingId), ...headers })
  const placeOf = (answer: Response) => answer.headers.get('location') ?? ''
  return {
    ask,
    create,
    begin: async (recordingId: string, length: number) => placeOf(await create(recordingId, length)),
    beginPart: async (length: number) =>
      placeOf(
        await ask('POST', '/api/uploads', { 'upload-concat': 'partial', 'upload-length': String(length) }),
      ),
    join: (recordingId: string, parts: readonly string[]) =>
      ask('POST', '/api/uploads', {
        'upload-concat': `final;${parts.join(' ')}`,
        ...metadataOf(recordingId),
      }),
    patch: (url: string, start: number, bytes: Uint8Array, headers: Record<string, string> = {}) =>
      ask(
        'PATCH',
        url,
        { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(start), ...headers },
        bytes,
      ),
    head: async (url: string) => {
      const answer = await ask('HEAD', url)
      return { status: answer.status, offset: Number(answer.headers.get('upload-offset')) }
    },
  }
}

const metadataOf = (recordingId: string) => ({
  'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
})
