import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Route } from '@liuhen/api/route'
import type { Problem } from '@liuhen/api/schema/page'

z.config(z.locales.zhCN())

type Fields = NonNullable<Problem['fields']>
export type ReadInput =
  | Readonly<{ ok: true; params: unknown; query: unknown; body: unknown }>
  | Readonly<{ ok: false; fields: Fields }>

const faultsOf = (where: string, error: z.ZodError): Fields =>
  error.issues.map((issue) => ({ path: [where, ...issue.path].join('.'), message: issue.message }))

/** Path, query and body by the route's own schemas; every fault is named, in Chinese, not only the first. */
export const readInput = (route: Route, request: FastifyRequest): ReadInput => {
  const params = route.params.safeParse(request.params ?? {})
  const query = route.query.safeParse(request.query ?? {})
  const body = route.body.safeParse(request.body ?? {})
  if (params.success && query.success && body.success) {
    return { ok: true, params: params.data, query: query.data, body: body.data }
  }
  return {
    ok: false,
    fields: [
      ...(params.success ? [] : faultsOf('params', params.error)),
      ...(query.success ? [] : faultsOf('query', query.error)),
      ...(body.success ? [] : faultsOf('body', body.error)),
    ],
  }
}
