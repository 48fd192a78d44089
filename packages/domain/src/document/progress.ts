import type { DocumentDefinition, SignatureSlot } from '@liuhen/law/document-definition'
import type { Rank } from '@liuhen/law/fact'
import { type FormData, isAsked } from './form-data.ts'
import type { DocumentState } from './state.ts'

/** Capacities in which people from outside the agency sign; in every other one it is a person of the agency. */
const OUTSIDE: ReadonlySet<string> = new Set(['party', 'witness', 'recipient', 'expert', 'entrusted'])

export const isSignedByAgency = (role: string): boolean => !OUTSIDE.has(role)

/** The rank whose opinion comes next, or none when all have approved. */
export const nextRank = (doc: DocumentState, ranks: readonly Rank[]): Rank | undefined =>
  doc.status === 'submitted' ? ranks[doc.approvals.length] : undefined

/** How many have to sign here: a slot may ask for each whom the form names. */
export const neededIn = (slot: SignatureSlot, data: FormData): number => {
  if (!isAsked(slot, data)) return 0
  const named = slot.each === undefined ? undefined : data[slot.each]
  return Array.isArray(named) ? Math.max(slot.min, named.length) : slot.min
}

const signedIn = (doc: DocumentState, slot: SignatureSlot): number =>
  doc.signatures.filter((x) => x.role === slot.role).length

/** Signature slots that are not yet filled, each with how many are still wanted. */
export const openSlots = (
  doc: DocumentState,
  definition: DocumentDefinition,
): { slot: SignatureSlot; want: number }[] =>
  definition.signatures
    .map((slot) => ({ slot, want: neededIn(slot, doc.data) - signedIn(doc, slot) }))
    .filter((x) => x.want > 0)

/** A slot that asks for nobody, like a witness's, takes one who is there. */
export const takesSignature = (doc: DocumentState, slot: SignatureSlot): boolean =>
  isAsked(slot, doc.data) && signedIn(doc, slot) < Math.max(1, neededIn(slot, doc.data))

/** All opinions and signatures are there: the document may be issued. */
export const isComplete = (
  doc: DocumentState,
  definition: DocumentDefinition,
  ranks: readonly Rank[],
): boolean =>
  doc.status === 'submitted' && nextRank(doc, ranks) === undefined && openSlots(doc, definition).length === 0
