import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import {
  AGENCY,
  createDisposalHouse,
  disposalProjections,
  type DisposalHouse,
} from '../../../../test/test-disposal.ts'
import { command } from '../../../../test/test-filing.ts'
import { makeOldCase, PLACES, tablesWith, WORD } from '../../../../test/old-case.ts'
import { testArchival } from '../../../../test/test-archive.ts'
import { testSheetLaw } from '../../../../test/fixtures/sheet-law.ts'
import { startWatchedLog, type WatchedLog } from '../../../../test/test-witness.ts'
import { openBlob } from '../blobs/put-blob.ts'
import { getCase } from '../case/get-case.ts'
import { listDerivatives } from '../derivative/get-derivatives.ts'
import { openPdf } from '../document/open-pdf.ts'
import { noteFact } from '../case/change-case.ts'
import { readStream } from '../event-store/read-stream.ts'
import { fsck, type FsckReport } from '../fsck/fsck.ts'
import { exportPackage } from '../package/export-package.ts'
import { makePackage } from '../package/make-package.ts'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { memorySource, tarReader } from '@liuhen/ledger/package/tar'
import { carryOutDisposalJob } from './carry-out.ts'
import { approveDisposal, orderDisposal, proposeDisposal, reviewDisposal } from './change-disposal.ts'
import { getDisposal, openCertificate } from './get-disposal.ts'
import { listDue } from './list-due.ts'
import { shredContent } from './shred-files.ts'
import type { Ids } from './weigh-items.ts'

const NOW = '2036-03-10T10:00:00+08:00'
const later = (from: string, days: number) => new Date(Date.parse(from) + days * 86_400_000).toISOString()
let t: DisposalHouse
let log: WatchedLog
let owner: Client
let archival: Awaited<ReturnType<typeof testArchival>>
let admin: Client

beforeAll(async () => {
  t = await createDisposalHouse(NOW)
  log = await startWatchedLog(t.house)
  archival = await testArchival(t.house.dataDir)
  owner = await t.house.connectAs('owner')
  admin = await t.house.connectAs('admin')
  // What only a superuser can: no trigger, no guard.
  await admin.query('SET session_replication_role = replica')
})
afterAll(async () => {
  await log.stop()
  await t.house.close()
})

const done = <D extends object>(outcome: D | Refusal): D => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome
}

const oldCase = () => makeOldCase(t, admin)

/** Three people, the cooling and the order. */
const ordered = async (ids: Ids): Promise<string> => {
  const start = t.clock.at
  const { id: batchId } = done(await proposeDisposal(t.deps, t.by('keeper', ''), ids))
  const seen = [...ids.recordingIds, ...ids.caseFiles]
  done(await reviewDisposal(t.deps, t.by('archivist', batchId), { opinion: '同意', seen, struck: [] }))
  done(await approveDisposal(t.deps, t.by('head', batchId), { opinion: '同意' }))
  t.clock.at = later(start, 31)
  done(await orderDisposal(t.deps, t.by('keeper', batchId), { witnessId: t.people.officer.personId ?? '' }))
  return batchId
}
const carryOut = (batchId: string, deps = t.deps) => carryOutDisposalJob(deps, { agencyId: AGENCY, batchId })
const dispose = async (ids: Ids): Promise<string> => {
  const batchId = await ordered(ids)
  await carryOut(batchId)
  return batchId
}
const file = (caseId: string): Ids => ({ recordingIds: [], caseFiles: [caseId] })
const films = (id: string): Ids => ({ recordingIds: [id], caseFiles: [] })

/** Every event signed, cosigned and published: nothing is on its way while everything is looked at. */
const settled = () =>
  vi.waitFor(
    async () => {
      const { rows } = await admin.query<{ events: number; size: number; note: string; lines: number }>(
        `SELECT (SELECT count(*)::integer FROM record.event) AS events, p.size::integer, p.note,
            (SELECT count(*)::integer FROM log.cosignature c WHERE c.size = p.size) AS lines
           FROM log.published p ORDER BY p.size DESC LIMIT 1`,
      )
      const [newest] = rows
      expect(newest).toMatchObject({ size: newest?.events, lines: 1 })
      expect(await readFile(join(log.folder, 'checkpoint'), 'utf8')).toBe(newest?.note)
    },
    { timeout: 30_000, interval: 50 },
  )

