import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { openApi } from '@liuhen/api/openapi'
import type { Route } from '@liuhen/api/route'
import type { Store } from '../event-store/store.ts'
import { answerRoute } from './answer-route.ts'
import type { Binding } from './binding.ts'
import { docsPage } from './docs-page.ts'
import { addHealthRoutes } from './health.ts'
import { addLogRoutes } from './log-routes.ts'
import { requestProblem, type RequestProblem } from './problem.ts'
import { loggerOptions, type LogStream } from './request-log.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addWebFiles } from './web-files.ts'

export type AppDeps = Readonly<{
  store: Store
  dataDir: string
  /** Folder of the log's public files. */
  logFolder: string
  /** Names of the keys of those who watch the log. */
  witnesses?: readonly string[]
  /** What the signer says of itself. */
  signer?: () => Promise<Readonly<{ trouble?: string }>>
  /** Folder of the built web; without it no pages are served. */
  webFolder?: string
  publicUrl?: string
  logLevel?: string
  logStream?: LogStream
  bindings: readonly Binding[]
  /** Routes of other protocols (tus uploads), registered as they are. */
  plugins?: readonly ((app: FastifyInstance) => Promise<void>)[]
}>

const MAX_BODY_BYTES = 4 * 1024 * 1024

const OUTAGES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P01', '57P03', '53300'])

const codeOf = (error: FastifyError): RequestProblem => {
  if (error.statusCode === 413) return 'too-large'
  if (error.statusCode === 415) return 'wrong-type'
  if (error.statusCode === 400) return 'invalid-input'
  return OUTAGES.has(error.code) ? 'outage' : 'internal'
}

const addErrorHandler = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const code = codeOf(error)
    if (code === 'internal' || code === 'outage') request.log.error(error)
    const problem = requestProblem(code, request.id)
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })
}

/** Clients that always say JSON also say it where they send nothing: that is an absent body, not a broken one. */
const acceptEmptyJson = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body.toString(), done)
  })
}

const addBinding = (app: FastifyInstance, deps: AppDeps, binding: Binding): void => {
  app.route({
    method: binding.route.method,
    url: `/api${binding.route.path}`,
    handler: (request, reply) => answerRoute({ deps, binding, request, reply }),
  })
}

const addContract = (app: FastifyInstance, routes: readonly Route[]): void => {
  app.get('/api/openapi.json', async () => openApi(routes))
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(routes)),
  )
}

/** The API as one Fastify application; `bindings` are all that it answers under /api, beside its own description. */
export const buildApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const app = fastify({
    logger: loggerOptions(deps.logLevel, deps.logStream),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 0, // uploads over slow lines take hours
    routerOptions: { ignoreTrailingSlash: true },
  })
  await app.register(cookie)
  addSecurityHeaders(app, deps.publicUrl)
  acceptEmptyJson(app)
  addErrorHandler(app)
  addHealthRoutes(app, {
    pool: deps.store.pool,
    dataDir: deps.dataDir,
    ...(deps.witnesses && { witnesses: deps.witnesses }),
    ...(deps.signer && { signer: deps.signer }),
  })
  addLogRoutes(app, deps.logFolder)
  addContract(
    app,
    deps.bindings.map((binding) => binding.route),
  )
  for (const binding of deps.bindings) addBinding(app, deps, binding)
  for (const plugin of deps.plugins ?? []) await plugin(app)
  if (deps.webFolder !== undefined) await addWebFiles(app, deps.webFolder)
  return app
}
