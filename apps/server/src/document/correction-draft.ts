import { JsonRecord } from '@liuhen/domain/case/events'
import { evaluateCase, findStep } from '@liuhen/domain/case/gate'
import { correctedBy, pendingCorrection } from '@liuhen/domain/document/correction'
import { changesField, computedFields } from '@liuhen/domain/document/differences'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { OpenedCase } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'
import { type DraftKey, findDraft } from './drafts.ts'

type At = Pick<OpenedCase, 'state' | 'law' | 'now'>

/** The issued paper that the one in this form is to correct. */
export const originalOf = (c: At, key: DraftKey): DocumentState | undefined => {
  const view = findStep(evaluateCase(c.state, { law: c.law, now: c.now }), key.step)
  return view === undefined ? undefined : correctedBy(c.state, key, view)
}

export type Original = Readonly<{
  id: string
  data: JsonRecord
  approval: {
    type: string
    name: string
    state: 'none' | 'submitted' | 'returned' | 'issued'
    documentId?: string
  }
}>

/** The same as the form is told of it, with how far the approval of the correction has come. */
export const originalIn = (c: At, key: DraftKey): Original | undefined => {
  const original = originalOf(c, key)
  const view = findStep(evaluateCase(c.state, { law: c.law, now: c.now }), key.step)
  if (original === undefined || view?.corrects === undefined) return undefined
  const type = view.corrects
  const last = Object.values(c.state.documents).findLast(
    (d) => d.type === type && d.about === original.id && d.status !== 'voided',
  )
  const approval = {
    type,
    name: c.law.document(type)?.name ?? type,
    ...(last === undefined || last.status === 'voided'
      ? { state: 'none' as const }
      : { state: last.status, documentId: last.id }),
  }
  return { id: original.id, data: JsonRecord.parse(original.data), approval }
}

/**
 * What the correction is to say by now: its draft; of one that was returned the draft of its next version, or what it
 * said. A correction that was submitted and waits says nothing new, so no second approval is written for it.
 */
const typedIn = async (
  tx: Tx,
  c: At,
  place: Pick<DraftKey, 'caseId' | 'step'>,
  original: DocumentState,
): Promise<JsonRecord | undefined> => {
  const { type, id: about } = original
  const pending = pendingCorrection(c.state, about)
  if (pending?.status !== 'returned') return (await findDraft(tx, { ...place, type, about }))?.data
  const again = await findDraft(tx, { ...place, type, documentId: pending.id })
  return again?.data ?? JsonRecord.parse(pending.data)
}

/**
 * What nobody types: the places in which the drafted correction differs from the paper that it corrects, as the form that
 * approves a correction keeps them.
 */
export const computedIn = async (
  tx: Tx,
  c: At,
  definition: DocumentDefinition,
  key: DraftKey,
): Promise<JsonRecord> => {
  const field = changesField(definition)
  const about = key.about ?? c.state.documents[key.documentId ?? '']?.about
  const original = about === undefined ? undefined : c.state.documents[about]
  const form = original === undefined ? undefined : c.law.document(original.type)
  if (field === undefined || original === undefined || form === undefined) return {}
  const { caseId, step } = key
  const typed = await typedIn(tx, c, { caseId, step }, original)
  return JsonRecord.parse(computedFields(definition, form, original.data, typed))
}
