import { z } from 'zod'
import { defineRoute } from '../route.ts'

const agency = {
  name: z.string().min(2, '请填写机关全称').max(80),
  shortName: z.string().min(1, '请填写文号用的机关代字').max(20),
  code: z.string().regex(/^[0-9A-Z]{6,18}$/, '机关代码为6至18位数字或大写字母'),
  address: z.string().max(200).optional(),
  phone: z.string().max(30).optional(),
  base: z.string(),
  overlays: z.array(z.string()).default([]),
  reconsiderationBody: z.string().max(80).optional(),
  court: z.string().max(80).optional(),
  paymentBank: z.string().max(80).optional(),
  paymentAccount: z.string().max(60).optional(),
}
export const AgencyInput = z.object(agency)
export type AgencyInput = z.infer<typeof AgencyInput>

export const setupState = defineRoute({
  id: 'setupState',
  method: 'GET',
  path: '/setup',
  title: '是否需要首次设置',
  tag: '设置',
  access: 'public',
  response: z.object({
    needed: z.boolean(),
    demonstration: z.boolean(),
    packs: z.array(
      z.object({ id: z.string(), title: z.string(), layer: z.enum(['base', 'overlay', 'national']) }),
    ),
  }),
})
const FirstAdministrator = z.object({
  name: z.string().min(2, '请填写姓名').max(30),
  login: z.string().regex(/^[a-z][a-z0-9._-]{2,39}$/, '登录名为3至40位小写字母、数字'),
  password: z.string().min(10, '口令至少10位').max(200),
})
/** Only once, on an empty installation: the agency, its base pack and its first administrator. */
export const setUp = defineRoute({
  id: 'setUp',
  method: 'POST',
  path: '/setup',
  title: '首次设置',
  tag: '设置',
  access: 'public',
  command: true,
  body: z.object({
    agency: AgencyInput,
    administrator: FirstAdministrator,
  }),
  response: z.object({ agencyId: z.string() }),
  refusals: ['wrong-state', 'incomplete', 'duplicate'],
})
/** Demonstration only: moves the simulated clock forward. Not bound in a real installation. */
export const moveClock = defineRoute({
  id: 'moveClock',
  method: 'POST',
  path: '/demo/clock',
  title: '拨动模拟时钟',
  tag: '演示',
  access: 'public',
  body: z.object({ now: z.iso.datetime({ offset: true }) }),
  response: z.object({ now: z.string() }),
  refusals: ['wrong-state'],
})
/** A further agency in the same installation, by the administrator of the first. */
export const registerAgency = defineRoute({
  id: 'registerAgency',
  method: 'POST',
  path: '/agencies',
  title: '登记机关',
  tag: '设置',
  access: ['system-admin'],
  command: true,
  body: z.object({ agency: AgencyInput, administrator: FirstAdministrator }),
  response: z.object({ agencyId: z.string() }),
  refusals: ['not-permitted', 'duplicate', 'wrong-state', 'incomplete'],
})
export const getAgency = defineRoute({
  id: 'getAgency',
  method: 'GET',
  path: '/agency',
  title: '本机关',
  tag: '设置',
  access: 'signed-in',
  response: AgencyInput.extend({ id: z.string(), packTitles: z.array(z.string()) }),
})
