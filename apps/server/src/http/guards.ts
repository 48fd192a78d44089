import type { FastifyRequest } from 'fastify'
import type { Access } from '@liuhen/api/route'
import type { Role } from '@liuhen/domain/event'
import type { Session } from '../auth/session.ts'
import type { RequestProblem } from './problem.ts'

/** What somebody may do whose password was given to them by somebody else. */
const BEFORE_PASSWORD_CHANGE = new Set(['whoAmI', 'signOut', 'changePassword'])

const hasRole = (roles: readonly Role[], access: readonly Role[]): boolean =>
  access.some((role) => roles.includes(role))

/** The first wall, before the handler: signed in, password one's own, a role of the route. */
export const accessProblem = (
  route: Readonly<{ id: string; access: Access }>,
  session: Session | undefined,
): RequestProblem | undefined => {
  if (route.access === 'public') return undefined
  if (session === undefined) return 'not-signed-in'
  if (session.mustChange && !BEFORE_PASSWORD_CHANGE.has(route.id)) return 'must-change-password'
  if (route.access === 'signed-in') return undefined
  return hasRole(session.actor.roles, route.access) ? undefined : 'wrong-role'
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-site request forgery: browsers say where a request comes from. What says nothing is no browser of this decade,
 * and carries no cookie that SameSite would have let through.
 */
export const isForeign = (request: FastifyRequest, publicUrl: string | undefined): boolean => {
  if (SAFE.has(request.method)) return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const origin = request.headers.origin
  if (origin === undefined) return false
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).origin]
  const { host } = request.headers
  return ![...own, `http://${host}`, `https://${host}`].includes(origin)
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** From this machine itself; what a proxy on this machine hands on is not. */
export const isLocal = (request: FastifyRequest): boolean =>
  LOOPBACK.has(request.ip) && request.headers['x-forwarded-for'] === undefined
