import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { Id } from '../schema/page.ts'

const ofDocument = z.object({ id: Id, documentId: Id })

/** The paper's words for editing elsewhere: a copy that says so, and no record. */
export const documentDocx = defineRoute({
  id: 'documentDocx',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/docx',
  title: '文书副本（Word）',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  bytes: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  refusals: ['not-found', 'wrong-state'],
})
/** The paper's pages as OFD (GB/T 33190), the PDF attached: a copy that says so, and no record. */
export const documentOfd = defineRoute({
  id: 'documentOfd',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/ofd',
  title: '文书副本（OFD）',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  bytes: 'application/ofd',
  refusals: ['not-found', 'wrong-state'],
})
/** A label for each thing of the paper's list, with a square that leads to the check of the list. */
export const documentLabels = defineRoute({
  id: 'documentLabels',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/labels',
  title: '物品标签',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  bytes: 'application/pdf',
  refusals: ['not-found', 'wrong-state'],
})
