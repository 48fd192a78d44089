import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { testSheetLaw } from '../../../../test/fixtures/sheet-law.ts'
import { testArchival } from '../../../../test/test-archive.ts'
import { AGENCY, createDisposalHouse, type DisposalHouse } from '../../../../test/test-disposal.ts'
import { command } from '../../../../test/test-filing.ts'
import { packageRow } from '../../../../test/test-package.ts'
import { startWatchedLog, type WatchedLog } from '../../../../test/test-witness.ts'
import { insertReceiving, sealBlob, settleVerified } from '../blobs/blob-rows.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { recoverBlobs } from '../blobs/recover-blobs.ts'
import { downloadPackage } from '../package/download-package.ts'
import { exportPackage } from '../package/export-package.ts'
import { givePackageUp, makePackage, type PackageDeps } from '../package/make-package.ts'
import { claimBytes, settlePackage } from '../package/package-rows.ts'
import { remakePackage } from '../package/remake-package.ts'
import { inTransaction, withAgency } from '../postgres/transaction.ts'
import { carryOutDisposalJob } from './carry-out.ts'
import { approveDisposal, orderDisposal, proposeDisposal, reviewDisposal } from './change-disposal.ts'
import { openCertificate } from './get-disposal.ts'
import { listDue } from './list-due.ts'

const NOW = '2036-03-10T10:00:00+08:00'
const AT = '2026-01-06T09:00:00+08:00'
let t: DisposalHouse
let log: WatchedLog
let making: PackageDeps

beforeAll(async () => {
  t = await createDisposalHouse(NOW)
  log = await startWatchedLog(t.house)
  making = {
    store: t.deps.store,
    blobs: t.deps.blobs.store,
    blobRoot: t.first,
    logFolder: log.folder,
    vkey: async () => (await log.signer.status()).vkey,
    witnesses: { ...log.witness.policy, peers: [], lines: [] },
    ...(await testArchival(t.house.dataDir)),
  }
})
afterAll(async () => {
  await log.stop()
  await t.house.close()
})

const done = <D extends object>(outcome: D | Refusal): D => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome
}

/** A case of ten years ago with one paper and no film. */
const oldCase = async (): Promise<string> => {
  const caseId = await t.openCase({ 'case-file-retention-years': 10 })
  const documentId = randomUUID()
  const pdf = Buffer.from(`%PDF-1.7\n% ${documentId}\n${'x'.repeat(600)}\n%%EOF\n`)
  const { sha256, sizeBytes, mime } = await putBlob(t.deps.blobs, pdf, 'application/pdf')
  const paper = { documentId, type: 'penalty-decision', dataHash: '0'.repeat(64) }
  await t.add('case', caseId, [
    t.event('DocumentSubmitted', AT, {
      public: { ...paper, step: 'decision', version: 1 },
      internal: { data: {}, filled: [] },
    }),
    t.event('DocumentIssued', AT, { public: { ...paper, issuedOn: '2026-01-06' } }),
    t.event('DocumentRendered', AT, { public: { documentId, blob: { sha256, sizeBytes, mime }, pages: 1 } }),
  ])
  await t.archive(caseId)
  await t.copy()
  return caseId
}
const exported = async (caseId: string): Promise<string> => {
  const asked = { ...command(t.people.archivist, caseId), what: 'exportPackage' }
  const request = { purpose: '核对', recipient: '某法院', audience: 'whole' as const }
  const { id = '' } = done(
    await exportPackage(
      { ...t.deps, schemes: making.schemes, fileLaw: { sheet: testSheetLaw() } },
      asked,
      request,
    ),
  )
  return id
}
const make = (caseId: string, packageId: string, deps: Partial<PackageDeps> = {}) =>
  makePackage({ ...making, ...deps }, { agencyId: AGENCY, caseId, packageId })
const giveUp = (caseId: string, packageId: string) =>
  givePackageUp(making, { agencyId: AGENCY, caseId, packageId }, new Error('ENOSPC'))
const rowOf = (packageId: string) => packageRow(t.deps.store, AGENCY, packageId)
const tars = async (): Promise<string[]> => {
  const { rows } = await t.house.pool.query<{ sha256: string }>(
    `SELECT sha256 FROM app.blob WHERE mime = 'application/x-tar' AND state IN ('sealed', 'verified') ORDER BY id`,
  )
  return rows.map((r) => r.sha256)
}
const dueOf = async (caseId: string, blocked: 'true' | 'false') => {
  const { items } = await listDue(t.deps, t.people.keeper, { limit: 50, blocked })
  return items.find((i) => 'caseFile' in i && i.caseFile === caseId)
}
const proposed = (caseId: string) =>
  proposeDisposal(t.deps, t.by('keeper', ''), { recordingIds: [], caseFiles: [caseId] })
const wait = (days: number) => {
  t.clock.at = new Date(Date.parse(t.clock.at) + days * 86_400_000).toISOString()
}
const ordered = async (caseId: string): Promise<string> => {
  const { id: batchId } = done(await proposed(caseId))
  done(
    await reviewDisposal(t.deps, t.by('archivist', batchId), { opinion: '同意', seen: [caseId], struck: [] }),
  )
  done(await approveDisposal(t.deps, t.by('head', batchId), { opinion: '同意' }))
  wait(31)
  done(await orderDisposal(t.deps, t.by('keeper', batchId), { witnessId: t.people.officer.personId ?? '' }))
  return batchId
}
const carryOut = (batchId: string, deps = t.deps) => carryOutDisposalJob(deps, { agencyId: AGENCY, batchId })

