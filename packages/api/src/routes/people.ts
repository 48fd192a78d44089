import { z } from 'zod'
import { Role } from '@liuhen/domain/event'
import { ChangeRoles, OpenAccount, WithReason } from '@liuhen/domain/person/keep-account'
import { defineRoute } from '../route.ts'
import { Permission } from '../schema/evaluation.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'

export const PersonInput = z.object({
  name: z.string().min(2, '请填写姓名').max(30),
  unit: z.string().max(60).optional(),
  position: z.string().max(60).optional(),
  certNo: z
    .string()
    .regex(/^[0-9A-Z]{6,20}$/, '执法证号为6至20位数字或大写字母')
    .optional(),
  certValidTo: z.iso.date('证件有效期请按 年-月-日 填写').optional(),
  legalQualified: z.boolean().default(false),
  roles: z.array(Role).min(1, '至少选一个岗位'),
  /** With an account when a login is given. */
  login: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{2,39}$/, '登录名为3至40位小写字母、数字')
    .optional(),
  password: z.string().min(10, '口令至少10位').max(200).optional(),
})
export type PersonInput = z.infer<typeof PersonInput>

export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string().optional(),
  position: z.string().optional(),
  certNo: z.string().optional(),
  certValidTo: z.string().optional(),
  legalQualified: z.boolean(),
  roles: z.array(Role),
  login: z.string().optional(),
  active: z.boolean(),
  /** For an administrator: what may be changed about this person now, and why not. */
  can: z
    .object({
      changeRoles: Permission,
      deactivate: Permission,
      reactivate: Permission,
      openAccount: Permission,
      resetPassword: Permission,
    })
    .optional(),
})
export type PersonView = z.infer<typeof PersonView>

export const listPeople = defineRoute({
  id: 'listPeople',
  method: 'GET',
  path: '/people',
  title: '人员名单',
  tag: '人员',
  access: 'signed-in',
  query: Page.extend({ role: Role.optional() }),
  response: paged(PersonView),
})
export const registerPerson = defineRoute({
  id: 'registerPerson',
  method: 'POST',
  path: '/people',
  title: '登记人员',
  tag: '人员',
  access: ['system-admin'],
  command: true,
  body: PersonInput,
  response: Done,
  refusals: ['duplicate', 'not-permitted', 'incomplete'],
})
export const renewCertificate = defineRoute({
  id: 'renewCertificate',
  method: 'POST',
  path: '/people/:id/certificate',
  title: '更新执法证',
  tag: '人员',
  access: ['system-admin'],
  command: true,
  params: z.object({ id: Id }),
  body: z.object({
    certNo: z.string().regex(/^[0-9A-Z]{6,20}$/, '执法证号为6至20位数字或大写字母'),
    certValidTo: z.iso.date('有效期请按 年-月-日 填写'),
  }),
  response: Done,
  refusals: ['not-found', 'not-permitted', 'stale-version'],
})

const keep = <B extends z.ZodType>(id: string, verb: string, title: string, body: B) =>
  defineRoute({
    id,
    method: 'POST',
    path: `/people/:id/${verb}`,
    title,
    tag: '人员',
    access: ['system-admin'],
    command: true,
    params: z.object({ id: Id }),
    body,
    response: Done,
    refusals: ['not-found', 'not-permitted', 'wrong-state', 'duplicate', 'incomplete', 'stale-version'],
  })

/** Chosen by who asks and handed over by hand: good for one sign-in, at which it must be changed. */
const oneTime = z.string().min(10, '口令至少10位').max(200)

export const changeRoles = keep('changeRoles', 'roles', '变更岗位和职务', ChangeRoles)
export const deactivatePerson = keep('deactivatePerson', 'deactivate', '停用人员', WithReason)
export const reactivatePerson = keep('reactivatePerson', 'reactivate', '恢复人员', WithReason)
export const openAccount = keep(
  'openAccount',
  'account',
  '开通账号',
  OpenAccount.extend({ password: oneTime }),
)
export const resetPassword = keep(
  'resetPassword',
  'password',
  '重置口令',
  WithReason.extend({ password: oneTime }),
)
