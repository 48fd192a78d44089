import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'

export const CHUNK_BYTES = 4 * 1024 * 1024
const ATTEMPTS = 8
const TIMEOUT_MS = 120_000

export type UploadOptions = Readonly<{
  /** Origin of the server: http://127.0.0.1:8080 */
  baseUrl: string
  /** What signs the sender in: cookie, origin … */
  headers: Readonly<Record<string, string>>
  /** What the upload is for: a registered recording, or a file of a docking that was set aside. */
  recordingId?: string
  aside?: Readonly<{ dockingId: string; path: string }>
  path: string
  /** An upload that was begun before; it goes on where the server's record ends. */
  uploadUrl?: string
  /** How often one place is tried before giving up; 8 unless said otherwise. */
  attempts?: number
  /** Waited for before each chunk, for a limit of bytes a second. */
  before?: (bytes: number) => Promise<void>
  onCreated?: (uploadUrl: string) => void
  onProgress?: (sentBytes: number, totalBytes: number) => void
}>

export type Uploaded = Readonly<{
  uploadUrl: string
  sizeBytes: number
  /** Bytes that were sent in this run, repetitions included. */
  sentBytes: number
  /** Chunks that the server asked for again because their checksum did not hold. */
  repeatedChunks: number
}>

export class UploadError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'UploadError'
    this.status = status
    this.code = code
  }
}

type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>
type Ask = Readonly<{ method: string; url: URL; headers: Record<string, string>; body?: Uint8Array }>

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

const ask = (a: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const secure = a.url.protocol === 'https:'
    const headers = { 'tus-resumable': '1.0.0', 'content-length': String(a.body?.length ?? 0), ...a.headers }
    const agent = secure ? agents['https:'] : agents['http:']
    const options = { method: a.method, headers, agent, timeout: TIMEOUT_MS }
    const outgoing = (secure ? httpsRequest : httpRequest)(a.url, options, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer from the server')))
    outgoing.on('error', reject)
    outgoing.end(a.body)
  })

const failure = (answer: Answer): UploadError => {
  const parsed: unknown = answer.body.startsWith('{') ? JSON.parse(answer.body) : {}
  const p = Object.fromEntries(Object.entries(parsed ?? {}))
  const title = typeof p['title'] === 'string' ? p['title'] : `服务器答复 ${answer.status}。`
  return new UploadError(answer.status, typeof p['code'] === 'string' ? p['code'] : 'unknown', title)
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

const metadataOf = ({ recordingId, aside }: UploadOptions): string =>
  Object.entries(aside ?? { recordingId: recordingId ?? '' })
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',')

const create = async (o: UploadOptions, sizeBytes: number): Promise<URL> => {
  const answer = await ask({
    method: 'POST',
    url: new URL('/api/uploads', o.baseUrl),
    headers: {
      ...o.headers,
      'upload-length': String(sizeBytes),
      'upload-metadata': metadataOf(o),
    },
  })
  const location = answer.headers.location
  if (answer.status !== 201 || location === undefined) throw failure(answer)
  const url = new URL(location, o.baseUrl)
  o.onCreated?.(url.href)
  return url
}

/** Where the server's record ends. */
const offsetOf = async (o: UploadOptions, url: URL): Promise<number> => {
  const answer = await ask({ method: 'HEAD', url, headers: { ...o.headers } })
  if (answer.status !== 200) throw failure(answer)
  return Number(answer.headers['upload-offset'])
}

const readChunk = async (file: FileHandle, buffer: Buffer, start: number): Promise<Buffer> => {
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, start + length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.subarray(0, length)
}

const sendChunk = (o: UploadOptions, url: URL, start: number, chunk: Buffer): Promise<Answer> =>
  ask({
    method: 'PATCH',
    url,
    headers: {
      ...o.headers,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(start),
      'upload-checksum': `sha256 ${hash('sha256', chunk, 'base64')}`,
    },
    body: chunk,
  })

/** A wrong checksum, a lost place and a server that is away are worth another attempt; other answers are not. */
const next = async (o: UploadOptions, url: URL, attempt: number, cause: unknown): Promise<number> => {
  const again = !(cause instanceof UploadError) || cause.status >= 500 || isRepeatable(cause)
  if (!again || attempt >= (o.attempts ?? ATTEMPTS)) throw cause
  if (!(cause instanceof UploadError) || cause.status === 423) await pause(100 * 2 ** attempt)
  return offsetOf(o, url).catch((e: unknown) => next(o, url, attempt + 1, e))
}
const isRepeatable = (e: UploadError) =>
  e.code === 'wrong-checksum' || e.status === 409 || e.status === 423 || e.code === 'cut-off'

/** Sends a registered file by tus 1.0.0 in chunks of 4 MiB, each with its SHA-256; goes on after interruptions. */
export const uploadFile = async (o: UploadOptions): Promise<Uploaded> => {
  const file = await open(o.path, 'r')
  try {
    const sizeBytes = (await file.stat()).size
    const url = o.uploadUrl === undefined ? await create(o, sizeBytes) : new URL(o.uploadUrl)
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, sizeBytes))
    let at = o.uploadUrl === undefined ? 0 : await offsetOf(o, url)
    let sentBytes = 0
    let repeatedChunks = 0
    for (let attempt = 0; at < sizeBytes; ) {
      const chunk = await readChunk(file, buffer, at)
      if (chunk.length === 0) throw new Error(`${o.path} became shorter while it was sent`)
      await o.before?.(chunk.length)
      try {
        sentBytes += chunk.length
        const answer = await sendChunk(o, url, at, chunk)
        if (answer.status !== 204) throw failure(answer)
        at = Number(answer.headers['upload-offset'])
        attempt = 0
        o.onProgress?.(at, sizeBytes)
      } catch (e) {
        attempt += 1
        if (e instanceof UploadError && e.code === 'wrong-checksum') repeatedChunks += 1
        at = await next(o, url, attempt, e)
      }
    }
    return { uploadUrl: url.href, sizeBytes, sentBytes, repeatedChunks }
  } finally {
    await file.close()
  }
}

/** What a manifest declares of a file. */
export const describeFile = async (
  path: string,
): Promise<Readonly<{ sha256: string; sizeBytes: number }>> => {
  const digest = createHash('sha256')
  let sizeBytes = 0
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    digest.update(part)
    sizeBytes += part.length
  }
  return { sha256: digest.digest('hex'), sizeBytes }
}
