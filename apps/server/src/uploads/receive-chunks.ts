import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Checksum } from './tus-headers.ts'
import type { UploadDeps } from './upload-deps.ts'
import { writeChunk, type WriteResult } from './write-chunk.ts'

/** A body with a checksum is held until it is whole: this is the most that one may bring. Our clients send 4 MiB. */
export const MAX_CHECKED_BYTES = 16 * 1024 * 1024
/** A body without one is written and acknowledged for resuming in pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024

export type Body = Readonly<{
  uploadId: string
  agencyId: string
  start: number
  stream: Readable
  checksum?: Checksum
}>
export type Received = WriteResult | Readonly<{ kind: 'wrong-checksum' | 'too-large' | 'cut-off' }>

type Piece = { parts: Buffer[]; length: number }

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
  const flush = async (): Promise<WriteResult> => {
    const result = await writeChunk(deps, { ...body, ...piece, start, checked: false })
    start += piece.length
    piece = { parts: [], length: 0 }
    return result
  }
  try {
    for await (const part of body.stream) {
      piece.parts.push(part)
      piece.length += part.length
      if (piece.length < PIECE_BYTES) continue
      const result = await flush()
      if (result.kind !== 'written') return result
    }
  } catch (e) {
    // What arrived before the connection broke is good: the sender goes on from there.
    if (!body.stream.destroyed) throw e
    cutOff = true
  }
  if (cutOff && piece.length === 0) return { kind: 'cut-off' }
  return flush()
}

export const receiveChunks = (deps: UploadDeps, body: Body): Promise<Received> =>
  body.checksum ? receiveChecked(deps, body, body.checksum) : receiveUnchecked(deps, body)
