import { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import type { CaseDeps } from '../apps/server/src/case-stream/open-case.ts'
import { approveDocument, signDocument, submitDocument } from '../apps/server/src/document/change-document.ts'
import { getForm } from '../apps/server/src/document/get-form.ts'
import { command, type Crew, done } from './test-filing.ts'

export const STROKES = [
  [
    { x: 1, y: 2, t: 0 },
    { x: 30, y: 40, t: 16 },
  ],
]

export type Paper = Readonly<{
  type: string
  step: string
  about?: string
  data: JsonRecord
  /** Who from outside signs it, on the pad. */
  outside?: readonly string[]
}>

/** The form as it opens, and what is typed over it, submitted. */
export const submitPaper = async (
  deps: CaseDeps,
  who: Actor,
  caseId: string,
  { type, step, about, data }: Paper,
) => {
  const at = { type, step, ...(about === undefined ? {} : { about }) }
  const form = await getForm(deps, who, { caseId, ...at })
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  const sent = { ...at, data: JsonRecord.parse({ ...form.data, ...data }) }
  return { form, outcome: await submitDocument(deps, command(who, caseId), sent) }
}

/** From the form to the issue: submitted, approved, signed by as many officers as it asks for and by those from outside. */
export const makePaper = async (
  deps: CaseDeps,
  crew: Crew,
  caseId: string,
  paper: Paper,
): Promise<string> => {
  const { form, outcome } = await submitPaper(deps, crew.officer, caseId, paper)
  const { id: documentId = '' } = done(outcome)
  const by = (who: Actor) => command(who, caseId)
  const ranks = [form.definition.approvals].flat().filter((rank) => rank !== 'handler')
  for (const rank of ranks) {
    const who = rank === 'unit-head' ? crew.head : crew.chief
    done(await approveDocument(deps, by(who), { documentId, opinion: '同意' }))
  }
  for (const role of paper.outside ?? [])
    done(await signDocument(deps, by(crew.officer), { documentId, role, name: '李某', strokes: STROKES }))
  const own = form.definition.signatures.find((s) => s.role === 'officer')?.min ?? 0
  for (const who of [crew.officer, crew.partner].slice(0, own)) {
    const signed = { documentId, role: 'officer', personId: who.personId ?? '', strokes: STROKES }
    done(await signDocument(deps, by(who), signed))
  }
  return documentId
}

const LAW = [{ title: '中华人民共和国消防法', article: '第二十八条' }]

/** What an officer types in an order to correct. */
export const ORDERED: JsonRecord = {
  facts: '占用消防车通道',
  violated: LAW,
  basis: LAW,
  mode: 'within',
  deadline: '2026-03-20',
  demand: '恢复畅通',
  contactPhone: '027-83000000',
}
