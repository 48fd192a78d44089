import { z } from 'zod'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { recordRendering } from '@liuhen/domain/document/decide'
import { qrText } from '@liuhen/domain/document/qr-text'
import type { DocumentState } from '@liuhen/domain/document/state'
import { present } from '@liuhen/domain/present'
import { isRefusal } from '@liuhen/domain/refusal'
import { putBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import {
  evolveFolded,
  type FoldedCase,
  initialFolded,
  type RecordedCaseEvent,
} from '../case-stream/folded-case.ts'
import { boundLaw, loadCaseIn } from '../case-stream/open-case.ts'
import { execute } from '../event-store/execute.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import type { PreviewDeps } from './preview-document.ts'
import { postersOf, readPictures } from './pictures.ts'
import { issuedInput } from './render-input.ts'
import type { Renderer } from '../pdf/render.ts'
import { type SealingDeps, sealPaper } from '../seal/seal-paper.ts'
import { keysFor } from './sealing-keys.ts'

export const RenderDocument = z.object({ agencyId: z.string(), caseId: z.string(), documentId: z.string() })
export type RenderDocument = z.infer<typeof RenderDocument>

export type RenderDeps = PreviewDeps &
  SealingDeps &
  Readonly<{
    renderer: Pick<Renderer, 'drawLabels' | 'drawCopyMark'>
    /** Public page where a paper is checked, printed into its square. */
    portalUrl?: string
  }>

/** With the log's own signature alone: the lines of witnesses would fill the square, and are found by size on the log's page. */
const latestCheckpoint = async (tx: Tx): Promise<string | undefined> => {
  const { rows } = await tx.query<{ note: string }>(
    'SELECT note FROM log.checkpoint ORDER BY size DESC LIMIT 1',
  )
  return rows[0]?.note
}

/** The issued document with everything that its paper shows; nothing when the paper is made already. */
const paperOf = (deps: RenderDeps, job: RenderDocument) =>
  withAgency(deps.store, job.agencyId, async (tx) => {
    const c = await loadCaseIn(deps, tx, job.caseId, await deps.store.clock.now())
    const doc = c?.state.documents[job.documentId]
    if (c === undefined || doc === undefined) throw new Error(`no document ${job.documentId}`)
    if (doc.pdf !== undefined || doc.status === 'voided') return undefined
    const checkpoint = await latestCheckpoint(tx)
    return { c, doc, checkpoint, agency: await getAgency(tx, job.agencyId) }
  })

const qrOf = (deps: RenderDeps, doc: DocumentState, checkpoint: string | undefined): string =>
  qrText(present({ documentId: doc.id, number: doc.number, checkpoint, portal: deps.portalUrl }))

const record = async (
  deps: RenderDeps,
  job: RenderDocument,
  made: Parameters<typeof recordRendering>[1],
): Promise<void> => {
  const outcome = await execute<FoldedCase, CaseEvent>(deps.store, {
    commandId: derivedId('render-document', job.documentId),
    agencyId: job.agencyId,
    actor: systemActor(job.agencyId),
    streamType: 'case',
    streamId: job.caseId,
    what: 'render-document',
    initial: initialFolded,
    evolve: (s, e: RecordedCaseEvent) => evolveFolded(s, e),
    decide: (folded, { now }) => recordRendering(folded.state, made, { now }),
  })
  if (isRefusal(outcome)) throw new Error(outcome.reasons[0]?.message)
}

/**
 * Makes the archival PDF of an issued document, with the definition as it was when the document was submitted, keeps it,
 * and records it. May run again at any point: bytes that nobody records are found by reconciliation.
 */
export const renderDocument = async (deps: RenderDeps, job: RenderDocument): Promise<void> => {
  const paper = await paperOf(deps, job)
  if (paper === undefined) return
  const { c, doc, checkpoint, agency } = paper
  const then = { ...c, ...boundLaw(deps, c.state, doc.submittedAt) }
  const definition = then.law.document(doc.type)
  if (definition === undefined) throw new Error(`no definition of ${doc.type} on ${doc.submittedAt}`)
  const facing = { c: then, agency, definition, clock: deps.store.clock.kind }
  const posters = await withAgency(deps.store, job.agencyId, (tx) => postersOf(tx, c, definition, doc.data))
  const { agencyKey, officers } = await keysFor(deps.seals, { agency, doc, definition })
  const agencyToSign = typeof agencyKey === 'object' ? agencyKey : undefined
  const qr = qrOf(deps, doc, checkpoint)
  const rendered = await deps.renderer.render({
    ...issuedInput(facing, doc, { qr, sealedByKey: agencyToSign !== undefined }),
    pictures: await readPictures(deps.blobs, posters),
  })
  const sealed = await sealPaper(deps, {
    paper: rendered,
    at: doc.issuedAt ?? c.now,
    officers,
    agency: agencyToSign,
    note: deps.store.clock.kind === 'simulated' ? '演示' : '',
  })
  const { sha256, sizeBytes, mime } = await putBlob(deps.blobs, sealed.bytes, 'application/pdf')
  const made = {
    documentId: doc.id,
    blob: { sha256, sizeBytes, mime },
    pages: rendered.pages,
    checkpoint,
    sealing: sealed.sealing,
    notSealed: typeof agencyKey === 'string' ? agencyKey : undefined,
  }
  await record(deps, job, present(made))
}
