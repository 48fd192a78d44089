import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { giveBack, takeBuffer } from './chunk-buffers.ts'
import type { Checksum } from './tus-headers.ts'
import { createTurns } from './turns.ts'
import type { UploadDeps } from './upload-deps.ts'
import { writeChunk, type WriteResult } from './write-chunk.ts'

/** A body with a checksum is held until it is whole: this is the most that one may bring. Our clients send 4 MiB. */
export const MAX_CHECKED_BYTES = 16 * 1024 * 1024
/** A body without one is written and acknowledged for resuming in pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024

/** What a process holds of all bodies together. */
const turns = createTurns(128 * 1024 * 1024, 60_000)

export type Body = Readonly<{
  uploadId: string
  agencyId: string
  start: number
  stream: Readable
  /** As the sender announced it; absent when it did not. */
  bodyBytes?: number
  checksum?: Checksum
}>
export type Received = WriteResult | Readonly<{ kind: 'wrong-checksum' | 'too-large' | 'cut-off' }>

type Piece = { parts: Buffer[]; length: number }

const takeTurn = (body: Body, most: number) =>
  turns.take(Math.min(body.bodyBytes ?? most, most), () => body.stream.destroy())

type Filled =
  | Readonly<{ kind: 'filled'; length: number; hex: string }>
  | Readonly<{ kind: 'too-large' | 'cut-off' }>

const fill = async (buffer: Buffer, stream: Readable, algorithm: string): Promise<Filled> => {
  const hash = createHash(algorithm)
  let length = 0
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      if (length + part.length > buffer.length) return { kind: 'too-large' }
      part.copy(buffer, length)
      hash.update(part)
      length += part.length
    }
  } catch {
    return { kind: 'cut-off' }
  }
  return { kind: 'filled', length, hex: hash.digest('hex') }
}

/** Whole or nothing: a chunk whose checksum does not hold leaves no trace. */
const receiveChecked = async (deps: UploadDeps, body: Body, checksum: Checksum): Promise<Received> => {
  const bytes = body.bodyBytes ?? MAX_CHECKED_BYTES
  if (bytes > MAX_CHECKED_BYTES) return { kind: 'too-large' }
  const buffer = takeBuffer(bytes)
  try {
    const got = await fill(buffer, body.stream, checksum.algorithm)
    if (got.kind !== 'filled') return got
    if (got.hex !== checksum.hex) return { kind: 'wrong-checksum' }
    const { length } = got
    const sha256 = checksum.algorithm === 'sha256' ? { sha256: checksum.hex } : {}
    return await writeChunk(deps, {
      ...body,
      parts: [buffer.subarray(0, length)],
      length,
      ...sha256,
      checked: true,
    })
  } finally {
    // A write that goes on after its transaction broke writes to a file that nobody reads.
    giveBack(buffer)
  }
}

/** Every piece is a critical section of its own: a slow sender holds no lock and no connection. */
const receiveUnchecked = async (deps: UploadDeps, body: Body): Promise<Received> => {
  let start = body.start
  let piece: Piece = { parts: [], length: 0 }
  let cutOff = false
  let turn = await takeTurn(body, PIECE_BYTES)
  const flush = async (): Promise<WriteResult> => {
    const result = await writeChunk(deps, { ...body, ...piece, start, checked: false })
    start += piece.length
    piece = { parts: [], length: 0 }
    return result
  }
  try {
    try {
      for await (const part of body.stream) {
        piece.parts.push(part)
        piece.length += part.length
        if (piece.length < PIECE_BYTES) continue
        const result = await flush()
        if (result.kind !== 'written') return result
        turn.end()
        turn = await takeTurn(body, PIECE_BYTES)
      }
    } catch (e) {
      // What arrived before the connection broke is good: the sender goes on from there.
      if (!body.stream.destroyed) throw e
      cutOff = true
    }
    return cutOff && piece.length === 0 ? { kind: 'cut-off' } : await flush()
  } finally {
    turn.end()
  }
}

export const receiveChunks = async (deps: UploadDeps, body: Body): Promise<Received> => {
  if (!body.checksum) return receiveUnchecked(deps, body)
  const turn = await takeTurn(body, MAX_CHECKED_BYTES)
  try {
    return await receiveChecked(deps, body, body.checksum)
  } finally {
    turn.end()
  }
}
