import type { ResponseOf } from '@liuhen/api/route'
import type { documentRendering } from '@liuhen/api/routes/documents'
import type { Actor } from '@liuhen/domain/event'
import { noDocument } from '@liuhen/domain/document/decide'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'

type Rendering = ResponseOf<typeof documentRendering>
type Row = { attempts: number; failed: boolean; given_up: boolean; next_at: Date }

/** How the making of a document's archival PDF stands: what fails is told to whoever waits for it. */
export const documentRenderingOf = (
  deps: CaseDeps,
  actor: Actor,
  caseId: string,
  documentId: string,
): Promise<Rendering | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return noDocument
    if (doc.pdf !== undefined) return { state: 'made', attempts: 1 }
    if (doc.status !== 'issued')
      return refuse('wrong-state', '文书还没有制发，没有存档 PDF。', '请先完成审批和签名，或者使用预览。')
    const { rows } = await tx.query<Row>('SELECT * FROM queue.standing($1)', [`render:${documentId}`])
    const [job] = rows
    if (job === undefined || !job.failed) return { state: 'waiting', attempts: job?.attempts ?? 0 }
    const { attempts, given_up, next_at } = job
    return given_up
      ? { state: 'given-up', attempts }
      : { state: 'retrying', attempts, nextAt: next_at.toISOString() }
  })
