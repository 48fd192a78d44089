import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { MediaManifest } from '@liuhen/ledger/package/documents'
import { memorySource, tarReader } from '@liuhen/ledger/package/tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { checkArchival, signaturesHold } from '../../../../test/archival/check-archival.ts'
import { testSheetLaw } from '../../../../test/fixtures/sheet-law.ts'
import { foundTestAgency, registerTestPerson, testLibrary } from '../../../../test/test-agency.ts'
import { archiveTestCase, testArchival } from '../../../../test/test-archive.ts'
import { closeTestCase, type ClosedCase } from '../../../../test/test-closed-case.ts'
import { heldFile } from '../../../../test/test-held-file.ts'
import {
  appendToCase,
  latin1,
  opensAll,
  packageRow,
  printAgain,
  textsIn,
  unpackTar,
} from '../../../../test/test-package.ts'
import { CHAIN, DESCRIPTION, writeBesideFilm } from '../../../../test/test-sidecars.ts'
import { startWatchedLog, type WatchedLog } from '../../../../test/test-witness.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { getCase } from '../case/get-case.ts'
import type { CaseCommand, CaseDone } from '../case-stream/act-on-case.ts'
import { readStream } from '../event-store/read-stream.ts'
import type { Store } from '../event-store/store.ts'
import { knownFilesProjection } from '../log-query/project-known-files.ts'
import { personProjection } from '../person/project-person.ts'
import { withAgency } from '../postgres/transaction.ts'
import { downloadPackage } from './download-package.ts'
import { type ExportDeps, exportPackage } from './export-package.ts'
import { givePackageUp, makePackage, type PackageDeps } from './make-package.ts'
import { remakePackage } from './remake-package.ts'

const run = promisify(execFile)
const AGENCY = '420112007'

let installation: TestInstallation
let deps: ExportDeps
let store: Store
let log: WatchedLog
let archivist: Actor
let closed: ClosedCase
let making: PackageDeps

const done = (outcome: CaseDone | Refusal): CaseDone => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome
}
const command = (): CaseCommand => ({
  commandId: randomUUID(),
  actor: archivist,
  caseId: closed.caseId,
  what: 'exportPackage',
})

const rowOf = (packageId: string) => packageRow(store, AGENCY, packageId)

const lastPackageId = async (): Promise<string> => {
  const events = await readStream(store, AGENCY, closed.caseId)
  const exported = events.findLast((e) => e.type === 'PackageExported')?.data.public
  return String(typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'packageId') : '')
}

const exportAndMake = async (audience: 'whole' | 'party'): Promise<string> => {
  const asked = command()
  const purpose = audience === 'whole' ? '行政诉讼举证（王检举）' : '当事人查阅'
  const request = { purpose, recipient: '某区人民法院', audience }
  const { id: packageId = '' } = done(await exportPackage(deps, asked, request))
  expect(packageId).toBe(await lastPackageId())
  // The same command again has no second effect and names the same package.
  expect(done(await exportPackage(deps, asked, request)).id).toBe(packageId)
  await makePackage(making, { agencyId: AGENCY, caseId: closed.caseId, packageId })
  return packageId
}

const unpack = async (packageId: string): Promise<string> => {
  const got = await downloadPackage({ ...deps, blobs: closed.blobs }, archivist, closed.caseId, packageId)
  if (isRefusal(got)) throw new Error(JSON.stringify(got.reasons))
  return unpackTar(await got.bytes.toArray(), join(installation.dataDir, `unpacked-${packageId}`))
}

