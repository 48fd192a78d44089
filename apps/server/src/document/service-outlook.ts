import type { ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/service'
import { told } from '@liuhen/api/schema/evaluation'
import { serviceOutlook } from '@liuhen/domain/document/service-outlook'
import type { Actor } from '@liuhen/domain/event'
import { noDocument } from '@liuhen/domain/document/decide'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { type CaseDeps, openCase } from '../case-stream/open-case.ts'
import { findPeople } from '../case-stream/people.ts'
import { withAgency } from '../postgres/transaction.ts'

type Asked = Readonly<{
  caseId: string
  documentId: string
  mode: string
  servedAt: Instant
  officerIds: readonly string[]
  party?: string | undefined
}>

/** What the service dialog shows before anything is registered. */
export const serviceOutlookOf = async (
  deps: CaseDeps,
  actor: Actor,
  { caseId, documentId, officerIds, mode, servedAt, party }: Asked,
): Promise<ResponseOf<typeof routes.serviceOutlook> | Refusal> => {
  const c = await openCase(deps, actor, caseId)
  if (isRefusal(c)) return c
  const people = await withAgency(deps.store, actor.agencyId, (tx) => findPeople(tx, officerIds))
  if ('refused' in people) return people
  const doc = c.state.documents[documentId]
  if (doc === undefined) return noDocument
  if (doc.status !== 'issued') return refuse('wrong-state', '文书还没有签发', '签发以后再登记送达')
  const { reasons, begins, fulfils, ...rest } = serviceOutlook(
    c.state,
    doc,
    present({ mode, servedAt, by: people.map((p) => ({ ...p, as: 'officer' })), party }),
    {
      law: c.law,
      now: c.now,
      actor,
    },
  )
  const against = told(reasons)
  return {
    ...rest,
    reasons: against === true ? [] : against,
    begins: begins.map((one) => ({ ...one, citations: [...one.citations] })),
    fulfils: [...fulfils],
  }
}
