import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { parseNote, parseVkey } from '@liuhen/ledger/note'
import { checkLogCommand, type CheckLogFlags } from '../../apps/cli/src/check-log.ts'
import { diskBlobStore } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { fsck } from '../../apps/server/src/fsck/fsck.ts'
import { startWitnessing } from '../../apps/server/src/ledger/witnessing.ts'
import { connect } from '../../apps/server/src/postgres/pool.ts'
import { serveWitness } from '../../apps/server/src/witness/serve-witness.ts'
import { openWitness } from '../../apps/server/src/witness/witness.ts'
import { testLibrary } from '../test-agency.ts'
import { PROJECTIONS, type Outside, type World } from './adversary-world.ts'

/** The columns of the table in SECURITY.md. */
export const WATCHERS = ['fsck', 'witness', 'time stamp', 'printed checkpoint', 'receipt'] as const
export type Watcher = (typeof WATCHERS)[number]

/** What the installation finds when it checks itself: database, files, and what its signer remembers. */
const byFsck = async (world: World, { vkey }: Outside): Promise<boolean> => {
  const owner = await connect(world.ownerUrl, 'fsck')
  try {
    const { size, root } = await (await world.signer()).status()
    const { pool } = world.store
    const report = await fsck({
      owner,
      logFolder: world.logFolder,
      vkey,
      highWater: { size, root },
      blobs: { pool, store: diskBlobStore(world.blobRoot), root: world.blobRoot },
      projections: PROJECTIONS,
      library: testLibrary(),
    })
    return report.findings.length > 0
  } finally {
    await owner.end()
  }
}

/** Whether a witness with the memory that it had cosigns no more. */
const byWitness = async (world: World, { witness, witnessFolder, vkey }: Outside): Promise<boolean> => {
  const log = parseVkey(vkey)
  if (log === undefined) throw new Error('not a key')
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-witness-'))
  await cp(witnessFolder, folder, { recursive: true })
  const own = await openWitness({ folder, name: witness.key.name, logs: [log] })
  const served = await serveWitness(own, { host: '127.0.0.1', port: 0 })
  const note = await readFile(join(world.shownLog, 'checkpoint'), 'utf8')
  const size = parseCheckpoint(parseNote(note)?.text ?? '')?.size ?? 0
  try {
    return await new Promise<boolean>((answer) => {
      const asking = startWitnessing({
        peers: [{ ...witness, url: served.url }],
        folder: world.shownLog,
        roundMs: 5,
        onCosigned: () => void asking.stop().then(() => answer(false)),
        onError: () => void asking.stop().then(() => answer(true)),
      })
      asking.offer({ size, note })
    })
  } finally {
    await served.close()
    await rm(folder, { recursive: true })
  }
}

const fails = async (world: World, { vkey }: Outside, flags: CheckLogFlags): Promise<boolean> => {
  const silent = { out: () => undefined, err: () => undefined }
  return (await checkLogCommand(world.shownLog, vkey, silent, flags)) === 1
}

/** Who of them sees that something is wrong. `event` is the one that suffered: its receipt counts, if anybody has it. */
export const whoSees = async (world: World, outside: Outside, event: string): Promise<readonly Watcher[]> => {
  const receipt = await outside.receipt(event)
  const { square, stamped, stamp } = outside
  const sees: Readonly<Record<Watcher, boolean>> = {
    fsck: await byFsck(world, outside),
    witness: await byWitness(world, outside),
    'time stamp': await fails(world, outside, { since: stamped, stamp }),
    'printed checkpoint': await fails(world, outside, { since: square }),
    receipt: receipt !== '' && (await fails(world, outside, { receipt })),
  }
  return WATCHERS.filter((watcher) => sees[watcher])
}