beforeAll(async () => {
  const library = testLibrary()
  installation = await createTestInstallation({
    projections: [agencyProjection, personProjection, knownFilesProjection],
  })
  store = installation.store
  const archival = await testArchival(installation.dataDir)
  deps = { store, library, fileLaw: { sheet: testSheetLaw() }, ...archival }
  await foundTestAgency(store, AGENCY)
  archivist = await registerTestPerson(store, AGENCY, { name: '周档案', roles: ['archivist'] })
  closed = await closeTestCase(store, archivist, installation.dataDir, { papers: [DESCRIPTION] })
  await writeBesideFilm(store, archivist, closed)
  await archiveTestCase(store, archivist, closed)
  log = await startWatchedLog(installation)
  await printAgain(store, log.folder, archivist, closed)
  making = {
    store,
    blobs: closed.blobs,
    blobRoot: closed.blobRoot,
    logFolder: log.folder,
    vkey: async () => (await log.signer.status()).vkey,
    sm2Vkey: async () => (await log.signer.status()).sm2Vkey,
    witnesses: log.witness.policy,
    tsa: log.tsa.url,
    ...archival,
  }
})
afterAll(async () => {
  await log.stop()
  await installation.close()
})

describe('a package for a court', () => {
  let packageId = ''
  let folder = ''
  beforeAll(async () => {
    packageId = await exportAndMake('whole')
    folder = await unpack(packageId)
  })

  test('is verified as a stranger would before it may be fetched', async () => {
    const witnesses = { confirmed: 1, named: 1 }
    expect(await rowOf(packageId)).toMatchObject({
      state: 'ready',
      note: null,
      verdict: { verdict: 'PASS', keys: 'TRUSTED', anchoring: 'WITNESSED', witnesses },
    })
  })

  test('is whole for sha256sum and for the shell script, which use none of our code', async () => {
    const manifests = ['manifest-sha256.txt', 'tagmanifest-sha256.txt']
    await run('sha256sum', ['-c', '--strict', '--quiet', ...manifests], { cwd: folder })
    await run('sh', ['verify/verify.sh', '.', (await log.signer.status()).vkey], { cwd: folder })
  })

  test('states the SM3 of the recording, as it was taken when the recording was checked', async () => {
    const [name = ''] = await readdir(join(folder, 'proofs/media'))
    const told = MediaManifest.parse(JSON.parse(await readFile(join(folder, 'proofs/media', name), 'utf8')))
    expect(told.sm3).toBe(createHash('sm3').update(closed.media).digest('hex'))
    expect(await readFile(join(folder, 'manifest-sm3.txt'), 'utf8')).toContain(`${told.sm3}  data/media/`)
    const list = await readFile(join(folder, 'manifest-sm3.txt'))
    const exported = (await readStream(store, AGENCY, closed.caseId)).find(
      (e) => e.type === 'PackageExported',
    )
    expect(exported?.data.public).toMatchObject({
      payloadManifestSm3: createHash('sm3').update(list).digest('hex'),
    })
  })

  test('sjz-17-3: lies beside the film what is said in it, and what the phone signed', async () => {
    const names = await readdir(join(folder, 'data/media'))
    const [film = ''] = names.filter((n) => n.endsWith('.mp4'))
    const stem = film.slice(0, -'.mp4'.length)
    expect(names.toSorted()).toEqual([`${stem}.chain.txt`, film, `${stem}.sheet.html`, `${stem}.vtt`])
    const vtt = await readFile(join(folder, 'data/media', `${stem}.vtt`), 'utf8')
    expect(vtt).toContain('00:00:01.000 --> 00:00:02.000\n店主：是我摆的。')
    expect(await readFile(join(folder, 'data/media', `${stem}.chain.txt`), 'utf8')).toBe(CHAIN)
  })

  test('holds every paper of both volumes, the recording and a page for people', async () => {
    const papers = await readdir(join(folder, 'data/documents'), { recursive: true })
    expect(papers.filter((p) => p.endsWith('.pdf'))).toHaveLength(7)
    const index = await readFile(join(folder, 'index.html'), 'utf8')
    for (const text of ['行政处罚决定书', '完成“立案”', 'id="case"', '<video', '某区人民法院'])
      expect(index).toContain(text)
    // What was found when it was made, as the reader's own verification will say it.
    for (const text of ['WITNESSED，1/1', '1/1 段可以播放', '<td>案件<br>']) expect(index).toContain(text)
    expect(index).not.toMatch(/https?:/)
    await opensAll(folder, index)
  })

  test('evd-12: states of the recording what a court wants stated, from the paper about it and from the record', async () => {
    const media = join(folder, 'data/media')
    const [name = ''] = (await readdir(media)).filter((n) => n.endsWith('.sheet.html'))
    const sheet = await readFile(join(media, name), 'utf8')
    for (const text of [
      '第十二条',
      '复制件',
      '执法记录仪拍摄，原样导出',
      '据《视听资料文字说明》',
      '店主：是我摆的。',
    ])
      expect(sheet).toContain(text)
    expect(sheet).toMatch(/设备时钟<\/dt><dd><em class="none">未记载/)
    expect(sheet).toContain(createHash('sha256').update(closed.media).digest('hex'))
    expect(sheet).toContain('可以播放')
    await opensAll(media, sheet)
    expect(await readFile(join(folder, 'manifest-sha256.txt'), 'utf8')).toContain(`data/media/${name}\n`)
  })

  test('bears a time stamp over its checkpoint, which openssl verifies', async () => {
    const note = await readFile(join(folder, 'proofs/checkpoint'), 'utf8')
    const text = join(installation.dataDir, 'text')
    await writeFile(text, note.replace(/\n\n[^]*$/, '\n'))
    const token = join(folder, `proofs/tsa/${note.split('\n')[1]}.tsr`)
    await run('openssl', ['ts', '-verify', '-data', text, '-in', token, '-CAfile', log.tsa.authority])
  })

  test('proves that its log begins with the one on whose checkpoint the decision was printed', async () => {
    const [file = '', ...more] = await readdir(join(folder, 'proofs/issued'))
    expect(more).toEqual([file.replace('.checkpoint', '.consistency')])
    const reader = tarReader(memorySource(await readFile(`${folder}.tar`)))
    const { items } = await verifyPackage(reader, { policy: `log ${(await log.signer.status()).vkey}\n` })
    const open = items.filter((i) => i.check === 'file-sm3' && i.result !== 'PASS')
    expect(open.map((i) => i.path).filter((p) => !p.endsWith('.mp4'))).toEqual([])
    expect(items.find((i) => i.check === 'enclosed')?.detail).toMatch(/^元数据 8 件，封装包（EEP）2 件/)
    const item = items.find((i) => i.check === 'issued')
    expect(item).toMatchObject({ result: 'PASS', path: `proofs/issued/${file}` })
    expect(item?.detail).toContain('行政处罚决定书.pdf')
  })

  test('says of the four properties what was looked at and what was not', async () => {
    const list = JSON.parse(await readFile(join(folder, 'metadata/da-t-70.json'), 'utf8')) as {
      items: { code: string; result: string; detail: string }[]
    }
    expect(list.items.filter((i) => i.result === 'failed')).toEqual([])
    expect(list.items.find((i) => i.code === '1-1')?.detail).toMatch(/witness\.test\.invalid\/1.*TIMESTAMPED/)
    expect(list.items.find((i) => i.code === '2-1')?.detail).toBe('文书 7 件，音像 1 件')
    expect(list.items.find((i) => i.code === '4-2')?.result).toBe('not-checked')
  })

  test('describes each object in the words of the archives, and encapsulates what has a place in the file', async () => {
    const { encapsulated, metadata } = await checkArchival(folder)
    const decision = '正卷/001-行政处罚决定书.xml'
    expect(encapsulated).toEqual(['eep/副卷/001-法制审核意见书.xml', `eep/${decision}`])
    expect(metadata.get(`da-t-46/${decision}`)).toContain('<室编案卷号 编号="M15">20260001-正卷<')
    expect(await signaturesHold(join(folder, 'metadata/eep', decision))).toEqual([true, true])
  })

  test('is neither made nor fetched by somebody who may only read the case', async () => {
    const supervisor = await registerTestPerson(store, AGENCY, { name: '孙监督', roles: ['supervisor'] })
    const request = { purpose: '查阅', recipient: '本人', audience: 'whole' as const }
    const asked = await exportPackage(deps, { ...command(), actor: supervisor }, request)
    const got = await downloadPackage({ ...deps, blobs: closed.blobs }, supervisor, closed.caseId, packageId)
    expect([asked, got]).toMatchObject([{ code: 'not-permitted' }, { code: 'not-permitted' }])
  })

  test('every download is written down', async () => {
    const { rows } = await withAgency(store, AGENCY, (tx) =>
      tx.query('SELECT FROM record.package_access WHERE package_id = $1', [packageId]),
    )
    expect(rows).toHaveLength(1)
  })

  test('the export was in the record before the package was made, and names the payload', async () => {
    const statement = JSON.parse(await readFile(join(folder, 'proofs/export.json'), 'utf8')) as {
      streamId: string
      version: number
    }
    expect(statement.streamId).toBe(closed.caseId)
    expect((await rowOf(packageId))?.verdict.failed).toEqual([])
  })
})

