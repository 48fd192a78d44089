import type { FastifyInstance } from 'fastify'
import { decodeUtf8, toBase64 } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { parseTreeSize } from '@liuhen/ledger/merkle'
import { parseNote } from '@liuhen/ledger/note'
import type { FileAnswer } from '@liuhen/ledger/package/verify-file'
import { parseTlogProof } from '@liuhen/ledger/tlog-proof'
import type { PortalDeps, Show } from './app.ts'
import { checkPage } from './pages/check.ts'
import { notFoundPage } from './pages/message.ts'
import { CHECK_SCRIPTS } from './verifier.ts'

/** Spaces and upper case are how people copy a digest. */
const digestIn = (query: unknown): { typed: string; sha256?: string } => {
  const value: unknown =
    typeof query === 'object' && query !== null ? Reflect.get(query, 'sha256') : undefined
  const typed = typeof value === 'string' ? value.slice(0, 100) : ''
  const sha256 = typed.replaceAll(/\s/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(sha256) ? { typed, sha256 } : { typed }
}

/** A whole number of the query; undefined for anything else. */
const sizeIn = (query: unknown, name: string): number | undefined => {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
  return typeof value === 'string' ? parseTreeSize(value) : undefined
}

/** What the page in the browser checks by itself; undefined when the main server does not answer. */
const answerAbout = async ({ ask, log }: PortalDeps, sha256?: string): Promise<FileAnswer | undefined> => {
  const [state, file] = await Promise.all([
    ask.logState(),
    sha256 === undefined ? undefined : ask.findByHash(sha256),
  ])
  if (state === undefined || (sha256 !== undefined && file === undefined)) return undefined
  const checkpoint = (await log?.checkpoint()) ?? state.checkpoint
  const covering =
    (file?.proof === undefined ? undefined : parseTlogProof(file.proof)?.checkpoint) ?? checkpoint
  const size = parseCheckpoint(parseNote(covering)?.text ?? '')?.size
  const keys = size === undefined ? undefined : await log?.keysAt(size)
  const { vkey, witnesses, stamper } = state
  return {
    log: {
      vkey,
      checkpoint,
      witnesses: [...witnesses.each],
      stampers: [stamper, file?.stamp?.certificate].filter((s) => s !== undefined),
      ...(keys && { keys: decodeUtf8(keys) ?? '' }),
    },
    ...(file && { file }),
  }
}

const bindAnswers = (app: FastifyInstance, deps: PortalDeps): void => {
  app.get('/check/log.json', async (_request, reply) => {
    const answer = await answerAbout(deps)
    return reply
      .code(answer === undefined ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(answer ?? {})
  })
  app.get('/check/files/:sha256', async (request, reply) => {
    const { sha256 } = digestIn(request.params)
    const answer = sha256 === undefined ? undefined : await answerAbout(deps, sha256)
    const status = sha256 === undefined ? 404 : answer === undefined ? 503 : 200
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .send(answer ?? {})
  })
  app.get('/log/consistency', async (request, reply) => {
    const [from, to] = [sizeIn(request.query, 'from'), sizeIn(request.query, 'to')]
    const hashes = from === undefined || to === undefined ? undefined : await deps.log?.consistency(from, to)
    return reply
      .code(hashes === undefined ? 404 : 200)
      .header('cache-control', 'no-store')
      .send(hashes === undefined ? {} : { hashes: hashes.map(toBase64) })
  })
  const { verifier } = deps
  if (verifier === undefined) return
  for (const name of CHECK_SCRIPTS)
    app.get(`/assets/${name}`, (_request, reply) =>
      reply
        .type('text/javascript; charset=utf-8')
        .header('cache-control', 'public, max-age=300')
        .send(Buffer.from(verifier.scripts[name])),
    )
}

export const bindChecks = (app: FastifyInstance, deps: PortalDeps, show: Show): void => {
  const { verifier } = deps
  const shown = { hasFiles: deps.log !== undefined, ...(verifier && { verifier: verifier.sha256 }) }
  bindAnswers(app, deps)
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
