import type { DocumentView } from '@liuhen/api/schema/document-view'
import { told } from '@liuhen/api/schema/evaluation'
import { effectCan } from '@liuhen/domain/document/correction'
import { type Difference, differencesOf } from '@liuhen/domain/document/differences'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Viewing } from './document-view.ts'

const changesIn = (one: DocumentState, other: DocumentState | undefined, v: Viewing): Difference[] => {
  const definition = v.law.document(one.type)
  return definition === undefined || other === undefined
    ? []
    : differencesOf(definition, one.data, other.data)
}

/** What the law still wants before the correction takes the earlier paper's place. */
const wantedOf = (doc: DocumentState, v: Viewing) => {
  if (v.now === undefined || doc.status !== 'issued') return []
  const reasons = told(effectCan(v.state, doc, { law: v.law, now: v.now, actor: v.actor }))
  return reasons === true ? [] : reasons
}

/** What a correction and the paper that it corrects say of each other. */
export const correctionView = (
  doc: DocumentState,
  v: Viewing,
): Pick<DocumentView, 'corrects' | 'corrected' | 'changes'> => {
  const { documents } = v.state
  const original = doc.corrects === true ? documents[doc.about ?? ''] : undefined
  if (original !== undefined) {
    const effectAt = original.corrected?.by === doc.id ? original.corrected.at : undefined
    return {
      corrects: {
        id: original.id,
        ...(original.issuedOn === undefined ? {} : { issuedOn: original.issuedOn }),
        ...(doc.approvalId === undefined ? {} : { approvalId: doc.approvalId }),
        ...(effectAt === undefined ? {} : { effectAt }),
        wanted: effectAt === undefined ? wantedOf(doc, v) : [],
      },
      changes: changesIn(original, doc, v),
    }
  }
  if (doc.corrected === undefined) return {}
  return { corrected: doc.corrected, changes: changesIn(doc, documents[doc.corrected.by], v) }
}