describe('packages of a case file that goes', () => {
  test('go with it, also the bytes of attempts that were cut off; what is being made is waited for', async () => {
    const caseId = await oldCase()
    const packageId = await exported(caseId)
    expect((await dueOf(caseId, 'true'))?.blocks.map((b) => b.code)).toEqual(['package-making'])
    expect(await proposed(caseId)).toMatchObject({ refused: true })
    // The process ends when the store has the bytes and nobody has said so.
    const adopt = async (...args: Parameters<PackageDeps['blobs']['adopt']>) => {
      await making.blobs.adopt(...args)
      throw new Error('the process ends')
    }
    await expect(make(caseId, packageId, { blobs: { ...making.blobs, adopt } })).rejects.toThrow('ends')
    await giveUp(caseId, packageId)
    expect((await dueOf(caseId, 'true'))?.blocks.map((b) => b.code)).toEqual(['package-making'])
    await recoverBlobs(t.deps.blobs, new Date(Date.now() + 60_000))
    const [first = ''] = await tars()
    expect(await dueOf(caseId, 'false')).toMatchObject({ papers: 2 })
    // On another day it is another tar.
    wait(1)
    done(await remakePackage(t.deps, t.people.archivist, caseId, packageId))
    await make(caseId, packageId)
    const { state, sha256: second = '' } = (await rowOf(packageId)) ?? {}
    expect(state).toBe('ready')
    expect(second).not.toBe(first)
    const batchId = await ordered(caseId)
    const asked = await exported(caseId)
    await expect(carryOut(batchId)).rejects.toThrow('正在制作')
    await make(caseId, asked)
    await carryOut(batchId)
    for (const sha256 of [first, second, (await rowOf(asked))?.sha256 ?? ''])
      expect(await t.places(sha256)).toEqual({})
    const certificate = done(await openCertificate(t.deps, t.people.head, batchId))
    const text = Buffer.concat(await certificate.bytes.toArray()).toString()
    for (const sha256 of [first, second]) expect(text).toContain(sha256)
  })

  test('may be of gigabytes: the page of what is due is there, with their size', async () => {
    const caseId = await oldCase()
    const packageId = await exported(caseId)
    const [id, sha256, sizeBytes] = [randomUUID(), 'f'.repeat(64), 3_000_000_000]
    await inTransaction(t.house.pool, async (tx) => {
      await insertReceiving(tx, id, 'application/x-tar', 'put')
      await claimBytes(tx, { agencyId: AGENCY, packageId }, sha256)
      await sealBlob(tx, id, { sha256, sizeBytes })
      await settleVerified(tx, id, sha256)
    })
    await giveUp(caseId, packageId)
    const due = await dueOf(caseId, 'false')
    expect(due?.sizeBytes).toBeGreaterThan(sizeBytes)
  })

  test('are neither made anew, nor fetched, nor settled by a run that was overtaken', async () => {
    const caseId = await oldCase()
    const [whole, failed] = [await exported(caseId), await exported(caseId)]
    await make(caseId, whole)
    const before = await tars()
    // It is given up while it is read: nothing of it comes into a store.
    const vkey = async () => {
      await giveUp(caseId, failed)
      return making.vkey('')
    }
    await expect(make(caseId, failed, { vkey })).rejects.toThrow('not being made')
    expect(await tars()).toEqual(before)
    const batchId = await ordered(caseId)
    expect(await remakePackage(t.deps, t.people.archivist, caseId, failed)).toMatchObject({
      reasons: [{ message: expect.stringContaining('销毁批次') }],
    })
    // Let go in the record, and cut off before a byte is gone.
    const nowhere = { ...t.deps, shredderUrl: t.deps.shredderUrl.replace('liuhen_shredder', 'nobody') }
    await expect(carryOut(batchId, nowhere)).rejects.toThrow('nobody')
    const gone = { reasons: [{ message: '案卷内容已依法销毁，不能再办理' }] }
    const deps = { ...t.deps, blobs: making.blobs }
    const fetched = await downloadPackage(deps, t.people.archivist, caseId, whole)
    expect(isRefusal(fetched) && fetched).toMatchObject(gone)
    expect(await remakePackage(t.deps, t.people.archivist, caseId, failed)).toMatchObject(gone)
    await carryOut(batchId)
    const verdict = { verdict: 'PASS', anchoring: '', witnesses: { confirmed: 0, named: 0 } } as const
    const made = {
      sha256: '0'.repeat(64),
      sizeBytes: 1,
      verdict: { ...verdict, keys: '', items: 0, failed: [], treeSize: 1 },
    }
    await withAgency(t.deps.store, AGENCY, (tx) => settlePackage(tx, failed, made))
    expect(await rowOf(failed)).toMatchObject({ state: 'destroyed' })
    expect(await remakePackage(t.deps, t.people.archivist, caseId, failed)).toMatchObject(gone)
  })
})
