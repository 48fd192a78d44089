import { z } from 'zod'
import { REMINDERS } from '@liuhen/law/reminder'
import { defineRoute } from '../route.ts'
import { Duty } from '../schema/evaluation.ts'

export const myDuties = defineRoute({
  id: 'myDuties',
  method: 'GET',
  path: '/duties',
  title: '我的待办义务',
  tag: '工作台',
  access: 'signed-in',
  query: z.object({ scope: z.enum(['mine', 'agency']).default('mine') }),
  response: z.object({
    items: z.array(
      Duty.extend({
        caseId: z.string(),
        caseNo: z.string(),
        caseTitle: z.string(),
        /** Within so many workdays; 0 today, -1 past. Absent: not near. */
        reminder: z.literal(REMINDERS).optional(),
      }),
    ),
  }),
})
