import { expect, test } from 'vitest'
import { allRoutes } from '@liuhen/api/routes'
import { ROLES } from '@liuhen/domain/event'
import { accessProblem } from './guards.ts'

const sessionWith = (role: (typeof ROLES)[number]) => ({
  token: '',
  mustChange: false,
  actor: { userId: 'u', name: '张三', roles: [role], agencyId: 'a' },
})

test('every route says who may call it, and everybody else is stopped before the handler', () => {
  expect(allRoutes.length).toBeGreaterThan(10)
  for (const route of allRoutes) {
    expect(accessProblem(route, undefined), route.id).toBe(
      route.access === 'public' ? undefined : 'not-signed-in',
    )
    for (const role of ROLES) {
      const open = route.access === 'public' || route.access === 'signed-in' || route.access.includes(role)
      expect(accessProblem(route, sessionWith(role)), `${route.id} as ${role}`).toBe(
        open ? undefined : 'wrong-role',
      )
    }
  }
})

test('what changes something is never public, but for signing in, setting up and the clock of a demonstration', () => {
  const open = allRoutes
    .filter((route) => route.access === 'public' && route.method !== 'GET')
    .map((route) => route.id)
  expect(open.toSorted()).toEqual(['moveClock', 'setUp', 'signIn'])
})

test('no two routes share a name, or a method and path', () => {
  expect(new Set(allRoutes.map((route) => route.id)).size).toBe(allRoutes.length)
  expect(new Set(allRoutes.map((route) => `${route.method} ${route.path}`)).size).toBe(allRoutes.length)
})
