import type { Instant } from '@liuhen/law/fact'
import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { fieldsOf } from '../document/form-data.ts'
import type { Actor } from '../event.ts'
import { type Decision, refuse } from '../refusal.ts'
import type { AgencyEvent } from './events.ts'
import type { AgencyState } from './state.ts'

/** The phrases of an agency for one field of one paper, in their order; who kept them last, and when. */
export type PhraseList = Readonly<{
  document: string
  field: string
  phrases: readonly string[]
  keptBy: string
  keptAt: Instant
}>

/** In the place of a field: what those say who approve such a paper. No field is named so, since its id has no hyphen. */
export const OPINION = 'approval-opinion'

/** Somebody above the handler approves it. */
export const takesOpinions = ({ approvals }: DocumentDefinition): boolean =>
  !Array.isArray(approvals) || approvals.some((rank) => rank !== 'handler')

/** Phrases belong to fields in which somebody writes sentences. */
export const takesPhrases = (field: Field): boolean => field.kind === 'dialogue' || field.kind === 'longtext'

export type PhrasesContext = Readonly<{
  now: Instant
  actor: Actor
  document: (type: string) => DocumentDefinition | undefined
}>

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

const isPlace = (definition: DocumentDefinition | undefined, place: string): boolean => {
  if (definition === undefined) return false
  if (place === OPINION) return takesOpinions(definition)
  const field = fieldsOf(definition).find((one) => one.id === place)
  return field !== undefined && takesPhrases(field)
}

/** The whole list for one field; an empty one takes it back. A list that is as it was is not written again. */
export const keepPhrases = (
  state: AgencyState,
  asked: Readonly<{ document: string; field: string; phrases: readonly string[] }>,
  { now, actor, document }: PhrasesContext,
): Decision<AgencyEvent> => {
  if (state.status === 'none') return refuse('not-found', '本机关还没有登记。', '请先登记机关。')
  if (!actor.roles.includes('system-admin'))
    return refuse('not-permitted', '常用语由本机关的系统管理员维护。', '请联系系统管理员办理。')
  if (!isPlace(document(asked.document), asked.field))
    return refuse('not-found', '没有这种文书，或者这一栏不用常用语。', '请从列表中选择文书和栏目。')
  const phrases = [...new Set(asked.phrases.map((one) => one.trim()).filter((one) => one !== ''))]
  const before = state.phrases.find((one) => one.document === asked.document && one.field === asked.field)
  if (sameList(phrases, before?.phrases ?? []))
    return refuse('wrong-state', '常用语没有改动。', '改动以后再保存。')
  return [
    {
      type: 'PhrasesKept',
      schemaVersion: 1,
      occurredAt: now,
      data: { public: { document: asked.document, field: asked.field }, internal: { phrases } },
    },
  ]
}
