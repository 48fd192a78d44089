import { z } from 'zod'
import { Role } from '@liuhen/domain/event'
import { defineRoute } from '../route.ts'

export const Me = z.object({
  userId: z.string(),
  personId: z.string().optional(),
  name: z.string(),
  roles: z.array(Role),
  agency: z.object({
    id: z.string(),
    name: z.string(),
    shortName: z.string(),
    base: z.string(),
    overlays: z.array(z.string()),
  }),
  mustChangePassword: z.boolean(),
  /** `simulated` in a demonstration: shown on every screen. */
  clock: z.object({ kind: z.enum(['real', 'simulated']), now: z.string() }),
})
export type Me = z.infer<typeof Me>

export const signIn = defineRoute({
  id: 'signIn',
  method: 'POST',
  path: '/session',
  title: '登录',
  tag: '账号',
  access: 'public',
  body: z.object({
    login: z.string().min(1, '请填写登录名').max(60),
    password: z.string().min(1, '请填写口令').max(200),
  }),
  response: Me,
  refusals: ['not-permitted'],
})
export const whoAmI = defineRoute({
  id: 'whoAmI',
  method: 'GET',
  path: '/session',
  title: '当前登录人',
  tag: '账号',
  access: 'signed-in',
  response: Me,
})
export const signOut = defineRoute({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  title: '退出登录',
  tag: '账号',
  access: 'signed-in',
})
export const changePassword = defineRoute({
  id: 'changePassword',
  method: 'PUT',
  path: '/session/password',
  title: '修改口令',
  tag: '账号',
  access: 'signed-in',
  body: z.object({ current: z.string().max(200), next: z.string().min(10, '口令至少10位').max(200) }),
  refusals: ['not-permitted'],
})
