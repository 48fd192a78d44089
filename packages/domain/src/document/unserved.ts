import { addresseesOf } from '@liuhen/law/addressees'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { DocumentState } from './state.ts'

type Named = Pick<DocumentDefinition, 'servedOn'>

/** Those whom the paper names as the ones on whom it is served, where there are several; empty where it is one, or the party of the case. */
export const severalOn = ({ data }: Pick<DocumentState, 'data'>, definition: Named): readonly string[] => {
  const names = addresseesOf(definition, data)
  return names.length > 1 ? names : []
}

/** Of several on whom the paper is served, who has not received it yet. */
export const unservedOf = (
  doc: Pick<DocumentState, 'data' | 'status' | 'served'>,
  definition: Named,
): readonly string[] => {
  if (doc.status !== 'issued') return []
  const had = new Set(doc.served.map(({ party, recipient = '' }) => party ?? recipient.trim()))
  return severalOn(doc, definition).filter((name) => !had.has(name))
}
