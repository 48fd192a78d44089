import { CHUNK_BYTES } from '../blobs/chunk-size.ts'

/**
 * Memory for bodies that are held until they are whole. Pieces of a body that wait in a list grow old in the heap and are
 * collected at a price; copied into memory that is used again they die young.
 */
const KEPT = 16
const free: Buffer[] = []

export const takeBuffer = (bytes: number): Buffer => {
  if (bytes > CHUNK_BYTES) return Buffer.allocUnsafeSlow(bytes)
  return (free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)).subarray(0, bytes)
}

/** Only when nobody reads or writes it any more. */
export const giveBack = (buffer: Buffer): void => {
  if (buffer.buffer.byteLength === CHUNK_BYTES && free.length < KEPT) free.push(Buffer.from(buffer.buffer))
}
