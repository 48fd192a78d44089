import { z } from 'zod'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import { defineRoute } from '../route.ts'

export const listPacks = defineRoute({
  id: 'listPacks',
  method: 'GET',
  path: '/law/packs',
  title: '制度包',
  tag: '法规',
  access: 'signed-in',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        issuer: z.string(),
        layer: z.string(),
        effectiveFrom: z.string().optional(),
        clauses: z.int(),
      }),
    ),
  }),
})
export const listClauses = defineRoute({
  id: 'listClauses',
  method: 'GET',
  path: '/law/packs/:pack/clauses',
  title: '条款',
  tag: '法规',
  access: 'signed-in',
  params: z.object({ pack: z.string() }),
  response: z.object({
    title: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        ref: z.string(),
        modality: z.string(),
        duty: z.string(),
        rules: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
      }),
    ),
  }),
  refusals: ['not-found'],
})
export const listProcedures = defineRoute({
  id: 'listProcedures',
  method: 'GET',
  path: '/law/procedures',
  title: '程序',
  tag: '法规',
  access: 'signed-in',
  query: z.object({
    /** case: in which cases are opened; register: kept without a case. */
    kind: z.enum(['case', 'register']).optional(),
    act: z.string().max(40).optional(),
    /** Only those in which the caller's agency may open a case. */
    offered: z.enum(['true']).optional(),
  }),
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        act: z.string(),
        /** What it is for, in one line. */
        purpose: z.string().optional(),
        kind: z.enum(['case', 'register']),
        /** Whether the caller's agency may open a case in it. */
        offered: z.boolean(),
        stages: z.array(z.object({ id: z.string(), name: z.string() })),
        steps: z.array(z.object({ id: z.string(), name: z.string(), stage: z.string() })),
      }),
    ),
  }),
})
export const listDocumentDefinitions = defineRoute({
  id: 'listDocumentDefinitions',
  method: 'GET',
  path: '/law/documents',
  title: '文书定义',
  tag: '法规',
  access: 'signed-in',
  response: z.object({ items: z.array(DocumentDefinition) }),
})
