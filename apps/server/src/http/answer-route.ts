import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Route } from '@liuhen/api/route'
import { deny, isRefusal } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import type { Session } from '../auth/session.ts'
import { sessionOf, setSessionCookie } from './authenticate.ts'
import type { Binding, BytesResponse, PublicContext } from './binding.ts'
import { accessProblem, isForeign } from './guards.ts'
import { refusalProblem, requestProblem, type RequestProblem } from './problem.ts'
import { readInput, type ReadInput } from './read-input.ts'
import { claimKey, fingerprintOf, keepAnswer } from './stored-answer.ts'

export type RouteDeps = Readonly<{ store: Store; publicUrl?: string }>
type Exchange = Readonly<{ deps: RouteDeps; binding: Binding; request: FastifyRequest; reply: FastifyReply }>
type Input = Extract<ReadInput, { ok: true }>

const sendProblem = ({ request, reply }: Exchange, code: RequestProblem) => {
  const problem = requestProblem(code, request.id)
  return reply.code(problem.status).type('application/problem+json').send(problem)
}

const isBytes = (route: Route, answer: unknown): answer is BytesResponse =>
  route.bytes !== undefined && typeof answer === 'object' && answer !== null && 'bytes' in answer

const sendBytes = (reply: FastifyReply, route: Route, answer: BytesResponse) => {
  void reply
    .code(answer.status ?? 200)
    .header('cache-control', 'private, no-store')
    .type(route.bytes ?? 'application/octet-stream')
    .headers(answer.headers ?? {})
  if (answer.sizeBytes !== undefined) void reply.header('content-length', answer.sizeBytes)
  if (answer.fileName !== undefined) {
    void reply.header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`,
    )
  }
  return reply.send(answer.bytes)
}

const contextOf = async (x: Exchange, commandId: string): Promise<PublicContext> => ({
  requestId: x.request.id,
  commandId,
  now: await x.deps.store.clock.now(),
  address: x.request.ip,
  header: (name) => {
    const value = x.request.headers[name.toLowerCase()]
    return Array.isArray(value) ? value.join(',') : value
  },
  setSession: (token) => setSessionCookie(x.reply, token, x.deps.publicUrl?.startsWith('https:') ?? false),
})

/** The key of a command; a route that is no command gets one of its own. */
const commandIdOf = (x: Exchange): string | undefined => {
  if (!x.binding.route.command) return randomUUID()
  const key = z.uuid().safeParse(x.request.headers['idempotency-key'])
  return key.success ? key.data.toLowerCase() : undefined
}

const handle = async (x: Exchange, session: Session | undefined, commandId: string, input: Input) => {
  const context = await contextOf(x, commandId)
  if (x.binding.open) return x.binding.handle(context, input)
  if (session === undefined) throw new Error('the access check let nobody through')
  const { actor } = session
  const command = { commandId, actor, what: x.binding.route.id }
  return x.binding.handle({ ...context, actor, agencyId: actor.agencyId, session, command }, input)
}

const sendAnswer = (x: Exchange, answer: unknown) => {
  const { route } = x.binding
  if (isRefusal(answer)) {
    const problem = refusalProblem(answer, x.request.id)
    return x.reply.code(problem.status).type('application/problem+json').send(problem)
  }
  if (isBytes(route, answer)) return sendBytes(x.reply, route, answer)
  // Only what the contract names leaves the house.
  return x.reply.code(200).send(route.response.parse(answer ?? {}))
}

/** A command of somebody signed in: the same key gets the same answer, and refusals of the first wall are recorded. */
const answerCommand = async (x: Exchange, session: Session, commandId: string, input: Input) => {
  const { route } = x.binding
  const asked = { actor: session.actor, commandId, fingerprint: fingerprintOf(route.id, input) }
  const claimed = await claimKey(x.deps.store, asked)
  if (claimed.kind === 'foreign') return sendProblem(x, 'key-reused')
  if (claimed.kind === 'answered') {
    return x.reply.code(200).header('idempotency-replayed', 'true').send(claimed.body)
  }
  const answer = await handle(x, session, commandId, input)
  if (!isRefusal(answer) && !isBytes(route, answer)) {
    await keepAnswer(x.deps.store, asked, route.response.parse(answer ?? {}))
  }
  return sendAnswer(x, answer)
}

const recordRefusedAccess = async (x: Exchange, session: Session, code: RequestProblem): Promise<void> => {
  const { reasons } = requestProblem(code, x.request.id)
  await recordAttempt(x.deps.store, {
    agencyId: session.actor.agencyId,
    actor: session.actor,
    what: x.binding.route.id,
    refusal: deny(reasons),
  })
}

/** One request through the walls: origin, session, role, key, input; then the handler, then the contract of the answer. */
export const answerRoute = async (x: Exchange) => {
  const { route } = x.binding
  if (isForeign(x.request, x.deps.publicUrl)) return sendProblem(x, 'foreign-origin')
  const session = route.access === 'public' ? undefined : await sessionOf(x.deps.store, x.request)
  const denied = accessProblem(route, session)
  if (denied !== undefined) {
    if (denied === 'wrong-role' && session !== undefined) await recordRefusedAccess(x, session, denied)
    return sendProblem(x, denied)
  }
  const commandId = commandIdOf(x)
  if (commandId === undefined) return sendProblem(x, 'no-key')
  const input = readInput(route, x.request)
  if (!input.ok) {
    const problem = requestProblem('invalid-input', x.request.id, input.fields)
    return x.reply.code(problem.status).type('application/problem+json').send(problem)
  }
  return route.command && session !== undefined
    ? answerCommand(x, session, commandId, input)
    : sendAnswer(x, await handle(x, session, commandId, input))
}
