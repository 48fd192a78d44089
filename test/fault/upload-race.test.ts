import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { startUploadServer } from '../upload-installation.ts'
import { IS_FULL, tell } from './fault-table.ts'
import { openFaultHouse, type FaultHouse } from './upload-faults.ts'
import { race, type Race } from './upload-race.ts'

const ROUNDS = IS_FULL ? 300 : 20
let f: FaultHouse
beforeAll(async () => {
  f = await openFaultHouse()
})
afterAll(() => f.close())

test.each([2, 4])(
  '%i processes on one store: one of four senders at one place is told that its bytes are kept, and they are',
  { timeout: 3_600_000 },
  async (processes) => {
    const start = () => startUploadServer(f.house.urls.app, f.root)
    const servers = await Promise.all(Array.from({ length: processes }, start))
    const races: Race[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      races.push(
        await race(
          f,
          servers.map((s) => s.baseUrl),
          round,
        ),
      )
    await Promise.all(servers.map((s) => s.stop()))
    const doubled = races.filter((r) => r.winners > 1).length
    const mixed = races.filter((r) => r.isMixed).length
    const none = races.filter((r) => r.winners === 0)
    tell({ fault: `4 senders at one place, ${processes} processes`, runs: ROUNDS, lost: 0, mixed, doubled })
    expect({ doubled, mixed, none }).toEqual({ doubled: 0, mixed: 0, none: [] })
    expect((await reconcileBlobs(f.blobs, true)).findings).toEqual([])
  },
)
