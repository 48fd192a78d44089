import { randomUUID } from 'node:crypto'
import type { ParamsOf, QueryOf, ResponseOf, Route } from '@liuhen/api/route'
import { Problem } from '@liuhen/api/schema/page'
import { z } from 'zod'

/** One signed-in person at the public API: keeps the cookie, sends an idempotency key with each command. */
export type Session = Readonly<{
  baseUrl: string
  cookie: () => string
  call: <R extends Route>(route: R, input?: Input<R>) => Promise<ResponseOf<R>>
  bytes: <R extends Route>(route: R, input?: Input<R>) => Promise<Uint8Array>
}>

export type Input<R> = Readonly<{
  params?: ParamsOf<R>
  query?: Partial<QueryOf<R>>
  body?: BodyInput<R>
}>
type BodyInput<R> = R extends Route<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never

const sayCites = (cites: readonly string[]): string => (cites.length === 0 ? '' : `（${cites.join('、')}）`)

/** The API refused or failed; carries the problem as the server said it. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem, where: string) {
    const reasons = problem.reasons.map(
      (r) => `${r.message}${sayCites([...new Set(r.citations.map((c) => c.cite))])}`,
    )
    const fields = (problem.fields ?? []).map((f) => `${f.path}:${f.message}`)
    super(
      [`${where}: ${status} ${problem.title}`, problem.detail ?? '', ...reasons, ...fields]
        .filter(Boolean)
        .join('\n  '),
    )
    this.status = status
    this.problem = problem
  }
}

const fill = (path: string, params: Readonly<Record<string, unknown>>): string =>
  path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])))

const search = (query: Readonly<Record<string, unknown>> | undefined): string => {
  const pairs = Object.entries(query ?? {}).filter(([, v]) => v !== undefined)
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(pairs.map(([k, v]) => [k, String(v)]))).toString()}`
}

const fail = async (answer: Response, where: string): Promise<never> => {
  const parsed = Problem.safeParse(await answer.json().catch(() => undefined))
  const unknown: Problem = {
    type: 'about:blank',
    title: '服务器没有给出说明',
    status: answer.status,
    code: 'unknown',
    reasons: [],
  }
  throw new ApiError(answer.status, parsed.success ? parsed.data : unknown, where)
}

/**
 * A connection that the server closed while it was idle breaks at its next use. The same request is sent once more: a
 * command has its key, so that it has one effect.
 */
const fetchAgain = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init)
  } catch (e) {
    if (!(e instanceof TypeError)) throw e
    return fetch(url, init)
  }
}

export const openSession = (baseUrl: string): Session => {
  let cookie = ''
  const send = async (route: Route, input: Input<Route>): Promise<Response> => {
    const url = `${baseUrl}/api${fill(route.path, (input.params ?? {}) as Record<string, unknown>)}${search(input.query as Record<string, unknown> | undefined)}`
    const answer = await fetchAgain(url, {
      method: route.method,
      headers: {
        origin: baseUrl,
        ...(cookie === '' ? {} : { cookie }),
        ...(route.command ? { 'idempotency-key': randomUUID() } : {}),
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    })
    const set = answer.headers.getSetCookie().map((c) => c.split(';')[0] ?? '')
    if (set.length > 0) cookie = set.join('; ')
    return answer.ok ? answer : fail(answer, `${route.title} ${route.method} ${url}`)
  }
  return {
    baseUrl,
    cookie: () => cookie,
    call: async (route, input = {}) => {
      const answer = await send(route, input as Input<Route>)
      return route.response.parse(await answer.json()) as ResponseOf<typeof route>
    },
    bytes: async (route, input = {}) =>
      new Uint8Array(await (await send(route, input as Input<Route>)).arrayBuffer()),
  }
}
