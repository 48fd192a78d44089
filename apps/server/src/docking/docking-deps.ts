import type { VerifiedCopy } from '@liuhen/domain/docking/events'
import type { Actor } from '@liuhen/domain/event'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'

export type DockingDeps = CaseDeps &
  Readonly<{
    /** Where the bytes of each digest lie and when they were read back there; digests that lie nowhere are absent. */
    copiesOf: (tx: Tx, sha256s: readonly string[]) => Promise<ReadonlyMap<string, readonly VerifiedCopy[]>>
    /** How many stores there are that are not lost together: two on one disk are one. */
    countStores: () => Promise<number>
  }>

export type DockingCommand = Readonly<{
  commandId: string
  actor: Actor
  dockingId: string
  /** The route's id, for the log of refused attempts. */
  what: string
}>
export type DockingDone = Readonly<{ version: number; id: string }>
