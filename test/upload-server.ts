import fsp from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import Fastify from 'fastify'
import pg from 'pg'
import { z } from 'zod'
import { Actor } from '@liuhen/domain/event'
import { startDigester } from '../apps/server/src/blobs/digest-file.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { createPool } from '../apps/server/src/postgres/pool.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { recordingUploads } from '../apps/server/src/recording/upload-target.ts'
import { registerUploads } from '../apps/server/src/uploads/tus-routes.ts'
import { watchDisk } from './fault/lazy-disk.ts'

/**
 * The real upload path in a process of its own, for tests that kill it and for the bench: real routes, real event
 * store, real files. Who asks is said in a header instead of a session. Prints its port.
 *
 * `without` takes a guard out, for negative controls: only this process knows how, the product has no such switch.
 */
const Options = z.object({
  databaseUrl: z.string(),
  root: z.string(),
  pool: z.int().default(20),
  maxBytes: z.int().default(64 * 1024 ** 3),
  threads: z.int().optional(),
  journal: z.string().optional(),
  without: z.array(z.enum(['fdatasync', 'directory-fsync', 'lock', 'own-file'])).default([]),
})
const options = Options.parse(JSON.parse(process.argv[2] ?? '{}'))

const takeLocksOut = (): void => {
  const query: (...args: readonly unknown[]) => unknown = Reflect.get(pg.Client.prototype, 'query')
  Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, first: unknown, ...rest: unknown[]) {
    const text = typeof first === 'string' ? first.replace('FOR UPDATE', '') : first
    return Reflect.apply(query, this, [text, ...rest])
  })
}

/** Who takes a file away leaves it where others find it too. */
const shareFiles = (): void => {
  const { link, rename } = fsp
  const share = (from: string, to: string) => (to.includes('.by-') ? link(from, to) : rename(from, to))
  Object.assign(fsp, { rename: share })
  syncBuiltinESMExports()
}

if (options.without.includes('lock')) takeLocksOut()
if (options.journal !== undefined)
  await watchDisk(
    options.journal,
    options.without.filter((w) => w !== 'lock' && w !== 'own-file'),
  )
if (options.without.includes('own-file')) shareFiles()

const pool = createPool(options.databaseUrl, { max: options.pool, name: 'upload test server' })
const store = { pool, clock: systemClock, projections: [recordingProjection] }
const app = Fastify({ forceCloseConnections: true })
await registerUploads(app, {
  pool,
  store: diskBlobStore(options.root),
  root: options.root,
  digester: startDigester(options.threads),
  target: recordingUploads(store),
  authenticate: async (request) => {
    const header = request.headers['x-test-actor']
    return typeof header === 'string' && header !== ''
      ? Actor.parse(JSON.parse(Buffer.from(header, 'base64').toString()))
      : undefined
  },
  now: () => new Date(),
  maxBytes: options.maxBytes,
  keepDays: 7,
})
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
if (address === null || typeof address === 'string') throw new Error('the server has a port')
process.stdout.write(`${address.port}\n`)
// The parent holds the other end: when it is gone, so is the reason to run.
process.stdin.on('end', () => process.exit(0)).resume()
