import type { z } from 'zod'
import type { Route, ResponseOf } from '@liuhen/api/route'
import { ApiProblem, problemOf, unreachable } from './problem.ts'
import { newId } from './new-id.ts'

type ParamsIn<T> = T extends Route<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.input<P> : never
type QueryIn<T> = T extends Route<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never
export type BodyIn<T> = T extends Route<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never

type MayBeEmpty<K extends string, V> =
  Record<string, never> extends V ? { readonly [k in K]?: V } : { readonly [k in K]: V }
/** What a call needs: only the parts that the route's schemas do not allow to be empty. */
export type InputOf<T> = MayBeEmpty<'params', ParamsIn<T>> &
  MayBeEmpty<'query', QueryIn<T>> &
  MayBeEmpty<'body', BodyIn<T>>

type Loose = Readonly<{ params?: unknown; query?: unknown; body?: unknown }>
export type CallOptions = Readonly<{
  signal?: AbortSignal | undefined
  key?: string
  /** Goes on when the page goes away. */
  keepalive?: boolean
}>

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** The address of a route: `/api`, its path with the parameters filled in, and the query without its empty parts. */
export function urlOf(route: Pick<Route, 'path'>, input: Loose = {}): string {
  const params = new Map(entriesOf(input.params))
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const given = params.get(name)
    const value = typeof given === 'number' ? `${given}` : given
    if (typeof value !== 'string' || value === '') throw new Error(`path parameter ${name} is missing`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of entriesOf(input.query))
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) query.set(name, `${value}`)
  return query.size > 0 ? `/api${path}?${query}` : `/api${path}`
}

async function send(route: Route, input: Loose, options: CallOptions): Promise<Response> {
  const headers = new Headers({ accept: route.bytes ?? 'application/json' })
  const hasBody = input.body !== undefined && route.method !== 'GET'
  if (hasBody) headers.set('content-type', 'application/json')
  if (route.command) headers.set('idempotency-key', options.key ?? newId())
  const request: RequestInit = { method: route.method, headers, credentials: 'same-origin' }
  if (options.keepalive === true) request.keepalive = true
  if (hasBody) request.body = JSON.stringify(input.body)
  if (options.signal) request.signal = options.signal
  const answer = await fetch(urlOf(route, input), request).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw unreachable(cause)
  })
  if (!answer.ok) throw await problemOf(answer)
  return answer
}

const isLoose = (input: unknown): input is Loose => typeof input === 'object' && input !== null

/** Calls a route. Any answer but success is thrown as an ApiProblem. */
export async function call<T extends Route>(
  route: T,
  input: InputOf<T>,
  options: CallOptions = {},
): Promise<ResponseOf<T>> {
  const answer = await send(route, isLoose(input) ? input : {}, options)
  return answer.status === 204 ? JSON.parse('{}') : await answer.json()
}

/** Calls a route that answers a file. */
export async function callBytes<T extends Route>(
  route: T,
  input: InputOf<T>,
  options: CallOptions = {},
): Promise<Blob> {
  const answer = await send(route, isLoose(input) ? input : {}, options)
  return await answer.blob()
}

export { ApiProblem }