test('what is recorded after the export is not in the package, and does not break it', async () => {
  done(await exportPackage(deps, command(), { purpose: '复议', recipient: '区政府', audience: 'whole' }))
  const packageId = await lastPackageId()
  await appendToCase(store, archivist, closed.caseId, {
    type: 'CaseFlagged',
    data: { public: { flag: 'dispute-prone', on: true }, internal: { reason: '测试' } },
  })
  await makePackage(making, { agencyId: AGENCY, caseId: closed.caseId, packageId })
  expect(await rowOf(packageId)).toMatchObject({ state: 'ready' })
})

test('a package for the party leaves out the sub volume, opinions and the informant, and is still whole', async () => {
  const packageId = await exportAndMake('party')
  expect(await rowOf(packageId)).toMatchObject({ state: 'ready' })
  const folder = await unpack(packageId)
  const texts = await textsIn(folder)
  const secrets = '赵举报 13900000000 法制审核意见书 同意 某区人民法院 王检举 是我摆的'
  for (const secret of secrets.split(' '))
    expect([secret, texts.includes(latin1(secret))]).toEqual([secret, false])
  // The decision's own checkpoint, and those of the packages before.
  expect((await readdir(join(folder, 'proofs/issued'))).length).toBeGreaterThanOrEqual(2 * 2)
  expect((await checkArchival(folder)).metadata.size).toBe(0)
  for (const told of ['行政处罚决定书', '王小明', ':"enclosed"']) expect(texts).toContain(latin1(told))
})

