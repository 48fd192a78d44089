import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { readLogState } from '../apps/server/src/ledger/log-state.ts'
import { startLogKeeper } from '../apps/server/src/ledger/log-keeper.ts'
import { openSigner } from '../apps/server/src/ledger/signer.ts'
import { connect } from '../apps/server/src/postgres/pool.ts'
import type { DatabaseUrls } from '../apps/server/src/postgres/roles.ts'

const MS = 4_000
const WRITERS = 8

const caughtUp = async (store: Store): Promise<void> => {
  for (;;) {
    const { size, checkpointSize, oldestPendingSeconds } = await readLogState(store.pool)
    if (oldestPendingSeconds === 0 && size === checkpointSize) return
    await pause(20)
  }
}

/**
 * From the instant of an event (just before its commit) to the signature of the first checkpoint that covers it, while
 * eight writers write; and how fast the log takes up what earlier measurements left.
 */
export const measureInclusion = async (input: {
  store: Store
  urls: DatabaseUrls
  folder: string
  one: (writer: number) => Promise<void>
}): Promise<Record<string, number>> => {
  const owner = await connect(input.urls.owner, 'bench')
  const backlog = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM log.pending')
  const signer = await openSigner({ folder: `${input.folder}/signer`, origin: 'bench.invalid/log/1' })
  const begun = performance.now()
  const keeper = await startLogKeeper({
    url: input.urls.sequencer,
    folder: `${input.folder}/log`,
    signer,
    log: { info: () => undefined, error: (error) => console.error(error) },
  })
  await caughtUp(input.store)
  const drained = (backlog.rows[0]?.n ?? 0) / ((performance.now() - begun) / 1000)
  const before = await readLogState(input.store.pool)
  const until = performance.now() + MS
  const loop = async (writer: number): Promise<void> => {
    while (performance.now() < until) await input.one(writer)
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => loop(writer)))
  await caughtUp(input.store)
  await keeper.stop()
  const { rows } = await owner.query<{ p50: number; p99: number; n: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::float8 AS p50,
            percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)::float8 AS p99, count(*)::int AS n
     FROM (SELECT extract(epoch FROM (SELECT min(c.signed_at) FROM log.checkpoint c WHERE c.size > l.leaf_index)
                   - e.recorded_at) * 1000 AS ms
           FROM log.leaf l JOIN record.event e USING (position) WHERE l.leaf_index >= $1) x`,
    [before.size],
  )
  await owner.end()
  return {
    'log leaves/s from backlog': Math.round(drained),
    'inclusion p50 ms': Math.round(rows[0]?.p50 ?? -1),
    'inclusion p99 ms': Math.round(rows[0]?.p99 ?? -1),
    'inclusion events': rows[0]?.n ?? 0,
  }
}
