import * as approvals from '@liuhen/api/routes/approvals'
import * as routes from '@liuhen/api/routes/documents'
import * as copies from '@liuhen/api/routes/paper-copies'
import * as service from '@liuhen/api/routes/service'
import { isRefusal } from '@liuhen/domain/refusal'
import type { CaseCommand } from '../case-stream/act-on-case.ts'
import { bind, type Binding, type Context } from '../http/binding.ts'
import {
  approveDocument,
  retractService,
  returnDocument,
  serveDocument,
  signDocument,
  submitDocument,
  voidDocument,
} from './change-document.ts'
import { documentSealsOf } from './document-seals.ts'
import { documentVersions } from './document-versions.ts'
import { saveDraft } from './drafts.ts'
import { earlierPapers } from './earlier-papers.ts'
import { getForm } from './get-form.ts'
import { myApprovals } from './my-approvals.ts'
import { openDocx, openOfd } from './open-copy.ts'
import { openFingermark } from './open-fingermark.ts'
import { openLabels } from './open-labels.ts'
import { openPdf } from './open-pdf.ts'
import { previewDocument } from './preview-document.ts'
import type { RenderDeps } from './render-document.ts'
import { serviceOutlookOf } from './service-outlook.ts'
import { documentRenderingOf } from './rendering.ts'

const commandOf = ({ commandId, actor }: Context, params: { id: string }, what: string): CaseCommand => ({
  commandId,
  actor,
  caseId: params.id,
  what,
})

const forms = (deps: RenderDeps): readonly Binding[] => [
  bind(routes.getForm, ({ actor }, { params, query }) =>
    getForm(deps, actor, { ...query, caseId: params.id, type: params.type }),
  ),
  bind(routes.earlierPapers, ({ actor }, { params }) =>
    earlierPapers(deps, actor, { caseId: params.id, type: params.type }),
  ),
  bind(routes.saveDraft, ({ actor }, { params, body }) =>
    saveDraft(deps, actor, { ...body, caseId: params.id, type: params.type }),
  ),
  bind(routes.previewDocument, async ({ actor }, { params, body }) => {
    const { data, documentId } = body
    const bytes = await previewDocument(deps, actor, {
      caseId: params.id,
      type: params.type,
      data,
      documentId,
    })
    return isRefusal(bytes) ? bytes : { bytes, sizeBytes: bytes.length }
  }),
]

const commands = (deps: RenderDeps): readonly Binding[] => [
  bind(routes.submitDocument, (c, { params, body }) =>
    submitDocument(deps, commandOf(c, params, 'submitDocument'), body),
  ),
  bind(routes.approveDocument, (c, { params, body }) =>
    approveDocument(deps, commandOf(c, params, 'approveDocument'), {
      ...body,
      documentId: params.documentId,
    }),
  ),
  bind(routes.returnDocument, (c, { params, body }) =>
    returnDocument(deps, commandOf(c, params, 'returnDocument'), { ...body, documentId: params.documentId }),
  ),
  bind(routes.voidDocument, (c, { params, body }) =>
    voidDocument(deps, commandOf(c, params, 'voidDocument'), { ...body, documentId: params.documentId }),
  ),
  bind(routes.signDocument, (c, { params, body }) =>
    signDocument(deps, commandOf(c, params, 'signDocument'), { ...body, documentId: params.documentId }),
  ),
  bind(service.serveDocument, (c, { params, body }) =>
    serveDocument(deps, commandOf(c, params, 'serveDocument'), { ...body, documentId: params.documentId }),
  ),
  bind(service.retractService, (c, { params, body }) =>
    retractService(deps, commandOf(c, params, 'retractService'), {
      ...body,
      documentId: params.documentId,
    }),
  ),
]

export const documentBindings = (deps: RenderDeps): readonly Binding[] => [
  ...forms(deps),
  ...commands(deps),
  bind(routes.documentPdf, async ({ actor }, { params }) => {
    const pdf = await openPdf(deps, actor, params.id, params.documentId)
    if (isRefusal(pdf)) return pdf
    const { stream: bytes, sizeBytes, sha256 } = pdf
    return { bytes, sizeBytes, headers: { etag: `"${sha256}"` } }
  }),
  bind(service.serviceOutlook, ({ actor }, { params, query: { officers, ...query } }) =>
    serviceOutlookOf(deps, actor, {
      ...query,
      caseId: params.id,
      documentId: params.documentId,
      officerIds: officers.split(',').filter((id) => id !== ''),
    }),
  ),
  bind(routes.documentVersions, ({ actor }, { params }) =>
    documentVersions(deps, actor, { caseId: params.id, documentId: params.documentId }),
  ),
  bind(copies.documentDocx, async ({ actor }, { params }) => {
    const copy = await openDocx(deps, actor, { caseId: params.id, documentId: params.documentId })
    return isRefusal(copy) ? copy : { ...copy, sizeBytes: copy.bytes.length }
  }),
  bind(copies.documentOfd, async ({ actor }, { params }) => {
    const copy = await openOfd(deps, actor, { caseId: params.id, documentId: params.documentId })
    return isRefusal(copy) ? copy : { ...copy, sizeBytes: copy.bytes.length }
  }),
  bind(routes.documentFingermark, async ({ actor }, { params: { id: caseId, documentId, n } }) => {
    const bytes = await openFingermark(deps, actor, { caseId, documentId, n })
    return isRefusal(bytes) ? bytes : { bytes, sizeBytes: bytes.length }
  }),
  bind(copies.documentLabels, async ({ actor }, { params: { id: caseId, documentId } }) => {
    const bytes = await openLabels(deps, actor, { caseId, documentId })
    return isRefusal(bytes) ? bytes : { bytes, sizeBytes: bytes.length }
  }),
  bind(routes.documentSeals, ({ actor }, { params }) =>
    documentSealsOf(deps, actor, params.id, params.documentId),
  ),
  bind(routes.documentRendering, ({ actor }, { params }) =>
    documentRenderingOf(deps, actor, params.id, params.documentId),
  ),
  bind(approvals.myApprovals, ({ actor }) => myApprovals(deps, actor)),
]
