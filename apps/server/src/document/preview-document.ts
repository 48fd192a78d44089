import { JsonRecord } from '@liuhen/domain/case/events'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { canonicalJson } from '@liuhen/ledger/canonical'
import { getAgency } from '../case-stream/agency.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import { filmsIn } from '../case-stream/case-films.ts'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import type { Renderer } from '../pdf/render.ts'
import { RenderError } from '../pdf/render-error.ts'
import { withAgency } from '../postgres/transaction.ts'
import { postersOf, printsPhotos, readPictures } from './pictures.ts'
import { previewInput } from './render-input.ts'

export type PreviewDeps = CaseDeps & Readonly<{ renderer: Pick<Renderer, 'render'>; blobs: BlobDeps }>

/** What is wrong with the text is for its author to mend; everything else is an outage. */
const unprintable = (error: unknown): Refusal => {
  if (!(error instanceof RenderError) || error.code !== 'missing-glyph') throw error
  return refuse('incomplete', error.message, '请核对用字后重新预览。')
}

type Preview = Readonly<{ caseId: string; type: string; data: JsonRecord; documentId?: string | undefined }>

/** The submitted paper that is looked at: the one named, or the one that says exactly this. */
const submittedAs = (documents: readonly DocumentState[], p: Preview): DocumentState | undefined => {
  const waiting = documents.filter((d) => d.type === p.type && d.status === 'submitted')
  if (p.documentId !== undefined) return waiting.find((d) => d.id === p.documentId)
  const said = canonicalJson(p.data)
  return waiting.find((d) => canonicalJson(JsonRecord.parse(d.data)) === said)
}

/** The form as it would be printed, unfinished or not; a submitted paper with what was said of it. Nothing is recorded. */
export const previewDocument = async (
  deps: PreviewDeps,
  actor: Actor,
  p: Preview,
): Promise<Uint8Array | Refusal> => {
  const found = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, p.caseId)
    if (isRefusal(c)) return c
    const definition = c.law.document(p.type)
    if (definition === undefined) return refuse('not-found', '没有这种文书。', '请从本环节的文书列表中选择。')
    const agency = await getAgency(tx, actor.agencyId)
    const paper = { c, agency, definition, clock: deps.store.clock.kind }
    const films = printsPhotos(definition) ? await filmsIn(tx, c.state, actor) : undefined
    return {
      input: previewInput(paper, p.data, submittedAs(Object.values(c.state.documents), p)),
      posters: films === undefined ? new Map() : await postersOf(tx, c, definition, p.data, films),
    }
  })
  if (isRefusal(found)) return found
  const pictures = await readPictures(deps.blobs, found.posters)
  return deps.renderer.render({ ...found.input, pictures }).then(({ bytes }) => bytes, unprintable)
}
