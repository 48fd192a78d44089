import Fastify from 'fastify'
import { z } from 'zod'
import { Actor } from '@liuhen/domain/event'
import { startDigester } from '../apps/server/src/blobs/digest-file.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { createPool } from '../apps/server/src/postgres/pool.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { recordingUploads } from '../apps/server/src/recording/upload-target.ts'
import { registerUploads } from '../apps/server/src/uploads/tus-routes.ts'

/**
 * The real upload path in a process of its own, for tests that kill it and for the bench: real routes, real event
 * store, real files. Who asks is said in a header instead of a session. Prints its port.
 */
const Options = z.object({
  databaseUrl: z.string(),
  root: z.string(),
  pool: z.int().default(20),
  maxBytes: z.int().default(64 * 1024 ** 3),
})
const options = Options.parse(JSON.parse(process.argv[2] ?? '{}'))

const pool = createPool(options.databaseUrl, { max: options.pool, name: 'upload test server' })
const store = { pool, clock: systemClock, projections: [recordingProjection] }
const app = Fastify({ forceCloseConnections: true })
await registerUploads(app, {
  pool,
  store: diskBlobStore(options.root),
  root: options.root,
  digester: startDigester(),
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
