import { z } from 'zod'
import { NotSealed } from '@liuhen/domain/case/events'
import { GivenFingermark } from '@liuhen/domain/document/fingermark'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Done, Id } from '../schema/page.ts'
import { Citation } from '../schema/evaluation.ts'

const ofCase = z.object({ id: Id })
const ofDocument = z.object({ id: Id, documentId: Id })
const Data = z.record(z.string(), z.json())
/** Some 200 pages: a form that is longer is no form any more. */
const MAX_FORM_CHARS = 200_000
const Written = Data.refine(
  (data) => JSON.stringify(data).length <= MAX_FORM_CHARS,
  '表单内容超过20万字，没有保存。请删减文字；篇幅确实大的，分成几份文书制作，材料另作附件',
)
const writes = [
  'law-gate',
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'duplicate',
  'incomplete',
] as const

/** A missing element names its field; what the law says of the whole paper names none, and what to do. */
export const FormProblem = z.object({
  path: z.string(),
  effect: z.enum(['refuse', 'warn']),
  message: z.string(),
  todo: z.string().optional(),
  citations: z.array(Citation),
})

/** The form of a document in a case: its definition, the saved draft or what the case already knows, and what the law still wants. */
export const getForm = defineRoute({
  id: 'getForm',
  method: 'GET',
  path: '/cases/:id/forms/:type',
  title: '文书表单',
  tag: '文书',
  access: 'signed-in',
  params: ofCase.extend({ type: z.string() }),
  query: z.object({ step: z.string(), documentId: Id.optional(), about: Id.optional() }),
  response: z.object({
    definition: DocumentDefinition,
    data: Data,
    draft: z.object({ savedAt: Instant, revision: z.int(), by: z.string() }).optional(),
    citations: z.record(z.string(), z.array(Citation)),
    problems: z.array(FormProblem),
    /** The issued paper that this one is to correct. */
    original: z
      .object({
        id: z.string(),
        data: Data,
        /** The paper by which the correction is approved. */
        approval: z.object({
          type: z.string(),
          name: z.string(),
          state: z.enum(['none', 'submitted', 'returned', 'issued']),
          documentId: z.string().optional(),
        }),
      })
      .optional(),
    /** By field: the agency's own phrases. */
    phrases: z.record(z.string(), z.array(z.string())),
    /** By field: entries of the agency's registers that may be picked for it, amounts in fen. */
    picks: z.record(
      z.string(),
      z.array(
        z.object({
          show: z.array(z.union([z.string(), z.number()])),
          fill: z.record(z.string(), z.string()),
          /** The provision that the entry belongs to, as the register has it. */
          under: z.string().optional(),
        }),
      ),
    ),
  }),
  refusals: ['not-found', 'wrong-state'],
})
/** Earlier papers of this kind that the agency issued, and of each what is the same from case to case; the latest first. */
export const earlierPapers = defineRoute({
  id: 'earlierPapers',
  method: 'GET',
  path: '/cases/:id/forms/:type/earlier',
  title: '以前的同类文书',
  tag: '文书',
  access: 'signed-in',
  params: ofCase.extend({ type: z.string() }),
  response: z.object({
    items: z.array(
      z.object({
        documentId: z.string(),
        number: z.string().optional(),
        cause: z.string(),
        issuedAt: Instant.optional(),
        data: Data,
      }),
    ),
  }),
  refusals: ['not-found'],
})
/** Autosave. Not record. `revision` is the one the writer last saw; a newer one on the server answers stale-version. */
export const saveDraft = defineRoute({
  id: 'saveDraft',
  method: 'PUT',
  path: '/cases/:id/drafts/:type',
  title: '保存草稿',
  tag: '文书',
  access: 'signed-in',
  params: ofCase.extend({ type: z.string() }),
  body: z.object({
    step: z.string(),
    documentId: Id.optional(),
    /** What it is about: a paper about another thing is another draft. */
    about: Id.optional(),
    revision: z.int().min(0),
    data: Written,
  }),
  response: z.object({ revision: z.int(), savedAt: Instant, problems: z.array(FormProblem) }),
  refusals: ['stale-version', 'not-found', 'not-permitted', 'wrong-state', 'duplicate'],
})
export const previewDocument = defineRoute({
  id: 'previewDocument',
  method: 'POST',
  path: '/cases/:id/forms/:type/preview',
  title: '预览文书',
  tag: '文书',
  access: 'signed-in',
  params: ofCase.extend({ type: z.string() }),
  body: z.object({
    step: z.string(),
    data: Written,
    /** A paper that is submitted: shown with the opinions and signatures that it has so far. */
    documentId: Id.optional(),
  }),
  bytes: 'application/pdf',
  refusals: ['not-found', 'incomplete'],
})
export const submitDocument = defineRoute({
  id: 'submitDocument',
  method: 'POST',
  path: '/cases/:id/documents',
  title: '提交文书',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofCase,
  body: z.object({
    type: z.string(),
    step: z.string(),
    data: Written,
    /** A new version of a returned document. */
    documentId: Id.optional(),
    /** The document or recording it is about: 送达回证, 视听资料说明. */
    about: Id.optional(),
    /** It was written by hand on this numbered blank of the one who submits it. */
    preNumber: z.string().max(60).optional(),
    reason: z.string().max(500).optional(),
  }),
  response: Done,
  refusals: writes,
})
export const approveDocument = defineRoute({
  id: 'approveDocument',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/approve',
  title: '签署审批意见',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofDocument,
  body: z.object({ opinion: z.string().min(1, '请填写审批意见').max(1000) }),
  response: Done,
  refusals: writes,
})
export const returnDocument = defineRoute({
  id: 'returnDocument',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/return',
  title: '退回文书',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofDocument,
  body: z.object({ opinion: z.string().min(2, '请写明退回理由').max(1000) }),
  response: Done,
  refusals: writes,
})
/** 作废: by its author, before it is served and before anybody relied on it. Number and paper stay in the record. */
export const voidDocument = defineRoute({
  id: 'voidDocument',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/void',
  title: '作废文书',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofDocument,
  body: z.object({ reason: z.string().min(2, '请写明作废理由').max(500) }),
  response: Done,
  refusals: writes,
})
export const signDocument = defineRoute({
  id: 'signDocument',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/sign',
  title: '签名',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofDocument,
  body: z.object({
    role: z.string(),
    /** Name of a signer who has no account (当事人, 见证人). Whoever has an account signs in their own session, as `personId`. */
    name: z.string().max(60).optional(),
    personId: Id.optional(),
    strokes: z
      .array(
        z
          .array(z.object({ x: z.number(), y: z.number(), t: z.number(), p: z.number().optional() }))
          .max(5000),
      )
      .max(200)
      .optional(),
    /** Of somebody from outside the agency, beside the strokes. */
    fingermark: GivenFingermark.optional(),
    /** Whoever signs has the paper in hand: it is served with its issue. */
    handedOver: z.boolean().optional(),
    refusal: z
      .object({
        reason: z.string().min(2, '请写明拒签情况').max(500),
        witnesses: z.array(z.string().max(60)).max(5),
      })
      .optional(),
    signedAt: Instant.optional(),
    reason: z.string().max(500).optional(),
  }),
  response: Done,
  refusals: writes,
})
export const documentPdf = defineRoute({
  id: 'documentPdf',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/pdf',
  title: '存档 PDF',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  bytes: 'application/pdf',
  refusals: ['not-found', 'wrong-state'],
})
/** A text as it was submitted, and what became of it. */
export const DocumentVersion = z.object({
  documentId: z.string(),
  version: z.int(),
  submittedAt: Instant,
  submittedBy: z.string(),
  data: Data,
  number: z.string().optional(),
  returned: z.object({ by: z.string(), at: Instant, opinion: z.string() }).optional(),
  voided: z.object({ by: z.string(), at: Instant, reason: z.string() }).optional(),
})
export type DocumentVersion = z.infer<typeof DocumentVersion>

