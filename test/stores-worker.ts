import { createInterface } from 'node:readline'
import { z } from 'zod'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { createPool } from '../apps/server/src/postgres/pool.ts'
import { copyBlobs } from '../apps/server/src/stores/copy-blobs.ts'
import { moveStore } from '../apps/server/src/stores/move-store.ts'
import { storesProjection } from '../apps/server/src/stores/project-stores.ts'
import { unpaced } from '../apps/server/src/stores/read-copy.ts'
import { scrubStores } from '../apps/server/src/stores/scrub.ts'
import { firstOnDisk, secondOnDisk, storeAt } from '../apps/server/src/stores/store-place.ts'
import { testAccount } from './test-bucket.ts'

/** Copying, scrubbing and moving in a process of their own, for tests that kill it. Answers each line with one. */
const Options = z.object({
  databaseUrl: z.string(),
  first: z.string(),
  second: z.string(),
  next: z.string().optional(),
})
const options = Options.parse(JSON.parse(process.argv[2] ?? '{}'))
const pool = createPool(options.databaseUrl, { max: 3, name: 'stores test worker' })
const deps = {
  pool,
  store: { pool, clock: systemClock, projections: [storesProjection] },
  first: firstOnDisk(options.first),
  second: secondOnDisk(options.second),
  now: () => systemClock.now(),
  ...(options.next === undefined ? {} : { next: storeAt('second', options.next, testAccount()) }),
}
const work: Readonly<Record<string, () => Promise<unknown>>> = {
  copy: () => copyBlobs(deps),
  move: () => moveStore(deps, { compareNow: true }),
  scrub: () => scrubStores(deps, { days: 1, pace: unpaced }),
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await (work[line] ?? (() => Promise.resolve('?')))().catch((e: unknown) => ({
    failed: String(e),
  }))
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`)
}
process.exit(0)
