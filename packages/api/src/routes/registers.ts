import { z } from 'zod'
import { KEEPS_REGISTERS } from '@liuhen/domain/case/can'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Done, Id } from '../schema/page.ts'

/** A kind of register that the agency's texts want, with those that are kept. Each is read and kept like a case, by its id. */
export const KeptRegister = z.object({
  procedure: z.string(),
  name: z.string(),
  act: z.string(),
  purpose: z.string().optional(),
  opened: z.array(
    z.object({
      id: z.string(),
      registerNo: z.string(),
      title: z.string(),
      /** What was recorded in it since it was opened. */
      entries: z.int(),
      updatedAt: Instant,
      overdue: z.int(),
    }),
  ),
})
export type KeptRegister = z.infer<typeof KeptRegister>

export const listRegisters = defineRoute({
  id: 'listRegisters',
  method: 'GET',
  path: '/registers',
  title: '台账',
  tag: '台账',
  access: KEEPS_REGISTERS,
  response: z.object({ items: z.array(KeptRegister) }),
  refusals: ['not-permitted'],
})
/** Everything that was registered, as a table for a spreadsheet. */
export const exportRegister = defineRoute({
  id: 'exportRegister',
  method: 'GET',
  path: '/registers/:id/export.xlsx',
  title: '导出台账',
  tag: '台账',
  access: 'signed-in',
  params: z.object({ id: Id }),
  bytes: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  refusals: ['not-found'],
})
export const exportRegisterCsv = defineRoute({
  id: 'exportRegisterCsv',
  method: 'GET',
  path: '/registers/:id/export.csv',
  title: '导出台账（CSV）',
  tag: '台账',
  access: 'signed-in',
  params: z.object({ id: Id }),
  bytes: 'text/csv',
  refusals: ['not-found'],
})
export const openRegister = defineRoute({
  id: 'openRegister',
  method: 'POST',
  path: '/registers',
  title: '开立台账',
  tag: '台账',
  access: KEEPS_REGISTERS,
  command: true,
  body: z.object({
    procedure: z.string().max(60),
    title: z.string().trim().min(2, '请写明台账名称，至少2个字').max(60, '台账名称不超过60字'),
  }),
  response: Done,
  refusals: ['not-permitted', 'wrong-state', 'duplicate'],
})
