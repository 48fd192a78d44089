import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { DocumentView } from '@liuhen/api/schema/document-view'

type Signed = Pick<DocumentView, 'state' | 'approvals' | 'signatures' | 'pdf'>

/** Every opinion and signature is there, and the archival PDF is on its way. */
export const awaitsPdf = (document: Signed): boolean =>
  document.pdf === undefined &&
  document.state !== 'returned' &&
  document.state !== 'voided' &&
  document.approvals.every((a) => a.state === 'approved') &&
  document.signatures.every((s) => s.got.length >= s.need)

type Kept = Pick<DocumentView, 'audience' | 'data'>

/** Of some kinds each volume has one: then the paper itself says which. */
export function volumeOf(document: Kept, definition: DocumentDefinition | undefined): 'main' | 'sub' {
  const said = definition?.volumeField === undefined ? undefined : document.data[definition.volumeField]
  return said === 'main' || said === 'sub' ? said : document.audience
}

type Slot = Pick<DocumentView['signatures'][number], 'role' | 'label'>

/** Who is likely to sign for the party: whom the form names in the very words of the slot (现场负责人), else the party. */
export function likelySigner(
  slot: Slot,
  document: Pick<DocumentView, 'data'>,
  definition: DocumentDefinition | undefined,
  party: string | undefined,
): string | undefined {
  if (slot.role !== 'party' && slot.role !== 'recipient') return undefined
  const named = definition?.sections
    .flatMap((section) => section.fields)
    .find((field) => field.kind === 'text' && slot.label.includes(field.label))
  const value = named && document.data[named.id]
  return typeof value === 'string' && value !== '' ? value : party
}

/** Whom the form itself names as the one who signs here: who received the paper for the party. */
export function namedSigner(
  slot: Slot,
  { data }: Pick<DocumentView, 'data'>,
  definition: Pick<DocumentDefinition, 'signatures'> | undefined,
): string | undefined {
  const field = definition?.signatures.find((s) => s.role === slot.role && s.label === slot.label)?.named
  const value = field === undefined ? undefined : data[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}
