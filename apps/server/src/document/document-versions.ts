import type { DocumentVersion } from '@liuhen/api/routes/documents'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { growingFacts } from '@liuhen/domain/case/state'
import { lineageOf } from '@liuhen/domain/document/lineage'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { JsonRecord } from '@liuhen/domain/case/events'
import { evolveFolded, initialFolded, type RecordedCaseEvent } from '../case-stream/folded-case.ts'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import { withAgency } from '../postgres/transaction.ts'

const asSubmitted = (doc: DocumentState): DocumentVersion => ({
  documentId: doc.id,
  version: doc.version,
  submittedAt: doc.submittedAt,
  submittedBy: doc.submittedBy.name ?? '',
  data: JsonRecord.parse(doc.data),
})

/** What became of a version, by an event that followed it. */
const fateOf = (e: CaseEvent): Partial<DocumentVersion> => {
  switch (e.type) {
    case 'DocumentReturned':
      return {
        returned: { by: e.data.internal.by.name ?? '', at: e.occurredAt, opinion: e.data.internal.opinion },
      }
    case 'DocumentVoided':
      return {
        voided: { by: e.data.internal.by.name ?? '', at: e.occurredAt, reason: e.data.internal.reason },
      }
    case 'DocumentIssued':
      return present({ number: e.data.public.number })
    default:
      return {}
  }
}

const documentIdOf = (e: CaseEvent): string | undefined => {
  const data: Readonly<Record<string, unknown>> = e.data.public ?? {}
  return typeof data['documentId'] === 'string' ? data['documentId'] : undefined
}

/** Every text that was submitted of these papers, the first first, as the record holds it. */
const versionsIn = (events: readonly RecordedCaseEvent[], papers: ReadonlySet<string>): DocumentVersion[] => {
  const join = growingFacts()
  let folded = initialFolded
  const versions: DocumentVersion[] = []
  for (const event of events) {
    folded = evolveFolded(folded, event, join)
    const id = documentIdOf(event)
    if (id === undefined || !papers.has(id) || folded.state.kind === 'none') continue
    const doc = folded.state.documents[id]
    const last = versions.findLastIndex((v) => v.documentId === id)
    if (event.type === 'DocumentSubmitted' && doc !== undefined) versions.push(asSubmitted(doc))
    else if (versions[last] !== undefined) versions[last] = { ...versions[last], ...fateOf(event) }
  }
  return versions
}

/** All versions of a paper, and of those that were voided before it: what was submitted stays in the record. */
export const documentVersions = (
  deps: CaseDeps,
  actor: Actor,
  p: Readonly<{ caseId: string; documentId: string }>,
): Promise<{ versions: DocumentVersion[] } | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, p.caseId)
    if (isRefusal(c)) return c
    const paper = c.state.documents[p.documentId]
    if (paper === undefined) return refuse('not-found', '没有这份文书。', '请从案件的“文书”里打开。')
    const events = (await readStreamIn(tx, p.caseId)) as readonly RecordedCaseEvent[]
    const lineage = lineageOf(c.state.documents, paper, c.law.document(paper.type))
    return { versions: versionsIn(events, new Set(lineage.map((d) => d.id))) }
  })