/** Every version that was submitted, the first first; also of papers that were voided and made anew as this one. */
export const documentVersions = defineRoute({
  id: 'documentVersions',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/versions',
  title: '文书的各版',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  response: z.object({ versions: z.array(DocumentVersion) }),
  refusals: ['not-found'],
})
/** The print of a finger beside a signature, as a picture: `n` counts the signatures of the document from 0. */
export const documentFingermark = defineRoute({
  id: 'documentFingermark',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/fingermarks/:n',
  title: '捺印图像',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument.extend({ n: z.coerce.number().int().min(0).max(999) }),
  bytes: 'image/png',
  refusals: ['not-found'],
})
/** Who sealed and signed the archival PDF with which certificate, and whether its bytes hold: read anew from the bytes. */
export const documentSeals = defineRoute({
  id: 'documentSeals',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/seals',
  title: '文书的电子印章和签名',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  response: z.object({
    /** Whether such a paper bears the agency's seal. */
    wanted: z.boolean(),
    notSealed: NotSealed.optional(),
    /** What is wrong with the paper as a whole; empty when nothing is. */
    faults: z.array(z.string()),
    seals: z.array(
      z.object({
        by: z.enum(['agency', 'officer']),
        name: z.string(),
        organisation: z.string(),
        issuerName: z.string(),
        /** SHA-256 of the certificate. */
        certificate: z.string(),
        notBefore: Instant,
        notAfter: Instant,
        /** Beside the PDF, over all of its bytes. */
        beside: z.boolean(),
        /** '' when it holds. */
        fault: z.string(),
      }),
    ),
  }),
  refusals: ['not-found', 'wrong-state'],
})
/** How the making of the archival PDF stands; asked while there is none. */
export const documentRendering = defineRoute({
  id: 'documentRendering',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/rendering',
  title: '存档 PDF 的生成情况',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  response: z.object({
    state: z.enum(['waiting', 'retrying', 'given-up', 'made']),
    /** How often it was tried. */
    attempts: z.int(),
    /** When it is tried again, by the machine's clock. */
    nextAt: z.string().optional(),
  }),
  refusals: ['not-found', 'wrong-state'],
})
