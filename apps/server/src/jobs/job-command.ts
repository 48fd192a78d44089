import { createHash } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'

/** Who acts when a job does. */
export const systemActor = (agencyId: string): Actor => ({
  userId: 'system',
  name: '系统',
  roles: [],
  agencyId,
})

/** An id that follows from what it is for, so that what runs twice has one effect. Shaped as a UUID (RFC 9562 version 8). */
export const derivedId = (...parts: readonly string[]): string => {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
