import type { ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/documents'
import { JsonRecord } from '@liuhen/domain/case/events'
import { hasEffect } from '@liuhen/domain/document/correction'
import { fieldsOf, isEmpty } from '@liuhen/domain/document/form-data'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { type CaseDeps, loadCaseIn, type OpenedCase, openCaseIn } from '../case-stream/open-case.ts'
import { visibleTo } from '../case-stream/visible-cases.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'

type Earlier = ResponseOf<typeof routes.earlierPapers>['items'][number]

/** So many cases are looked into, the latest first: what was decided long ago is no example. */
const LOOKED_INTO = 12

const idsOfCases = async (tx: Tx, c: OpenedCase, actor: Actor): Promise<readonly string[]> => {
  const seen = visibleTo(actor, 4)
  const { rows } = await tx.query<{ case_id: string }>(
    `SELECT c.case_id FROM app.case_row c
      WHERE c.procedure = $1 AND c.case_id <> $2 AND (${seen.sql}) ORDER BY c.updated_at DESC LIMIT $3`,
    [c.state.procedure, c.caseId, LOOKED_INTO, ...seen.values],
  )
  return rows.map((r) => r.case_id)
}

/** What the definition says is the same from case to case; nothing of persons, whatever it says. */
const againOf = (definition: DocumentDefinition, d: DocumentState): JsonRecord => {
  const fields = fieldsOf(definition).filter((f) => f.again === true && f.compartment !== 'personal')
  const filled = fields.filter((f) => !isEmpty(d.data[f.id]))
  return JsonRecord.parse(Object.fromEntries(filled.map((f) => [f.id, d.data[f.id]])))
}

/** Of cases that the actor may read: the papers of this kind that were issued, the latest first. */
export const earlierPapers = (
  deps: CaseDeps,
  actor: Actor,
  asked: Readonly<{ caseId: string; type: string }>,
): Promise<Readonly<{ items: Earlier[] }> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, asked.caseId)
    if (isRefusal(c)) return c
    const definition = c.law.document(asked.type)
    if (definition === undefined) return refuse('not-found', '没有这种文书。', '请从本环节的文书列表中选择。')
    if (!fieldsOf(definition).some((f) => f.again === true)) return { items: [] }
    const items: Earlier[] = []
    for (const id of await idsOfCases(tx, c, actor)) {
      const other = await loadCaseIn(deps, tx, id, c.now)
      const papers = Object.values(other?.state.documents ?? {})
      // What was corrected is no example, and what corrects it only once it has effect.
      const stands = (p: DocumentState) =>
        p.corrected === undefined && (p.corrects !== true || (other && hasEffect(other.state, p)))
      for (const d of papers.filter((p) => p.type === asked.type && p.status === 'issued' && stands(p)))
        items.push(
          present({
            documentId: d.id,
            number: d.number,
            cause: other?.state.title ?? '',
            issuedAt: d.issuedAt,
            data: againOf(definition, d),
          }),
        )
    }
    return { items }
  })