test('a lost original makes the package fail by name, instead of leaving it out', async () => {
  const whole = making.blobs
  done(await exportPackage(deps, command(), { purpose: '测试', recipient: '测试', audience: 'whole' }))
  const packageId = await lastPackageId()
  const hollow = { ...whole, sizeOf: () => Promise.resolve(undefined) }
  await makePackage({ ...making, blobs: hollow }, { agencyId: AGENCY, caseId: closed.caseId, packageId })
  expect(await rowOf(packageId)).toMatchObject({ state: 'failed', note: expect.stringContaining('9 个原件') })
  const got = await downloadPackage({ ...deps, blobs: whole }, archivist, closed.caseId, packageId)
  expect(isRefusal(got) && got.code).toBe('wrong-state')
})

test('a package that was given up says why in Chinese, and is made again from the same export', async () => {
  const asked = { purpose: '测试', recipient: '测试', audience: 'whole' as const }
  const { id: packageId = '' } = done(await exportPackage(deps, command(), asked))
  const job = { agencyId: AGENCY, caseId: closed.caseId, packageId }
  await givePackageUp(making, job, new Error('ENOSPC: no space left on device'))
  expect(await rowOf(packageId)).toMatchObject({
    state: 'failed',
    note: '多次制作没有成功：原因见系统运行日志。',
  })
  const workspace = await getCase(deps, archivist, closed.caseId)
  if (isRefusal(workspace)) throw new Error(workspace.code)
  expect(workspace.packages.find((p) => p.id === packageId)).toMatchObject({
    state: 'failed',
    problem: { message: expect.stringContaining('没有成功'), todo: expect.stringContaining('重新制作') },
  })
  const events = async () => (await readStream(store, AGENCY, closed.caseId)).length
  const before = await events()
  const outsider = { ...archivist, roles: ['publisher' as const], personId: 'p', userId: 'p' }
  const refused = await remakePackage(deps, outsider, closed.caseId, packageId)
  expect(refused).toMatchObject({ code: 'not-permitted' })
  done(await remakePackage(deps, archivist, closed.caseId, packageId))
  done(await remakePackage(deps, archivist, closed.caseId, packageId))
  expect(await rowOf(packageId)).toMatchObject({ state: 'making', note: null })
  await makePackage({ ...making, witnesses: { ...making.witnesses, peers: [], lines: [] } }, job)
  // Without witnesses its own verdict counts the stamp, as its DA/T 70 does.
  expect(await rowOf(packageId)).toMatchObject({ state: 'ready', verdict: { anchoring: 'TIMESTAMPED' } })
  expect(await events()).toBe(before)
  const again = await remakePackage(deps, archivist, closed.caseId, packageId)
  expect(again).toMatchObject({ code: 'wrong-state' })
  await givePackageUp(making, job, new Error('late'))
  expect(await rowOf(packageId)).toMatchObject({ state: 'ready' })
})

