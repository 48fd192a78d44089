import { JsonRecord } from '@liuhen/domain/case/events'
import { publishDisclosure as decidePublication } from '@liuhen/domain/case/record'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { DisclosureLaw } from '@liuhen/domain/disclosure/disclosure-law'
import { summarise, type SummarySource } from '@liuhen/domain/disclosure/summary'
import { notInForce } from '@liuhen/domain/document/correction'
import type { DocumentState } from '@liuhen/domain/document/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { actOnCase, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import { getAgency } from '../case-stream/agency.ts'
import type { FileDeps } from '../case-file/file-law.ts'
import { PORTAL } from './project-disclosure.ts'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

const article = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return ''
  const title = text(Reflect.get(value, 'title')) ?? ''
  const named = title.startsWith('《') || title === '' ? title : `《${title}》`
  return `${named}${text(Reflect.get(value, 'article')) ?? ''}`
}

const basisOf = (value: unknown): string | undefined =>
  text(
    Array.isArray(value)
      ? value
          .map(article)
          .filter((a) => a !== '')
          .join('；')
      : value,
  )

type Paper = DisclosureLaw['paper']

const sourceOf = (
  s: OpenCase,
  { data }: DocumentState,
  of: Paper['elements'],
  agency: string,
): SummarySource => ({
  decisionNo: text(data[of.decisionNo]),
  decidedOn: text(data[of.decidedOn]),
  agency,
  party: s.party,
  maskedParty: text(data[of.party]),
  violation: text(data[of.violation]),
  penalty: text(data[of.penalty]),
  basis: basisOf(data[of.basis]),
  ...(s.informant === undefined ? {} : { informant: s.informant }),
})

const paperOf = (
  s: OpenCase,
  documentId: string,
  { type, name }: Readonly<{ type: string; name: string }>,
): DocumentState | Refusal => {
  const paper = s.documents[documentId]
  if (paper === undefined) return refuse('not-found', '没有找到公示摘要', '请从案件中重新打开')
  if (paper.type !== type) return refuse('wrong-state', '这份文书不是公示摘要', `请选择《${name}》`)
  return paper.status === 'issued'
    ? (notInForce(s, paper) ?? paper)
    : refuse('wrong-state', '公示摘要还没有经过审查签发', '请先完成公示摘要的审批')
}

/** Publishes the masked summary of an issued paper: the event, the public table and the portal's page are one act. */
export const publishDisclosure = (
  deps: FileDeps,
  c: CaseCommand,
  documentId: string,
  reason?: string,
): Promise<CaseDone | Refusal> =>
  actOnCase(deps, c, async ({ state, ctx, bound, tx }) => {
    const { type, elements } = deps.fileLaw.disclosure.paper
    const paper = paperOf(state, documentId, { type, name: bound.terms.documentName(type) })
    if (isRefusal(paper)) return paper
    const agency = await getAgency(tx, ctx.actor.agencyId)
    const made = summarise(sourceOf(state, paper, elements, agency.name))
    if (isRefusal(made)) return made
    const [summary] = made
    if (summary === undefined) throw new Error('a summary was made')
    const published = {
      disclosureId: ctx.newId(),
      documentId,
      summary: JsonRecord.parse(summary),
      channel: bound.terms.publishedBy ?? PORTAL,
    }
    return decidePublication(state, published, ctx, reason)
  })
