import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import type { AskServer } from './ask-server.ts'
import { bindChecks } from './bind-checks.ts'
import { bindDecisions } from './bind-decisions.ts'
import { layout, type Page } from './layout.ts'
import type { LogFiles } from './log-files.ts'
import { aboutPage } from './pages/about.ts'
import { failurePage, notFoundPage } from './pages/message.ts'
import { readSite } from './site.ts'
import type { Verifier } from './verifier.ts'

export type PortalDeps = Readonly<{
  /** Connected as the role that reads `published` only. */
  pool: Pool
  ask: AskServer
  log?: LogFiles
  /** The page that verifies a package offline, for download, and the scripts of the page that checks a file. */
  verifier?: Verifier
  /** Requests a minute from one address. */
  perMinute?: number
}>

export type Show = (reply: FastifyReply, page: Page, status?: number) => Promise<FastifyReply>

const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const ASSETS: Readonly<Record<string, string>> = {
  'portal.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'watermark.svg': 'image/svg+xml',
}

/** A withdrawn decision is gone within the minute, whatever stands between us and the reader. */
const CACHE_SECONDS = 30

const bindAssets = async (app: FastifyInstance): Promise<void> => {
  for (const [name, type] of Object.entries(ASSETS)) {
    const bytes = await readFile(join(import.meta.dirname, 'assets', name))
    app.get(`/assets/${name}`, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=300').send(bytes),
    )
  }
}

/** The public site. It has no sessions, writes nothing and takes nothing but GET. */
export const buildPortal = async (deps: PortalDeps): Promise<FastifyInstance> => {
  const app = fastify({ logger: false, bodyLimit: 1024, routerOptions: { maxParamLength: 200 } })
  await app.register(rateLimit, { max: deps.perMinute ?? 300, timeWindow: '1 minute' })
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(SECURITY)) reply.header(name, value)
  })
  const show: Show = async (reply, page, status = 200) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', status === 200 ? `public, max-age=${CACHE_SECONDS}` : 'no-store')
      .send(layout(await readSite(deps.pool), page))
  app.setNotFoundHandler((_request, reply) => show(reply, notFoundPage, 404))
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500)
      return reply
        .code(error.statusCode)
        .type('text/plain; charset=utf-8')
        .send('请求过于频繁或者格式不对，请稍后再试。\n')
    const site = { agencies: [], installation: { kind: 'real', simulatedAt: null } } as const
    return reply.code(503).type('text/html; charset=utf-8').send(layout(site, failurePage))
  })
  await bindAssets(app)
  bindDecisions(app, deps, show)
  bindChecks(app, deps, show)
  app.get('/about', async (_request, reply) => {
    const [site, log] = await Promise.all([readSite(deps.pool), deps.ask.logState()])
    return show(reply, aboutPage(site, log))
  })
  app.get('/robots.txt', (_request, reply) => reply.type('text/plain').send('User-agent: *\nAllow: /\n'))
  app.get('/healthz', async (_request, reply) => {
    await deps.pool.query('SELECT 1 FROM published.decision LIMIT 1')
    return reply.type('text/plain').send('ok\n')
  })
  return app
}