const check = async (): Promise<FsckReport> => {
  await settled()
  const { vkey, size, root } = await log.signer.status()
  const projections = disposalProjections(t.deps.library)
  return fsck({
    owner,
    logFolder: log.folder,
    vkey,
    highWater: { size, root },
    blobs: t.deps.blobs,
    projections,
    library: t.deps.library,
  })
}

const placesOf = (word: string) => tablesWith(admin, word)

const exported = async (caseId: string) => {
  const asked = { ...command(t.people.archivist, caseId), what: 'exportPackage' }
  const request = { purpose: '核对', recipient: `某法院（${WORD}）`, audience: 'whole' as const }
  const { id: packageId = '' } = done(
    await exportPackage(
      { ...t.deps, schemes: archival.schemes, fileLaw: { sheet: testSheetLaw() } },
      asked,
      request,
    ),
  )
  await makePackage(
    {
      store: t.deps.store,
      blobs: t.deps.blobs.store,
      blobRoot: t.first,
      logFolder: log.folder,
      vkey: async () => (await log.signer.status()).vkey,
      witnesses: log.witness.policy,
      ...archival,
    },
    { agencyId: AGENCY, caseId, packageId },
  )
  const { rows } = await admin.query<{ state: string; note: string | null; sha256: string }>(
    'SELECT state, note, sha256 FROM app.package WHERE package_id = $1',
    [packageId],
  )
  return { packageId, ...rows[0] }
}

