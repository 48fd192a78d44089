import { z } from 'zod'
import type { Route } from './route.ts'
import { Problem } from './schema/page.ts'

type Json = Record<string, unknown>

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. What has no JSON form (a transformation) is left open. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x)

const membersOf = (schema: z.ZodType): readonly { name: string; schema: Json; required: boolean }[] => {
  const json = schemaOf(schema, 'input')
  const required: unknown[] = Array.isArray(json['required']) ? json['required'] : []
  const properties = isObject(json['properties']) ? json['properties'] : {}
  return Object.entries(properties).map(([name, value]) => ({
    name,
    schema: isObject(value) ? value : {},
    required: required.includes(name),
  }))
}

const parameters = (route: Route): Json[] => [
  ...membersOf(route.params).map((m) => ({ name: m.name, in: 'path', required: true, schema: m.schema })),
  ...membersOf(route.query).map((m) => ({
    name: m.name,
    in: 'query',
    required: m.required,
    schema: m.schema,
  })),
  ...(route.command
    ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }]
    : []),
]

const success = (route: Route): Json =>
  route.bytes === undefined
    ? { description: '成功', content: { 'application/json': { schema: schemaOf(route.response, 'output') } } }
    : { description: '文件', content: { [route.bytes]: { schema: { type: 'string', format: 'binary' } } } }

const operation = (route: Route): Json => {
  const hasBody = membersOf(route.body).length > 0
  const roles = route.access === 'public' || route.access === 'signed-in' ? [] : route.access
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return {
    operationId: route.id,
    summary: route.title,
    tags: [route.tag],
    parameters: parameters(route),
    ...(hasBody && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      200: success(route),
      default: { description: `拒绝或错误：${route.refusals.join(' ')}`, content: problem },
    },
    security: route.access === 'public' ? [] : [{ session: [] }],
    'x-roles': roles,
    'x-refusals': route.refusals,
  }
}

/** OpenAPI 3.1 of these routes. */
export const openApi = (routes: readonly Route[]): Json => {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = `/api${route.path.replace(/:([a-zA-Z]+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '留痕 Liuhen', version: '1', description: '行政执法全过程记录' },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'liuhen_session' } },
    },
  }
}

export type RequestField = Readonly<{ where: string; name: string; type: string; required: boolean }>

const typeOf = (schema: Json): string => {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ')
  if (schema['type'] === 'array') return `${isObject(schema['items']) ? typeOf(schema['items']) : ''}[]`
  const format = typeof schema['format'] === 'string' ? `（${schema['format']}）` : ''
  return `${typeof schema['type'] === 'string' ? schema['type'] : 'any'}${format}`
}

/** What a caller fills in, in one list, for a readable page. */
export const requestFields = (route: Route): readonly RequestField[] => {
  const list = (where: string, schema: z.ZodType): RequestField[] =>
    membersOf(schema).map((m) => ({ where, name: m.name, type: typeOf(m.schema), required: m.required }))
  return [...list('路径', route.params), ...list('查询', route.query), ...list('正文', route.body)]
}
