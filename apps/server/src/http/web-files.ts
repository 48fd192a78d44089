import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { requestProblem } from './problem.ts'

const NOT_BUILT =
  '<!doctype html><meta charset="utf-8"><title>留痕</title><p>页面还没有构建，请运行 npm run build 后刷新。</p>'

/** Where an unknown address is a mistake and not one of the web's own pages. */
const NO_PAGES = ['/api/', '/log/', '/assets/']

/** The built web; addresses of its pages get its first page, so that every deep link opens. */
export const addWebFiles = async (app: FastifyInstance, folder: string): Promise<void> => {
  const isBuilt = existsSync(join(folder, 'index.html'))
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      setHeaders: (reply, path) => {
        const lasting = path.includes('/assets/') // names there carry a hash of their content
        void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'))
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    const isPage = wantsPage && !NO_PAGES.some((prefix) => request.url.startsWith(prefix))
    if (!isPage) {
      const problem = requestProblem('no-route', request.id)
      return reply.code(problem.status).type('application/problem+json').send(problem)
    }
    void reply.header('cache-control', 'no-cache')
    return isBuilt
      ? reply.sendFile('index.html', folder)
      : reply.type('text/html; charset=utf-8').send(NOT_BUILT)
  })
}