describe('a case file whose retention has ended', () => {
  let one: Awaited<ReturnType<typeof oldCase>>
  let earlier: Awaited<ReturnType<typeof exported>>
  let batchId = ''
  beforeAll(async () => {
    one = await oldCase()
    earlier = await exported(one.caseId)
  })

  test('waits for its recordings, for the end of its period and for holds, each with its reason', async () => {
    expect(earlier.sha256).toMatch(/^[0-9a-f]{64}$/)
    const due = await listDue(t.deps, t.people.keeper, { limit: 50, blocked: 'true' })
    const row = due.items.find((i) => 'caseFile' in i && i.caseFile === one.caseId)
    expect(row?.blocks.map((b) => b.code)).toEqual(['recordings-left'])
    const early = await proposeDisposal(t.deps, t.by('keeper', ''), file(one.caseId))
    expect(early).toMatchObject({ refused: true, code: 'law-gate' })
    t.clock.at = '2036-02-01T10:00:00+08:00'
    const young = await listDue(t.deps, t.people.keeper, { limit: 50, blocked: 'true' })
    const told = young.items.find((i) => 'caseFile' in i && i.caseFile === one.caseId)
    expect(told?.blocks.map((b) => b.code)).toEqual(['not-yet'])
    t.clock.at = NOW
  })

  test('goes by three people after its recordings: nothing of it is anywhere in the database, and the record is whole', async () => {
    expect(await placesOf(WORD)).toEqual(expect.arrayContaining(PLACES))
    await dispose(films(one.film.id))
    batchId = await dispose(file(one.caseId))
    expect(await placesOf(WORD)).toEqual([])
    // That it was opened stays, and that a reason was given.
    const openings = await admin.query(
      'SELECT user_name, reason FROM app.recording_opening WHERE recording_id = $1 ORDER BY opening_id',
      [one.film.id],
    )
    expect(openings.rows.map((r) => [r.user_name, r.reason])).toEqual([
      ['officer', '（已依法销毁）'],
      ['officer', null],
    ])
    const copies = done(await listDerivatives(t.deps, t.people.keeper, one.film.id))
    expect(copies.items).toEqual([])
    for (const sha256 of [one.paper, one.copy, earlier.sha256 ?? ''])
      expect(await t.places(sha256)).toEqual({})
    const report = await check()
    expect(report.findings).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checked.shredded).toBeGreaterThan(8)
    const view = done(await getDisposal(t.deps, t.people.head, batchId))
    expect(view).toMatchObject({
      status: 'certified',
      items: [{ gone: { parts: report.checked.shredded, kept: 0 } }],
    })
  })

  test('is named by the certificate: by which events it went, and the digest of each paper', async () => {
    const opened = done(await openCertificate(t.deps, t.people.head, batchId))
    const text = Buffer.concat(await opened.bytes.toArray()).toString()
    expect(text).toContain('案卷销毁证明')
    expect(text).toContain(one.paper)
    // Films have batches of their own.
    expect(text).not.toContain(one.film.sha256)
    expect(text).not.toContain(WORD)
    const events = await readStream(t.deps.store, AGENCY, one.caseId)
    const said = events.find((e) => e.type === 'ContentShredded')
    expect(text).toContain(`事件流 ${one.caseId} 第 ${said?.version} 条`)
  })

  test('still says that it was: numbers, papers and days; nobody acts on it, and nothing is owed', async () => {
    const seen = done(await getCase(t.deps, t.people.archivist, one.caseId))
    expect(seen).toMatchObject({
      title: '（已依法销毁）',
      shredded: { number: expect.stringContaining('销毁') },
      can: { exportWhole: true },
      evaluation: { duties: [], findings: [], steps: [{ id: 'decision', status: 'done' }] },
    })
    expect(seen.party).toBeUndefined()
    expect(seen.documents.map((d) => d.number)).toEqual(['长民罚〔2026〕1号'])
    expect(seen.packages).toMatchObject([{ state: 'destroyed' }])
    const opened = await openPdf(t.deps, t.people.archivist, one.caseId, one.documentId)
    expect(opened).toMatchObject({
      code: 'wrong-state',
      reasons: [{ message: '案卷内容已依法销毁，不能再办理' }],
    })
    const held = await noteFact(t.deps, command(t.people.archivist, one.caseId), {
      name: 'hold-placed',
      at: t.clock.at,
      data: { reason: '当事人起诉' },
    })
    expect(held).toMatchObject({ code: 'wrong-state' })
    const again = await proposeDisposal(t.deps, t.by('keeper', ''), file(one.caseId))
    expect(again).toMatchObject({ refused: true })
  })

  test('is exported as what is left, and a stranger sees which parts went by which event', async () => {
    const { state, note, sha256 = '' } = await exported(one.caseId)
    expect({ state, note }).toEqual({ state: 'ready', note: null })
    const opened = await openBlob(t.deps.blobs, sha256)
    const bytes = Buffer.concat((await opened?.stream.toArray()) ?? [])
    const { vkey } = await log.signer.status()
    const report = await verifyPackage(tarReader(memorySource(new Uint8Array(bytes))), {
      policy: `log ${vkey}\n`,
    })
    expect(report.verdict).toBe('PASS')
    expect(report.keys).toBe('TRUSTED')
    const gone = report.items.filter((i) => i.check === 'shredded')
    expect(gone.length).toBeGreaterThan(6)
    expect(gone.every((i) => i.result === 'PASS' && i.detail.includes('销毁批次'))).toBe(true)
    expect(report.items.filter((i) => i.check === 'commitment-sha256' && i.result !== 'PASS')).toEqual([])
  })

  test('that was let go when its removal was cut off shows nothing, is told by fsck, and goes at the next run', async () => {
    const other = await oldCase()
    await dispose(films(other.film.id))
    const batch = await ordered(file(other.caseId))
    const nowhere = { ...t.deps, shredderUrl: t.deps.shredderUrl.replace('liuhen_shredder', 'nobody') }
    await expect(carryOut(batch, nowhere)).rejects.toThrow()
    expect(JSON.stringify(await readStream(t.deps.store, AGENCY, other.caseId))).not.toContain(WORD)
    expect((await check()).findings.map((f) => f.kind)).toEqual(['shred-unfinished'])
    await carryOut(batch)
    expect((await check()).findings).toEqual([])
    expect(done(await getDisposal(t.deps, t.people.head, batch))).toMatchObject({ status: 'certified' })
  })

  test('is not read again when an old copy of its rows comes back, and goes once more', async () => {
    const other = await oldCase()
    const kept = await admin.query(
      `SELECT p.* FROM record.payload p JOIN record.event e USING (event_id)
        WHERE e.stream_id = $1 AND p.part = 'personal'`,
      [other.caseId],
    )
    await dispose(films(other.film.id))
    await dispose(file(other.caseId))
    for (const r of kept.rows)
      await admin.query(
        'INSERT INTO record.payload (event_id, part, agency_id, salt, bytes) VALUES ($1, $2, $3, $4, $5)',
        [r.event_id, r.part, r.agency_id, r.salt, r.bytes],
      )
    const events = await readStream(t.deps.store, AGENCY, other.caseId)
    expect(JSON.stringify(events)).not.toContain(WORD)
    expect((await check()).findings.map((f) => [f.kind, f.count])).toEqual([
      ['shred-unfinished', kept.rows.length],
    ])
    expect(await shredContent(t.deps.shredderUrl, randomUUID())).toBe(0)
    expect(await shredContent(t.deps.shredderUrl)).toBe(kept.rows.length)
    expect((await check()).findings).toEqual([])
  })
})

