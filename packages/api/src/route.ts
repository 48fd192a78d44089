import { z } from 'zod'
import type { RefusalCode } from '@liuhen/domain/refusal'
import type { Role } from '@liuhen/domain/event'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Who may call: anybody, anybody signed in, or one of these roles. The domain's `can` decides further, on the thing itself. */
export type Access = 'public' | 'signed-in' | readonly Role[]

/**
 * A route, written once. The server binds a handler to it, the client calls it, OpenAPI is printed from it.
 * `command: true` — the caller sends a UUID in `Idempotency-Key`; the same key has one effect.
 * `bytes` — the answer is a file of that media type instead of JSON.
 */
export type Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = Readonly<{
  id: string
  method: Method
  /** Path with `:name` parameters, without the `/api` prefix. */
  path: `/${string}`
  title: string
  tag: string
  access: Access
  command: boolean
  params: P
  query: Q
  body: B
  response: R
  bytes?: string
  refusals: readonly RefusalCode[]
}>

const Nothing = z.object({}).strict()

type Definition<P, Q, B, R> = {
  id: string
  method: Method
  path: `/${string}`
  title: string
  tag: string
  access: Access
  command?: boolean
  params?: P
  query?: Q
  body?: B
  response?: R
  bytes?: string
  refusals?: readonly RefusalCode[]
}

/** Fills in what a definition leaves out: no parameters, no query, no body, an empty answer. */
export const defineRoute = <
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
  R extends z.ZodType = typeof Nothing,
>(
  d: Definition<P, Q, B, R>,
) =>
  ({
    id: d.id,
    method: d.method,
    path: d.path,
    title: d.title,
    tag: d.tag,
    access: d.access,
    command: d.command ?? false,
    params: d.params ?? Nothing,
    query: d.query ?? Nothing,
    body: d.body ?? Nothing,
    response: d.response ?? Nothing,
    ...(d.bytes === undefined ? {} : { bytes: d.bytes }),
    refusals: d.refusals ?? [],
  }) as Route<P, Q, B, R>

export type ParamsOf<T> = T extends Route<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.infer<P> : never
export type QueryOf<T> = T extends Route<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.infer<Q> : never
export type BodyOf<T> = T extends Route<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.infer<B> : never
export type ResponseOf<T> = T extends Route<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.infer<R> : never
