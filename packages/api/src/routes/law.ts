import { z } from 'zod'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import { defineRoute } from '../route.ts'
import { Citation } from '../schema/evaluation.ts'

const Modality = z.enum([
  'must',
  'must-not',
  'may',
  'as-needed',
  'generally',
  'encouraged',
  'exempt',
  'context',
])
const Cell = z.object({ text: z.string(), note: z.string().optional(), citations: z.array(Citation) })
const Named = z.object({ id: z.string(), title: z.string() })

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
        modality: Modality,
        duty: z.string(),
        /** Whether a program can show it at all; what it cannot is for people to see to. */
        testable: z.enum(['yes', 'partly', 'no']),
        /** What the system offers for what people have to see to. */
        offers: z.string().optional(),
        /** False where we know the rule but did not read its text. */
        confirmed: z.boolean(),
        /** What in law/ cites it, each told once for all procedures that have it (`in`). */
        rules: z.array(
          z.object({
            kind: z.string(),
            id: z.string(),
            name: z.string(),
            /** Of what stops or warns: what it then tells to do. */
            todo: z.string().optional(),
            in: z.array(z.string()),
          }),
        ),
        examples: z.array(
          z.object({ id: z.string(), title: z.string(), pack: z.string(), topic: z.string() }),
        ),
      }),
    ),
  }),
  refusals: ['not-found'],
})
/** Every place in the loaded texts that a paper may cite, in every version; it changes with a release only. */
export const listCitable = defineRoute({
  id: 'listCitable',
  method: 'GET',
  path: '/law/citable',
  title: '可以引用的条文',
  tag: '法规',
  access: 'signed-in',
  response: z.object({
    items: z.array(
      z.object({
        /** Together they are the citation, as the paper prints it. */
        title: z.string(),
        article: z.string(),
        duty: z.string(),
        effectiveFrom: z.iso.date().optional(),
        effectiveTo: z.iso.date().optional(),
        /** Today; otherwise one of the two days says why not. */
        inForce: z.boolean(),
        /** National law, or a text that the caller's agency has chosen. */
        ours: z.boolean(),
      }),
    ),
  }),
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
        /** Where a case of it may come from. Empty: the procedure does not say. */
        sources: z.array(z.object({ value: z.string(), label: z.string() })),
        /** Whether its registration asks what somebody is suspected of. */
        asksViolation: z.boolean(),
        /** Of one that is carried out on the spot: its step, and the document that decides. */
        onTheSpot: z.object({ step: z.string(), document: z.string() }).optional(),
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
export const comparePacks = defineRoute({
  id: 'comparePacks',
  method: 'GET',
  path: '/law/comparison',
  title: '制度包对照',
  tag: '法规',
  access: 'signed-in',
  query: z.object({ left: z.string().max(60), right: z.string().max(60) }),
  response: z.object({
    left: Named,
    right: Named,
    groups: z.array(
      z.object({
        name: z.string(),
        rows: z.array(
          z.object({
            subject: z.string(),
            /** Null: the text fixes nothing, and nothing may be borrowed for it. */
            left: Cell.nullable(),
            right: Cell.nullable(),
            differs: z.boolean(),
          }),
        ),
      }),
    ),
  }),
  refusals: ['not-found'],
})
export const listConflicts = defineRoute({
  id: 'listConflicts',
  method: 'GET',
  path: '/law/conflicts',
  title: '与国家法不一致之处',
  tag: '法规',
  access: 'signed-in',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        number: z.int(),
        /** Which of the two the system follows. */
        applies: z.enum(['national', 'stricter', 'both', 'setting']),
        setting: z.object({ id: z.string(), label: z.string() }).optional(),
        note: z.string(),
        local: z.array(Citation),
        national: z.array(Citation),
        /** One of the texts is among those that the caller's agency has chosen. */
        ours: z.boolean(),
      }),
    ),
  }),
})
