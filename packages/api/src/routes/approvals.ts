import { z } from 'zod'
import { FactPerson, Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'

/** What waits for the opinion or signature of the one who asks. */
export const myApprovals = defineRoute({
  id: 'myApprovals',
  method: 'GET',
  path: '/approvals',
  title: '待我审批',
  tag: '工作台',
  access: 'signed-in',
  response: z.object({
    items: z.array(
      z.object({
        caseId: z.string(),
        caseNo: z.string(),
        caseTitle: z.string(),
        documentId: z.string(),
        type: z.string(),
        name: z.string(),
        rank: z.string(),
        rankName: z.string(),
        submittedAt: Instant,
        submittedBy: FactPerson,
        /** The head, who is away, in whose place the one who asks decides. */
        standsInFor: z.string().optional(),
        /** What approvers of such a paper say, those of the law and the agency's own. */
        phrases: z.object({
          agree: z.array(z.string()),
          return: z.array(z.string()),
          own: z.array(z.string()),
        }),
      }),
    ),
  }),
})
