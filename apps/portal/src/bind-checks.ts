import type { FastifyInstance } from 'fastify'
import type { PortalDeps, Show } from './app.ts'
import { checkPage } from './pages/check.ts'
import { notFoundPage } from './pages/message.ts'

/** Spaces and upper case are how people copy a digest. */
const digestIn = (query: unknown): { typed: string; sha256?: string } => {
  const value: unknown =
    typeof query === 'object' && query !== null ? Reflect.get(query, 'sha256') : undefined
  const typed = typeof value === 'string' ? value.slice(0, 100) : ''
  const sha256 = typed.replaceAll(/\s/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(sha256) ? { typed, sha256 } : { typed }
}

export const bindChecks = (app: FastifyInstance, deps: PortalDeps, show: Show): void => {
  const { verifier } = deps
  const shown = { hasFiles: deps.log !== undefined, ...(verifier && { verifier: verifier.sha256 }) }
  app.get('/check', async (request, reply) => {
    const { typed, sha256 } = digestIn(request.query)
    const [state, answer] = await Promise.all([
      deps.ask.logState(),
      sha256 === undefined ? undefined : deps.ask.findByHash(sha256),
    ])
    if (sha256 !== undefined)
      return show(reply, checkPage({ ...shown, state, checked: { sha256, answer: answer ?? 'unavailable' } }))
    return show(reply, checkPage({ ...shown, state, ...(typed === '' ? {} : { wrong: typed }) }))
  })
  app.get('/verify.html', async (_request, reply) => {
    if (verifier === undefined) return show(reply, notFoundPage, 404)
    // Its scripts stand in it, which this site's pages may not have: it is taken home, not opened here.
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', 'attachment; filename="verify.html"')
      .header('cache-control', 'public, max-age=300')
      .send(Buffer.from(verifier.bytes))
  })
  app.get('/log/checkpoint', async (_request, reply) => {
    const note = await deps.log?.checkpoint()
    if (note === undefined) return show(reply, notFoundPage, 404)
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=5').send(note)
  })
  for (const [name, read] of [
    ['keys.json', deps.log?.keys],
    ['sm3-roots.json', deps.log?.sm3Roots],
  ] as const) {
    app.get(`/log/${name}`, async (_request, reply) => {
      const bytes = await read?.()
      if (bytes === undefined) return show(reply, notFoundPage, 404)
      return reply.type('application/json').header('cache-control', 'public, max-age=60').send(bytes)
    })
  }
  app.get('/log/tile/*', async (request, reply) => {
    const path = `tile/${typeof request.params === 'object' && request.params !== null ? String(Reflect.get(request.params, '*')) : ''}`
    const bytes = await deps.log?.tile(path)
    if (bytes === undefined) return show(reply, notFoundPage, 404)
    return reply
      .type('application/octet-stream')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(bytes)
  })
}
