import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '@liuhen/domain/event'
import { findSession, type Session } from '../auth/session.ts'
import type { Store } from '../event-store/store.ts'

const COOKIE = 'liuhen_session'
type Deps = Readonly<{ pool: Store['pool'] }>

/** Who asks, by the session cookie alone: nothing in body, query or headers says who somebody is. */
export const sessionOf = async (deps: Deps, request: FastifyRequest): Promise<Session | undefined> => {
  const token = request.cookies[COOKIE]
  return token === undefined || token.length !== 43 ? undefined : findSession(deps, token)
}

/** For routes outside the list (uploads): the actor of a session that may act. */
export const authenticate =
  (deps: Deps) =>
  async (request: FastifyRequest): Promise<Actor | undefined> => {
    const session = await sessionOf(deps, request)
    return session === undefined || session.mustChange ? undefined : session.actor
  }

export const setSessionCookie = (reply: FastifyReply, token: string | undefined, isSecure: boolean): void => {
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
  if (token === undefined) void reply.clearCookie(COOKIE, attributes)
  else void reply.setCookie(COOKIE, token, attributes)
}