test('another agency finds no such package', async () => {
  const stranger: Actor = { ...archivist, agencyId: 'other' }
  const packageId = await lastPackageId()
  const got = await downloadPackage({ ...deps, blobs: closed.blobs }, stranger, closed.caseId, packageId)
  expect(isRefusal(got) && got.code).toBe('not-found')
})

describe('a file that somebody holds', () => {
  const { ask, digestOf, verify } = heldFile(() => ({ store, log, agencyId: AGENCY }))

  test('is found when it is a paper that was served, with its number and a proof', async () => {
    const found = await ask(await digestOf(closed.documents['penalty-decision']))
    expect(found).toMatchObject({ found: true, kind: 'document', number: '走街罚决〔2026〕3号' })
    expect(await verify(await digestOf(closed.documents['penalty-decision']))).toMatchObject({
      verdict: 'PASS',
      anchoring: 'WITNESSED',
      keys: 'TRUSTED',
      event: { kind: 'document' },
    })
  })

  test('is not told of when it is an internal paper', async () => {
    expect(await ask(await digestOf(closed.documents['legal-review-opinion']))).toEqual({ found: false })
  })

  test('is found as a recording without a word about the case', async () => {
    const found = await ask(await digestOf(closed.recordingId))
    expect(found).toMatchObject({ found: true, kind: 'recording' })
    expect(found.title).toBeUndefined()
    const report = await verify(await digestOf(closed.recordingId))
    expect(report).toMatchObject({ verdict: 'PASS', event: { kind: 'recording' } })
    // The film is under a stamp, by an authority that this reader does not name.
    expect(report.items.filter((i) => i.check === 'timestamp').map((i) => i.result)).toEqual(['NOT CHECKED'])
    const named = [`tsa ${found.stamp?.certificate ?? ''}`]
    expect(await verify(await digestOf(closed.recordingId), named)).toMatchObject({
      verdict: 'PASS',
      anchoring: 'TIMESTAMPED',
    })
  })

  test('is not found with one digit changed', async () => {
    expect(await ask('0'.repeat(64))).toEqual({ found: false })
  })
})

test('a package that is made after the film was disposed of is whole without it, and still names its digest', async () => {
  const sha256 = createHash('sha256').update(closed.media).digest('hex')
  const at = '2026-04-22T10:00:00+08:00'
  await appendToCase(store, archivist, closed.caseId, {
    type: 'FactNoted',
    data: {
      public: { name: 'disposal-carried-out', at, ref: randomUUID() },
      internal: { about: closed.recordingId, data: {}, by: [] },
    },
  })
  await closed.blobs.destroy(sha256, { sha256, batchId: randomUUID(), number: '1', at, asides: [] })
  const packageId = await exportAndMake('whole')
  expect(await rowOf(packageId)).toMatchObject({ state: 'ready', verdict: { verdict: 'PASS' } })
  const folder = await unpack(packageId)
  expect((await readdir(folder, { recursive: true })).filter((n) => n.endsWith('.mp4'))).toEqual([])
  expect(await textsIn(folder)).toContain(sha256)
})
