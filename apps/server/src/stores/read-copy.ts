import { createHash } from 'node:crypto'
import { BlobMissingError, type BlobStore } from '../blobs/blob-store.ts'
import { isMissing } from '../blobs/durable.ts'

export type CopyVerdict = 'intact' | 'altered' | 'missing' | 'unreadable'

/** Told how many bytes were read; resolves when more may be read. */
export type Pace = (bytes: number) => Promise<void>
export const unpaced: Pace = () => Promise.resolve()

export type Budget = Readonly<{
  bytesPerSecond: number
  nowMs: () => number
  pause: (ms: number) => Promise<void>
}>

/** Reading waits as soon as it is ahead of the budget. */
export const paceOf = ({ bytesPerSecond, nowMs, pause }: Budget): Pace => {
  const began = nowMs()
  let read = 0
  return async (bytes) => {
    read += bytes
    const ahead = (read / bytesPerSecond) * 1000 - (nowMs() - began)
    if (ahead > 0) await pause(ahead)
  }
}

export type CopyReading = Readonly<{ verdict: CopyVerdict; bytes: number; error?: string }>

/** Opened when it is read, so that a stream whose opening fails always has a reader who hears of it. */
export async function* bytesOf(store: BlobStore, sha256: string): AsyncGenerator<Uint8Array> {
  for await (const part of await store.open(sha256)) {
    if (!(part instanceof Uint8Array)) throw new TypeError('a blob is bytes')
    yield part
  }
}

/** Reads every byte of a copy back. Never throws: what cannot be read is a verdict. */
export const readCopy = async (
  bytes: BlobStore,
  sha256: string,
  pace: Pace = unpaced,
): Promise<CopyReading> => {
  const hash = createHash('sha256')
  let read = 0
  try {
    for await (const part of await bytes.open(sha256)) {
      if (!(part instanceof Uint8Array)) throw new TypeError('a blob is bytes')
      hash.update(part)
      read += part.length
      await pace(part.length)
    }
  } catch (e) {
    if (e instanceof BlobMissingError || isMissing(e)) return { verdict: 'missing', bytes: read }
    return { verdict: 'unreadable', bytes: read, error: e instanceof Error ? e.message : '未知错误' }
  }
  return { verdict: hash.digest('hex') === sha256 ? 'intact' : 'altered', bytes: read }
}
