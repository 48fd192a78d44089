import { Upload } from 'tus-js-client'
import { ApiProblem, unreachable } from '../api/problem.ts'
import { Problem } from '@liuhen/api/schema/page'
import { checkedStack } from './checked-stack.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000]

type Events = Readonly<{
  onSent: (done: number, of: number) => void
  /** Bytes that the server has acknowledged. */
  onAccepted?: (done: number) => void
  /** The last chunk is on its way: the server reads the whole file back before it answers. */
  onWhole: () => void
}>
export type Sending = Readonly<{ done: Promise<void>; pause: () => void; resume: () => void }>

const problemOfError = (error: unknown): ApiProblem => {
  const response =
    typeof error === 'object' && error !== null && 'originalResponse' in error
      ? error.originalResponse
      : undefined
  const text =
    typeof response === 'object' &&
    response !== null &&
    'getBody' in response &&
    typeof response.getBody === 'function'
      ? String(response.getBody())
      : ''
  if (!text.startsWith('{')) return unreachable(error)
  const parsed = Problem.safeParse(JSON.parse(text))
  return parsed.success ? new ApiProblem(parsed.data, error) : unreachable(error)
}

const ask = (file: File, recordingId: string, more: Readonly<Partial<Upload['options']>>): Upload =>
  new Upload(file, {
    endpoint: '/api/uploads',
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    httpStack: checkedStack(),
    metadata: { recordingId, fileName: file.name },
    removeFingerprintOnSuccess: true,
    ...more,
  })

/** The recording that an earlier, broken upload of this very file belongs to. */
export async function findBegun(file: File): Promise<string | undefined> {
  const before = await ask(file, '', {}).findPreviousUploads()
  return before.map((upload) => upload.metadata['recordingId']).find((id) => id !== undefined && id !== '')
}

/** Sends a file from where the server's record ends. Resolves when the server has verified the bytes. */
export function sendFile(file: File, recordingId: string, events: Events): Sending {
  let upload: Upload | undefined
  const done = new Promise<void>((resolve, reject) => {
    upload = ask(file, recordingId, {
      onProgress: (sent, of) => (sent >= of ? events.onWhole() : events.onSent(sent, of)),
      onChunkComplete: (_size, accepted) => events.onAccepted?.(accepted),
      onSuccess: () => resolve(),
      onError: (error) => reject(problemOfError(error)),
    })
    const begun = upload
    void begun.findPreviousUploads().then((before) => {
      const mine = before.find((b) => b.metadata['recordingId'] === recordingId)
      if (mine) begun.resumeFromPreviousUpload(mine)
      begun.start()
    }, reject)
  })
  return { done, pause: () => void upload?.abort(), resume: () => upload?.start() }
}
