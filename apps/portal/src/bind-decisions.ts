import type { FastifyInstance } from 'fastify'
import { toBase64, toHex } from '@liuhen/ledger/bytes'
import { sha256 } from '@liuhen/ledger/hashes'
import { leafHash } from '@liuhen/ledger/leaf'
import type { PortalDeps, Show } from './app.ts'
import { decisionPage } from './pages/decision.ts'
import { homePage } from './pages/home.ts'
import { notFoundPage } from './pages/message.ts'
import { withdrawnPage } from './pages/withdrawn.ts'
import { findDecision, findDecisionRecord, findWithdrawal, listDecisions } from './published.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** One text value of the query; a repeated or missing one counts as empty. Control characters never reach the database. */
const one = (query: unknown, key: string): string => {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, key) : undefined
  return typeof value === 'string'
    ? value
        .replaceAll(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 60)
    : ''
}

const idOf = (params: unknown): string | undefined => {
  const id: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'id') : undefined
  return typeof id === 'string' && UUID.test(id) ? id : undefined
}

export const bindDecisions = (app: FastifyInstance, deps: PortalDeps, show: Show): void => {
  const proofOf = async (index: number | undefined): Promise<string | undefined> =>
    index === undefined ? undefined : deps.log?.proofOf(index)
  app.get('/', async (request, reply) => {
    const q = one(request.query, 'q')
    const page = Number(one(request.query, 'page')) || 1
    return show(
      reply,
      homePage(q, await listDecisions(deps.pool, q, Math.min(Math.max(1, Math.trunc(page)), 5000))),
    )
  })
  app.get('/decisions/:id', async (request, reply) => {
    const id = idOf(request.params)
    const found = id === undefined ? undefined : await findDecision(deps.pool, id)
    if (id === undefined) return show(reply, notFoundPage, 404)
    if (found === undefined) {
      const gone = await findWithdrawal(deps.pool, id)
      return gone === undefined ? show(reply, notFoundPage, 404) : show(reply, withdrawnPage(gone), 410)
    }
    const record = await findDecisionRecord(deps.pool, id)
    if (record === undefined) return show(reply, decisionPage(found, undefined))
    const index = record.index === undefined ? {} : { index: record.index }
    const hasProof = (await proofOf(record.index)) !== undefined
    return show(
      reply,
      decisionPage(found, { leafHash: toHex(leafHash(sha256, record.entry)), hasProof, ...index }),
    )
  })
  app.get('/decisions/:id/record.json', async (request, reply) => {
    const id = idOf(request.params)
    const record = id === undefined ? undefined : await findDecisionRecord(deps.pool, id)
    if (record === undefined) return show(reply, notFoundPage, 404)
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send({
        entry: record.entry.toString('utf8'),
        salt: toBase64(record.salt),
        payload: record.payload.toString('utf8'),
        ...(record.index === undefined ? {} : { index: record.index }),
      })
  })
  app.get('/decisions/:id/proof.tlog-proof', async (request, reply) => {
    const id = idOf(request.params)
    const record = id === undefined ? undefined : await findDecisionRecord(deps.pool, id)
    const proof = await proofOf(record?.index)
    if (proof === undefined) return show(reply, notFoundPage, 404)
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(proof)
  })
}
