import { createInterface } from 'node:readline'
import { z } from 'zod'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { carryOutDisposalJob } from '../apps/server/src/disposal/carry-out.ts'
import { createPool } from '../apps/server/src/postgres/pool.ts'
import { firstOnDisk, secondOnDisk } from '../apps/server/src/stores/store-place.ts'
import { testClock, testLibrary } from './test-agency.ts'
import { AGENCY, disposalProjections } from './test-disposal.ts'

/** Carries disposals out in a process of its own, for tests that kill it. Each line is a batch; answers with one. */
const Options = z.object({
  databaseUrl: z.string(),
  first: z.string(),
  second: z.string(),
  derived: z.string(),
  shredderUrl: z.string(),
  at: z.string(),
})
const options = Options.parse(JSON.parse(process.argv[2] ?? '{}'))
const pool = createPool(options.databaseUrl, { max: 6, name: 'disposal test worker' })
const clock = testClock(options.at)
const library = testLibrary()
const deps = {
  store: { pool, clock, projections: disposalProjections(library) },
  library,
  blobs: { pool, store: diskBlobStore(options.first), root: options.first },
  stores: {
    pool,
    first: firstOnDisk(options.first),
    second: secondOnDisk(options.second),
    now: () => clock.now(),
  },
  derived: { root: options.derived },
  shredderUrl: options.shredderUrl,
}

process.stdout.write('ready\n')
for await (const batchId of createInterface({ input: process.stdin })) {
  const answer = await carryOutDisposalJob(deps, { agencyId: AGENCY, batchId }).then(
    () => 'done',
    (e: unknown) => `failed ${String(e)}`,
  )
  process.stdout.write(`${answer.replaceAll('\n', ' ')}\n`)
}
process.exit(0)
