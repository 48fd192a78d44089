import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
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

/** Whole or nothing: a chunk whose checksum does not hold leaves no trace. */
const receiveChecked = async (deps: UploadDeps, body: Body, checksum: Checksum): Promise<Received> => {
  const hash = createHash(checksum.algorithm)
  const piece: Piece = { parts: [], length: 0 }
  try {
    for await (const part of body.stream) {
      hash.update(part)
      piece.parts.push(part)
      piece.length += part.length
      if (piece.length > MAX_CHECKED_BYTES) return { kind: 'too-large' }
    }
  } catch {
    return { kind: 'cut-off' }
  }
  if (hash.digest('hex') !== checksum.hex) return { kind: 'wrong-checksum' }
  const sha256 = checksum.algorithm === 'sha256' ? { sha256: checksum.hex } : {}
  return writeChunk(deps, { ...body, ...piece, ...sha256, checked: true })
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
