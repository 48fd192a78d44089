import { createHash, hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { rangeHash } from '@liuhen/ledger/merkle'
import { CHUNK_BYTES } from './chunk-size.ts'
import type { FileDigest } from './digest-file.ts'

// A thread loads as little as it can: it must be ready soon.
type Job = Readonly<{ path: string; withSm3: boolean; chunks: readonly string[] | undefined }>
const isJob = (m: unknown): m is Job =>
  typeof m === 'object' && m !== null && 'path' in m && typeof m.path === 'string' && 'withSm3' in m

/** Small enough to stay in the processor's cache while it goes through every hash. */
const SLICE_BYTES = 256 * 1024
const LEAF_PREFIX = Buffer.of(0)

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

const leafOf = (chunkDigest: Uint8Array): Uint8Array => sha256(Buffer.concat([LEAF_PREFIX, chunkDigest]))

const digestFile = ({ path, withSm3, chunks }: Job): FileDigest => {
  const whole = createHash('sha256')
  const sm3 = withSm3 ? createHash('sm3') : undefined
  const buffer = Buffer.allocUnsafe(SLICE_BYTES)
  const leaves = (chunks ?? []).map((hex) => leafOf(Buffer.from(hex, 'hex')))
  let chunk = createHash('sha256')
  let sizeBytes = 0
  const endChunk = () => {
    leaves.push(leafOf(chunk.digest()))
    chunk = createHash('sha256')
  }
  const fd = openSync(path, 'r')
  try {
    for (;;) {
      // Slices never cross a chunk's end: its length is a multiple of theirs, unless a read is short.
      const wanted = Math.min(SLICE_BYTES, CHUNK_BYTES - (sizeBytes % CHUNK_BYTES))
      const read = readSync(fd, buffer, 0, wanted, null)
      if (read === 0) break
      const slice = buffer.subarray(0, read)
      whole.update(slice)
      sm3?.update(slice)
      sizeBytes += read
      if (chunks) continue
      chunk.update(slice)
      if (sizeBytes % CHUNK_BYTES === 0) endChunk()
    }
  } finally {
    closeSync(fd)
  }
  if (!chunks && sizeBytes % CHUNK_BYTES !== 0) endChunk()
  const root = rangeHash(sha256, leaves, { start: 0, end: leaves.length })
  return {
    sha256: whole.digest('hex'),
    ...(sm3 && { sm3: sm3.digest('hex') }),
    sizeBytes,
    chunkRoot: Buffer.from(root).toString('base64'),
  }
}

const answer = (message: unknown) => {
  try {
    if (!isJob(message)) throw new TypeError('not a job')
    return { digest: digestFile(message) }
  } catch (e) {
    const code = e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : undefined
    return { error: { message: e instanceof Error ? e.message : String(e), ...(code && { code }) } }
  }
}

parentPort?.on('message', (message: unknown) => parentPort?.postMessage(answer(message)))
