import * as approvals from '@liuhen/api/routes/approvals'
import * as routes from '@liuhen/api/routes/documents'
import * as copies from '@liuhen/api/routes/paper-copies'
import * as service from '@liuhen/api/routes/service'
import { isRefusal } from '@liuhen/domain/refusal'
import { bind, type Binding } from '../http/binding.ts'
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
  bind(routes.submitDocument, ({ command }, { params, body }) =>
    submitDocument(deps, { ...command, caseId: params.id }, body),
  ),
  bind(routes.approveDocument, ({ command }, { params, body }) =>
    approveDocument(
      deps,
      { ...command, caseId: params.id },
      {
        ...body,
        documentId: params.documentId,
      },
    ),
  ),
  bind(routes.returnDocument, ({ command }, { params, body }) =>
    returnDocument(deps, { ...command, caseId: params.id }, { ...body, documentId: params.documentId }),
  ),
  bind(routes.voidDocument, ({ command }, { params, body }) =>
    voidDocument(deps, { ...command, caseId: params.id }, { ...body, documentId: params.documentId }),
  ),
  bind(routes.signDocument, ({ command }, { params, body }) =>
    signDocument(deps, { ...command, caseId: params.id }, { ...body, documentId: params.documentId }),
  ),
  bind(service.serveDocument, ({ command }, { params, body }) =>
    serveDocument(deps, { ...command, caseId: params.id }, { ...body, documentId: params.documentId }),
  ),
  bind(service.retractService, ({ command }, { params, body }) =>
    retractService(
      deps,
      { ...command, caseId: params.id },
      {
        ...body,
        documentId: params.documentId,
      },
    ),
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
