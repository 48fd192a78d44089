import { randomBytes } from 'node:crypto'

/** RFC 9562 §5.7: 48 bits of milliseconds, then randomness. */
export const uuidv7 = (unixMs: number): string => {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(unixMs, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70 // 16 bytes were made
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** When it was made, by the clock of the process that made it. */
export const msOfUuidv7 = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
