import type { DocumentDefinition } from '@liuhen/law/document-definition'

/** Whoever approves what goes to the public acts in this capacity; the paper that they approve is what is published. */
const REVIEWER = 'disclosure-reviewer'

export const isForPublic = (definition: Pick<DocumentDefinition, 'approvedAs'> | undefined): boolean =>
  definition?.approvedAs === REVIEWER
