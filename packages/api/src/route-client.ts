import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from './route.ts'
import { Problem } from './schema/page.ts'

/** What the client needs of `fetch`; browsers, Node and tests bring their own. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<Answer>
type Answer = {
  ok: boolean
  status: number
  headers: { get(name: string): string | null }
  json(): Promise<unknown>
  arrayBuffer(): Promise<ArrayBuffer>
}

export type ClientOptions = Readonly<{
  fetch: Fetch
  /** '' in a browser, http://127.0.0.1:8080 elsewhere. */
  baseUrl: string
  /** Added to every request, e.g. the cookie where no browser keeps it. */
  headers?: () => Record<string, string>
  /** A new UUID for each command that brings no key. */
  newKey: () => string
}>

type Parts<R> = Partial<Readonly<{ params: ParamsOf<R>; query: QueryOf<R>; body: BodyOf<R> }>>
/** What the route's schemas take, with the key of a command when it is a repetition. */
export type CallInput<R> = Parts<R> & Readonly<{ key?: string }>

/** The server answered that it will not, or cannot: `problem` says why and what to do. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.title}${problem.detail === undefined ? '' : `：${problem.detail}`}`)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

const pairsOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** Parameters are texts, numbers and booleans; anything else has no place in an address. */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  throw new TypeError('a parameter is a text, a number or a boolean')
}

const queryOf = (query: unknown): string => {
  const pairs = pairsOf(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((v) => v !== undefined)
      .map((v) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(v))}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Address of a route below the base; every `:name` must be given. */
export const routeUrl = (
  route: Pick<Route, 'path'>,
  input: Readonly<{ params?: unknown; query?: unknown }> = {},
): string => {
  const params = new Map(pairsOf(input.params))
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params.get(name)
    if (value === undefined) throw new Error(`${route.path} needs ${name}`)
    return encodeURIComponent(textOf(value))
  })
  return `/api${path}${queryOf(input.query)}`
}

const problemOf = async (answer: Answer): Promise<Problem> => {
  const parsed = Problem.safeParse(await answer.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  const { status } = answer
  return { type: 'about:blank', title: `服务器答复 ${status}`, status, code: 'unreadable', reasons: [] }
}

/** Calls routes by their definitions. Throws ProblemError for every refusal; answers are checked by the route's schema. */
export const createClient = (options: ClientOptions) => {
  const send = async <R extends Route>(route: R, input: CallInput<R>): Promise<Answer> => {
    const body = route.method === 'GET' || input.body === undefined ? undefined : JSON.stringify(input.body)
    const answer = await options.fetch(`${options.baseUrl}${routeUrl(route, input)}`, {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(route.command ? { 'idempotency-key': input.key ?? options.newKey() } : {}),
        ...options.headers?.(),
      },
      ...(body === undefined ? {} : { body }),
    })
    if (!answer.ok) throw new ProblemError(await problemOf(answer))
    return answer
  }
  return {
    call: async <R extends Route>(route: R, input: CallInput<R> = {}): Promise<ResponseOf<R>> => {
      const answer = await send(route, input)
      // The schema is the route's own, so what it gives is the route's response.
      return route.response.parse(await answer.json()) as ResponseOf<R>
    },
    bytes: async <R extends Route>(route: R, input: CallInput<R> = {}): Promise<Uint8Array> =>
      new Uint8Array(await (await send(route, input)).arrayBuffer()),
  }
}
export type Client = ReturnType<typeof createClient>
