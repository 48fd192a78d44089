import { createHash, randomUUID } from 'node:crypto'
import { readdir, rename, rm, truncate, writeFile, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStoresInstallation, type StoresInstallation } from '../../../../test/test-stores.ts'
import { backup } from '../backup/backup.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { copiesOf } from './copy-rows.ts'
import { copyBlobs } from './copy-blobs.ts'
import { takeInventory } from './inventory.ts'
import { unpaced } from './read-copy.ts'
import { rehearseRestore } from './rehearse.ts'
import { scrubStores } from './scrub.ts'

const FILES = 7
let x: StoresInstallation
let film: string

beforeAll(async () => {
  x = await createStoresInstallation('2026-04-21T02:00:00.000Z')
  film = createHash('sha256').update(x.closed.media).digest('hex')
  await copyBlobs(x.deps)
})
afterAll(() => x.close())

const kinds = async (more: Parameters<typeof takeInventory>[1] = {}) => {
  const { verdict, findings } = await takeInventory(x.deps, more)
  return [verdict, ...findings.map((f) => [f.kind, f.store, f.what].filter(Boolean).join(' ')).toSorted()]
}
const mend = () => scrubStores(x.deps, { days: 1, pace: unpaced })

describe('an inventory', () => {
  test('passes when record, rows and both stores name the same files, and is told', async () => {
    const report = await takeInventory(x.deps)
    expect(report).toMatchObject({ verdict: 'pass', named: FILES, registered: FILES, found: 0, waiting: 0 })
    expect(report.held).toEqual([
      { store: 'first', files: FILES },
      { store: 'second', files: FILES },
    ])
    expect((await x.told('InventoryTaken')).at(-1)).toMatchObject({ verdict: 'pass', named: FILES })
  })
  test.each(['first', 'second'] as const)(
    'finds a file that was deleted out of band from the %s store, and names its case',
    async (name) => {
      await rm(blobPath(x[name], film))
      expect(await kinds()).toEqual(['fail', `missing ${name} ${film}`])
      const told = (await x.told('InventoryTaken')).at(-1)
      expect(told?.findings).toMatchObject([
        {
          kind: 'missing',
          store: name,
          what: film,
          affected: { cases: [{ caseId: x.closed.caseId, caseNo: '走街立〔2026〕3号' }] },
        },
      ])
      // Nothing is cleared because of a copy that is gone; the next reading makes it anew.
      expect((await copiesOf(x.house.pool, [film])).get(film)).toHaveLength(1)
      await mend()
      expect(await kinds()).toEqual(['pass'])
    },
  )
  test('asks once more for a file that came after the listing, and calls it missing only then', async () => {
    const { bytes } = x.deps.first
    const list = async function* () {
      for await (const one of bytes.list()) if (one.sha256 !== film) yield one
    }
    const early = { ...x.deps, first: { ...x.deps.first, bytes: { ...bytes, list } } }
    expect(await takeInventory(early)).toMatchObject({ verdict: 'pass', found: 0 })
    expect((await copiesOf(x.house.pool, [film])).get(film)).toHaveLength(2)
    const gone = { ...bytes, list, sizeOf: async (s: string) => (s === film ? undefined : bytes.sizeOf(s)) }
    const without = { ...x.deps, first: { ...x.deps.first, bytes: gone } }
    expect(await takeInventory(without)).toMatchObject({ verdict: 'fail', found: 1 })
    await mend()
    expect(await kinds()).toEqual(['pass'])
  })
  test('finds a file that was cut short, one that is nobody’s, and one that was not copied in time', async () => {
    await chmod(blobPath(x.second, film), 0o644)
    await truncate(blobPath(x.second, film), 10)
    const stray = createHash('sha256').update('stray').digest('hex')
    await x.deps.second.bytes.take(stray, Readable.from([Buffer.from('stray')]))
    const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
    const { sha256: late } = await putBlob(blobs, Buffer.from('just now'), 'text/plain')
    expect(await takeInventory(x.deps)).toMatchObject({ waiting: 1 })
    expect(await kinds({ copyWithinHours: 0 })).toEqual([
      'fail',
      `not-copied second ${late}`,
      `unowned second ${stray}`,
      `wrong-size second ${film}`,
    ])
    await rm(blobPath(x.second, stray), { force: true })
    await copyBlobs(x.deps)
    await mend()
    expect(await kinds()).toEqual(['pass'])
  })
  test('finds a row that vanished together with its files: the events still name it', async () => {
    await x.house.pool.query(`UPDATE app.blob SET state = 'discarded' WHERE sha256 = $1`, [film])
    expect(await kinds()).toContain(`unregistered ${film}`)
    await x.house.pool.query(`UPDATE app.blob SET state = 'verified' WHERE sha256 = $1`, [film])
  })
  test('compares the backup in both directions', async () => {
    const folder = join(x.house.dataDir, `backup-${randomUUID()}`)
    const owner = await x.house.connectAs('owner')
    await owner.query(
      `INSERT INTO app.installation (id, kind, origin) VALUES ($1, 'real', 'test.invalid/1')`,
      [randomUUID()],
    )
    const now = new Date(Date.now() + 60_000).toISOString()
    const more = { dataDir: x.house.dataDir, blobs: x.deps.first.bytes, vkey: 'v', now }
    await backup({ urls: x.house.urls, ...more }, folder)
    await owner.query(`TRUNCATE app.installation`)
    expect(await kinds({ backup: folder })).toEqual(['pass'])
    const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
    const { sha256 } = await putBlob(blobs, Buffer.from('after the backup'), 'text/plain')
    await copyBlobs(x.deps)
    await x.house.pool.query(`UPDATE app.blob SET state = 'discarded' WHERE sha256 = $1`, [film])
    expect(await kinds({ backup: folder })).toEqual(
      expect.arrayContaining([`only-in-backup backup ${film}`, `not-in-backup backup ${sha256}`]),
    )
    await x.house.pool.query(`UPDATE app.blob SET state = 'verified' WHERE sha256 = $1`, [film])
    await rm(join(folder, 'manifest-sha256.txt'))
    expect(await kinds({ backup: folder })).toEqual(['not-checked'])
  })
})

