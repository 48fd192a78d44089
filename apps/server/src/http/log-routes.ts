import type { FastifyInstance } from 'fastify'
import { parseTilePath } from '@liuhen/ledger/tiles'
import { readLogFile } from '../ledger/log-folder.ts'
import { KEYS_FILE, SM3_ROOTS_FILE } from '../ledger/published-keys.ts'
import { requestProblem } from './problem.ts'

const TEXT = 'text/plain; charset=utf-8'

/** C2SP tlog-tiles: the log's public files, for whoever does not trust us. Only exact names of tiles are looked up. */
export const addLogRoutes = (app: FastifyInstance, folder: string): void => {
  for (const name of ['checkpoint', 'vkey', KEYS_FILE, SM3_ROOTS_FILE]) {
    app.get(`/log/${name}`, async (request, reply) => {
      const bytes = await readLogFile(folder, name)
      void reply
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
      if (bytes === undefined) return reply.code(404).send(requestProblem('no-route', request.id))
      return reply.header('cache-control', 'max-age=1').type(TEXT).send(bytes)
    })
  }
  app.get<{ Params: { '*': string } }>('/log/tile/*', async (request, reply) => {
    const path = `tile/${request.params['*']}`
    const bytes = parseTilePath(path) === undefined ? undefined : await readLogFile(folder, path)
    void reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    if (bytes === undefined) return reply.code(404).send(requestProblem('no-route', request.id))
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type('application/octet-stream')
      .send(bytes)
  })
}