describe('whoever deletes without a word', () => {
  test('may not take a reason from an opening whose case file stands, nor change anything else of one', async () => {
    const { film } = await oldCase()
    const house = await t.house.connectAs('owner')
    const change = (set: string) =>
      house.query(`UPDATE app.recording_opening SET ${set} WHERE recording_id = $1`, [film.id])
    for (const set of [`reason = '（已依法销毁）'`, `reason = NULL`, `user_name = '别人'`])
      await expect(change(set)).rejects.toThrow('of an opening nothing changes but its reason')
  })

  test('is stopped where he is the shredder, and seen by fsck where he is above all', async () => {
    const { caseId } = await oldCase()
    const { rows } = await admin.query<{ event_id: string; agency_id: string; salt: Buffer; bytes: Buffer }>(
      `SELECT p.* FROM record.payload p JOIN record.event e USING (event_id)
        WHERE e.stream_id = $1 AND e.type = 'PartyNamed' AND p.part = 'personal'`,
      [caseId],
    )
    const [row] = rows
    const remove = `DELETE FROM record.payload WHERE event_id = $1 AND part = 'personal'`
    const shredder = await t.house.connectAs('shredder')
    await expect(shredder.query(remove, [row?.event_id])).rejects.toThrow('no event of the record let go')
    await admin.query(remove, [row?.event_id])
    expect((await check()).findings.map((f) => f.kind)).toContain('payload-missing')
    await admin.query(
      `INSERT INTO record.payload (event_id, part, agency_id, salt, bytes) VALUES ($1, 'personal', $2, $3, $4)`,
      [row?.event_id, row?.agency_id, row?.salt, row?.bytes],
    )
    expect((await check()).findings).toEqual([])
  })

  test('and who names a batch that let go of another file deletes nothing, and is seen', async () => {
    const { caseId } = await oldCase()
    const { rows } = await admin.query<{ n: number; leaf: string }>(
      `SELECT version AS n, encode(leaf_hash, 'base64') AS leaf FROM record.event
        WHERE stream_id = $1 AND type = 'PartyNamed'`,
      [caseId],
    )
    const lawful = await admin.query<{ id: string }>(
      `SELECT stream_id AS id FROM record.event WHERE type = 'DisposalItemReleased' LIMIT 1`,
    )
    const events = rows.map((r) => ({ ...r, parts: ['personal'] }))
    const batchId = lawful.rows[0]?.id
    await t.add('case', caseId, [
      t.event('ContentShredded', t.clock.at, { public: { batchId, number: '借用', events } }),
    ])
    expect(await shredContent(t.deps.shredderUrl)).toBe(0)
    expect((await check()).findings.map((f) => f.kind)).toEqual(['shred-unlawful'])
  })
})
