import type { PartName } from '@liuhen/ledger/leaf'

/** What may be told of an event, judged by its type and the document that it is about. */
export type ToldEvent = Readonly<{ type: string; documentId?: string }>

const ALL: readonly PartName[] = ['public', 'internal', 'personal']

/** Public of themselves, and nothing else of them: opinions, strokes, officers' orders stay in the house. */
const PUBLIC_ONLY = new Set([
  'LeadRegistered',
  'RegisterOpened',
  'HandlersAssigned',
  'CaseNumbered',
  'StepBegun',
  'StepCompleted',
  'RecordingLinked',
  'SettingsAdopted',
  'CaseArchived',
  'DisclosurePublished',
  'DisclosureWithdrawn',
  'PackageExported',
  'RecordingStored',
  'ContentShredded',
])

/** Papers of the main volume: the party holds them anyway, so the form's data may be compared with the paper. */
const ofPaper = (type: string): readonly PartName[] =>
  type === 'DocumentSubmitted' ? ['public', 'internal'] : ['public']

/**
 * Parts of an event that this recipient may read. A party gets the public part of what concerns them, their own
 * particulars, and the data of the main volume's papers; of the sub volume (副卷) not even that a paper exists by name.
 * An unknown type tells nothing. What is left out stays committed: the leaf is in the package all the same.
 */
export const disclosedParts = (
  audience: 'whole' | 'party',
  event: ToldEvent,
  mainDocuments: ReadonlySet<string>,
): readonly PartName[] => {
  if (audience === 'whole') return ALL
  if (event.type === 'PartyNamed') return ['public', 'personal']
  if (event.type.startsWith('Document'))
    return event.documentId !== undefined && mainDocuments.has(event.documentId) ? ofPaper(event.type) : []
  return PUBLIC_ONLY.has(event.type) ? ['public'] : []
}
