import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { isEmpty } from './form-data.ts'
import type { DocumentState } from './state.ts'

type Documents = Readonly<Record<string, DocumentState>>

/**
 * Whether both are of one person; without fields that tell people apart, they are. The first field is the name, which several
 * may bear and which may be written wrong: where both tell a number, it decides.
 */
const sameSubject = (a: DocumentState, b: DocumentState, subject: DocumentDefinition['subject']): boolean => {
  if (subject === undefined) return true
  const told = (id: string) => !isEmpty(a.data[id]) && !isEmpty(b.data[id])
  const same = (id: string) => a.data[id] === b.data[id]
  const [name, ...numbers] = subject
  const numbered = numbers.filter(told)
  return numbered.length > 0 ? numbered.every(same) : name !== undefined && told(name) && same(name)
}

/**
 * The paper itself, and those that were voided before it in its place, the first first: it was made anew from them. Another
 * person's paper stands in a place of its own, and so does what came before one that was not voided.
 */
export const lineageOf = (
  documents: Documents,
  paper: DocumentState,
  definition: Pick<DocumentDefinition, 'subject'> | undefined,
): readonly DocumentState[] => {
  const place = Object.values(documents)
    .filter((d) => d.type === paper.type && d.step === paper.step && d.about === paper.about)
    .filter((d) => sameSubject(d, paper, definition?.subject))
  const before = place.slice(
    0,
    place.findIndex((d) => d.id === paper.id),
  )
  const lastKept = before.findLastIndex((d) => d.status !== 'voided')
  return [...before.slice(lastKept + 1), paper]
}
