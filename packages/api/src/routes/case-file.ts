import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Done, Id } from '../schema/page.ts'

const params = z.object({ id: Id })
const writes = [
  'law-gate',
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'incomplete',
] as const

export const assembleFile = defineRoute({
  id: 'assembleFile',
  method: 'POST',
  path: '/cases/:id/file',
  title: '组卷',
  tag: '案卷',
  access: ['officer', 'archivist'],
  command: true,
  params,
  body: z.object({ reason: z.string().max(500).optional() }),
  response: Done,
  refusals: writes,
})
export const getFile = defineRoute({
  id: 'getFile',
  method: 'GET',
  path: '/cases/:id/file',
  title: '卷内目录',
  tag: '案卷',
  access: 'signed-in',
  params,
  response: z.object({
    assembled: z.boolean(),
    items: z.array(
      z.object({
        no: z.int(),
        title: z.string(),
        audience: z.enum(['main', 'sub']),
        pageFrom: z.int(),
        pageTo: z.int(),
        documentId: z.string().optional(),
        recordingId: z.string().optional(),
        number: z.string().optional(),
        date: z.string().optional(),
      }),
    ),
  }),
  refusals: ['not-found'],
})
/** The papers of the file in one PDF, as issued, with bookmarks: to read and to print. */
export const boundFile = defineRoute({
  id: 'boundFile',
  method: 'GET',
  path: '/cases/:id/file/pdf',
  title: '案卷合订本',
  tag: '案卷',
  access: 'signed-in',
  params,
  query: z.object({ volume: z.enum(['whole', 'main', 'sub']).default('whole') }),
  bytes: 'application/pdf',
  refusals: ['not-found', 'wrong-state', 'incomplete'],
})
export const archiveCase = defineRoute({
  id: 'archiveCase',
  method: 'POST',
  path: '/cases/:id/archive',
  title: '归档',
  tag: '案卷',
  access: ['archivist'],
  command: true,
  params,
  body: z.object({ reason: z.string().max(500).optional() }),
  response: Done,
  refusals: writes,
})
export const publishDisclosure = defineRoute({
  id: 'publishDisclosure',
  method: 'POST',
  path: '/cases/:id/disclosure',
  title: '公示决定摘要',
  tag: '公示',
  access: ['publisher'],
  command: true,
  params,
  body: z.object({ documentId: Id, reason: z.string().max(500).optional() }),
  response: Done,
  refusals: writes,
})
/** The reason is told to the public on the page of what was published. `since`: when the decision was changed, revoked or found unlawful. */
export const withdrawDisclosure = defineRoute({
  id: 'withdrawDisclosure',
  method: 'POST',
  path: '/cases/:id/disclosure/withdraw',
  title: '撤下公示',
  tag: '公示',
  access: ['publisher'],
  command: true,
  params,
  body: z.object({
    reason: z.string().trim().min(2, '请写明撤下公示的理由').max(500),
    since: Instant.optional(),
  }),
  response: Done,
  refusals: writes,
})
export const exportPackage = defineRoute({
  id: 'exportPackage',
  method: 'POST',
  path: '/cases/:id/packages',
  title: '导出可验证案卷包',
  tag: '案卷',
  access: ['archivist', 'agency-head', 'unit-head', 'officer'],
  command: true,
  params,
  body: z.object({
    purpose: z.string().min(2, '请写明用途').max(200),
    recipient: z.string().min(2, '请写明接收单位').max(100),
    audience: z.enum(['whole', 'party']).default('whole'),
  }),
  response: Done,
  refusals: writes,
})
/** Has a package whose making failed made again, from what the export recorded. */
export const remakePackage = defineRoute({
  id: 'remakePackage',
  method: 'POST',
  path: '/cases/:id/packages/:packageId/remake',
  title: '重新制作案卷包',
  tag: '案卷',
  access: ['archivist', 'agency-head', 'unit-head', 'officer'],
  command: true,
  params: params.extend({ packageId: Id }),
  response: Done,
  refusals: ['not-found', 'not-permitted', 'wrong-state'],
})
export const downloadPackage = defineRoute({
  id: 'downloadPackage',
  method: 'GET',
  path: '/cases/:id/packages/:packageId',
  title: '下载案卷包',
  tag: '案卷',
  access: 'signed-in',
  params: params.extend({ packageId: Id }),
  bytes: 'application/x-tar',
  refusals: ['not-found', 'not-permitted', 'wrong-state'],
})