describe('an inventory never passes', () => {
  test('without a second store', async () => {
    const { second: _, ...alone } = x.deps
    expect(await takeInventory(alone)).toMatchObject({ verdict: 'not-checked', found: 0 })
  })
  test('while the second store is away', async () => {
    await rename(x.second, `${x.second}-away`)
    expect(await kinds()).toEqual(['not-checked'])
    await rename(`${x.second}-away`, x.second)
    expect(await kinds()).toEqual(['pass'])
  })
  test('over a folder that cannot be listed', async () => {
    const folder = join(x.second, 'sha256', film.slice(0, 2))
    await rename(folder, `${folder}-away`)
    await writeFile(folder, 'not a folder')
    expect((await kinds())[0]).toBe('not-checked')
    await rm(folder)
    await rename(`${folder}-away`, folder)
    expect(await kinds()).toEqual(['pass'])
  })
  test('over nothing', async () => {
    await x.house.pool.query(`UPDATE app.blob SET state = 'discarded' WHERE state = 'verified'`)
    await rename(join(x.first, 'sha256'), join(x.first, 'hidden'))
    expect((await takeInventory(x.deps)).verdict).not.toBe('pass')
    await rename(join(x.first, 'hidden'), join(x.first, 'sha256'))
    await x.house.pool.query(`UPDATE app.blob SET state = 'verified' WHERE state = 'discarded'`)
  })
})

describe('a rehearsal', () => {
  const scratch = (name: string) => join(x.house.dataDir, `scratch-${name}`)
  const rehearse = (name: string, more: { sample?: number } = {}) =>
    rehearseRestore(x.deps, { scratch: scratch(name), seed: name, ...more })

  test('brings every file back from the second store while the first one is not there', async () => {
    await rename(x.first, `${x.first}-burnt`)
    const report = await rehearse('all')
    await rename(`${x.first}-burnt`, x.first)
    expect(report).toMatchObject({ verdict: 'pass', whole: true, faults: [], why: [] })
    expect(report.files).toBe(report.ofFiles)
    expect((await readdir(scratch('all'))).toSorted()).toEqual(['receiving', 'sha256'])
    expect((await x.told('RestoreRehearsed')).at(-1)).toEqual(report)
  })
  test('of a sample says that it was one', async () => {
    expect(await rehearse('some', { sample: 2 })).toMatchObject({ verdict: 'pass', whole: false, files: 2 })
  })
  test('fails on one altered and one missing file, although the first store has both', async () => {
    const { rows } = await x.house.pool.query<{ sha256: string }>(
      `SELECT sha256 FROM app.blob WHERE state = 'verified' AND sha256 <> $1 LIMIT 1`,
      [film],
    )
    const gone = rows[0]?.sha256 ?? ''
    await rm(blobPath(x.second, gone))
    await chmod(blobPath(x.second, film), 0o644)
    await writeFile(blobPath(x.second, film), 'others')
    const report = await rehearse('bad')
    expect(report.verdict).toBe('fail')
    expect(report.faults).toHaveLength(2)
    expect(report.faults).toEqual(
      expect.arrayContaining([
        { sha256: film, found: 'altered' },
        { sha256: gone, found: 'missing' },
      ]),
    )
    await mend()
  })
  test('of nothing, without a store, or with the store away, has not passed', async () => {
    const { second: _, ...alone } = x.deps
    expect(await rehearseRestore(alone, { scratch: scratch('x'), seed: 'x' })).toMatchObject({
      verdict: 'not-checked',
    })
    await rename(x.second, `${x.second}-away`)
    expect(await rehearse('away')).toMatchObject({ verdict: 'not-checked', files: 0 })
    await rename(`${x.second}-away`, x.second)
    await x.house.pool.query(`UPDATE app.blob SET state = 'sealed' WHERE state = 'verified'`)
    expect(await rehearse('none')).toMatchObject({ verdict: 'not-checked', files: 0, ofFiles: 0 })
    await x.house.pool.query(`UPDATE app.blob SET state = 'verified' WHERE state = 'sealed'`)
  })
})
