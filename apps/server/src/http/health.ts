import { statfs } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { MMD_SECONDS } from '@liuhen/ledger/receipt'
import { readLogState } from '../ledger/log-state.ts'
import { openRefusals, REWRITTEN } from '../ledger/witness-answers.ts'
import { sessionOf } from './authenticate.ts'
import { isLocal } from './guards.ts'
import { requestProblem } from './problem.ts'

export type HealthDeps = Readonly<{
  pool: Pool
  dataDir: string
  /** Names of the keys of those who watch the log. */
  witnesses?: readonly string[]
  /** What the signer says of itself. */
  signer?: () => Promise<Readonly<{ trouble?: string }>>
}>
type Check = Readonly<{ ok: boolean; detail: string }>

const MIN_FREE_BYTES = 1024 ** 3

const failed = (error: unknown): Check => ({
  ok: false,
  detail: error instanceof Error ? error.message : '未知错误',
})

const checkLog = async (pool: Pool): Promise<Check> => {
  const { size, checkpointSize, oldestPendingSeconds } = await readLogState(pool)
  return {
    ok: oldestPendingSeconds < MMD_SECONDS,
    detail: `已排序 ${size} 条，已签名 ${checkpointSize} 条，最早未签名的 ${oldestPendingSeconds.toFixed(1)} 秒前写入`,
  }
}

/** A witness that is away holds nothing back; one that found the log rewritten stops everything. */
const checkWitnesses = async ({ pool, witnesses = [] }: HealthDeps): Promise<Check> => {
  const refusals = await openRefusals(pool, witnesses)
  const said = refusals.map(({ witness, at, why }) => `${witness}（${at}）：${why}`)
  return {
    ok: refusals.every((r) => r.status !== REWRITTEN),
    detail: said.length === 0 ? '没有见证方拒绝签名' : said.join('；'),
  }
}

const checkDisk = async (dataDir: string): Promise<Check> => {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  return { ok: free > MIN_FREE_BYTES, detail: `剩余 ${(free / 1024 ** 3).toFixed(1)} GiB` }
}

/** A signer that cannot reach its key holds everything back, at once and not only when an event has waited too long. */
const checkSigner = async ({ signer }: HealthDeps): Promise<Check> => {
  const trouble = (await signer?.())?.trouble
  return { ok: trouble === undefined, detail: trouble ?? '可用' }
}

type Trouble = { retrying: number; given_up: number }

/** Work that fails in the background stops no request: it is told, and holds nothing back. */
const checkJobs = async (pool: Pool): Promise<Check> => {
  const { rows } = await pool.query<Trouble>('SELECT * FROM queue.trouble()')
  const { retrying = 0, given_up = 0 } = rows[0] ?? {}
  const said = [
    ...(retrying > 0 ? [`${retrying} 项没有成功，会自动再试`] : []),
    ...(given_up > 0 ? [`${given_up} 项已不再重试，请查看后台日志`] : []),
  ]
  return { ok: true, detail: said.length === 0 ? '没有失败的后台任务' : said.join('；') }
}

/** What must hold before requests are sent here: database, log, disk. A check that cannot run has failed. */
export const readiness = async (deps: HealthDeps): Promise<Readonly<Record<string, Check>>> => {
  const database = deps.pool.query('SELECT 1').then(() => ({ ok: true, detail: '可用' }), failed)
  const [db, log, signer, witnesses, disk, jobs] = await Promise.all([
    database,
    checkLog(deps.pool).catch(failed),
    checkSigner(deps).catch(failed),
    checkWitnesses(deps).catch(failed),
    checkDisk(deps.dataDir).catch(failed),
    checkJobs(deps.pool).catch(failed),
  ])
  return { database: db, log, signer, witnesses, disk, jobs }
}

const createRegistry = (deps: HealthDeps) => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauges = {
    size: new Gauge({ name: 'liuhen_log_size', help: 'Leaves with an index', registers: [registry] }),
    signed: new Gauge({
      name: 'liuhen_log_signed_size',
      help: 'Leaves under a checkpoint',
      registers: [registry],
    }),
    pending: new Gauge({
      name: 'liuhen_log_oldest_pending_seconds',
      help: 'Age of the oldest event without an index',
      registers: [registry],
      collect: async () => {
        const state = await readLogState(deps.pool)
        gauges.size.set(state.size)
        gauges.signed.set(state.checkpointSize)
        gauges.pending.set(state.oldestPendingSeconds)
      },
    }),
  }
  const seconds = new Histogram({
    name: 'liuhen_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  return { registry, seconds }
}

/** `/healthz` says that the process lives, `/readyz` that it can work, `/metrics` is for this machine and the auditor. */
export const addHealthRoutes = (app: FastifyInstance, deps: HealthDeps): void => {
  const { registry, seconds } = createRegistry(deps)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const checks = await readiness(deps)
    const ok = Object.values(checks).every((check) => check.ok)
    return reply.code(ok ? 200 : 503).send({ ok, checks })
  })
  app.get('/metrics', async (request, reply) => {
    const session = isLocal(request) ? undefined : await sessionOf(deps, request)
    const allowed = isLocal(request) || session?.actor.roles.includes('audit-admin') === true
    if (!allowed) {
      const problem = requestProblem(session === undefined ? 'not-signed-in' : 'wrong-role', request.id)
      return reply.code(problem.status).type('application/problem+json').send(problem)
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
