import type { Role } from '../event.ts'

/** Who looks after the stores: the custodian of recordings, the archivist, and the administrators of the machine. */
export const STORE_KEEPERS: readonly Role[] = [
  'av-custodian',
  'archivist',
  'system-admin',
  'audit-admin',
  'supervisor',
]
