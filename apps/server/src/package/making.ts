import type { IssuedInput, StampInput } from '@liuhen/ledger/package/build-package'
import type { Inclusions } from '../ledger/inclusion.ts'
import type { WitnessPolicy } from '../ledger/witness-policy.ts'
import type { Collected } from './collect-files.ts'
import type { DescribedObjects } from './describe-objects.ts'
import type { Gathered } from './gather-events.ts'
import type { PackagePlan } from './package-rows.ts'

/** Everything that a package is made of. */
export type Making = Readonly<{
  plan: PackagePlan
  gathered: Gathered
  inclusions: Inclusions
  collected: Collected
  /** Of a whole package: its objects in the words of the archives. */
  described?: DescribedObjects
  stamps: readonly StampInput[]
  /** Checkpoints that were given out before. */
  issued: readonly IssuedInput[]
  vkey: string
  /** How the log's key changed, if it did. */
  keys?: Uint8Array
  sm2Vkey?: string
  /** Whom the agency asks to watch its log. */
  witnesses: WitnessPolicy
  now: string
  verifyPage?: Uint8Array
}>
