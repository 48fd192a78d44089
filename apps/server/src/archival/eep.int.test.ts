import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describe } from '@liuhen/domain/archival/describe'
import type { Act } from '@liuhen/domain/archival/known-case'
import { ed25519NoteKey, formatVkey } from '@liuhen/ledger/note'
import { checkEepSignatures } from '@liuhen/ledger/package/check-eep-signature'
import { startEmbedded } from '@liuhen/ledger/package/embedded-paper'
import { purePrimitives } from '@liuhen/ledger/package/primitives'
import { signaturesHold, validateEep } from '../../../../test/archival/check-archival.ts'
import { lawDir } from '../../../../test/fixtures/load-definitions.ts'
import { makeDemonstrationKey } from '../seal/demonstration-keys.ts'
import { keyFolder } from '../seal/key-folder.ts'
import { findUsableKey } from '../seal/usable-key.ts'
import type { DescribedDocument } from './describe-package.ts'
import { eepGaps } from './eep-gaps.ts'
import type { EepSigner } from './eep-signature.ts'
import { whyNoEep } from './eep-xml.ts'
import { encapsulate } from './encapsulate.ts'
import { type ArchivalSchemes, loadSchemes } from './load-schemes.ts'
import { makeEep, wrappedBytes } from './make-eep.ts'

const AT = '2026-06-30T10:00:00+08:00'
const HOSTILE = `甲]]>&<script>"'\u0007\uFFFE&#0; ${'很长'.repeat(200)}`
const agency = { id: 'a', name: `办事处${HOSTILE}`, code: '11420112' }
const act: Act = {
  id: 'e1',
  act: '草拟',
  at: AT,
  detail: HOSTILE,
  by: { id: 'p1', name: HOSTILE, isPerson: true },
}

let folder: string
let schemes: ArchivalSchemes
let signer: EepSigner

const describedPaper = (
  bytes: Uint8Array,
  more: Record<string, string | undefined> = {},
  name = '正卷/001-甲.pdf',
): DescribedDocument => {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const document = { name, sha256, sizeBytes: bytes.length, documentId: 'd1' }
  const known = {
    id: 'd1',
    agency: agency.name,
    year: '2026',
    term: '30年',
    volumeNo: '20260001-正卷',
    itemNo: '1',
    title: HOSTILE,
    caseTitle: HOSTILE,
    date: '2026-06-30',
    pages: '2',
    openness: 'kept',
    fileName: '001-甲.pdf',
    sizeBytes: '9',
    notes: [{ text: HOSTILE }, { text: '又一' }],
    relations: [{ id: 'd0', relation: '关联', detail: HOSTILE }],
    ...more,
  }
  const description = describe(schemes.documents, known)
  return {
    path: '',
    metadataPath: '',
    bytes: new Uint8Array(),
    scheme: schemes.documents,
    known,
    description,
    document: { ...document, title: '甲', volume: 'main', pages: 2 },
    acts: [act],
  }
}

/** Bytes as a store gives them, in uneven pieces. */
const holding = (bytes: Uint8Array) => ({
  open: async () =>
    Readable.from(
      (function* () {
        for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7) % 65_521)
          yield Buffer.from(bytes.subarray(at, at + step))
      })(),
    ),
})

const made = async (bytes: Uint8Array, by?: EepSigner) => {
  const eep = await makeEep(holding(bytes), describedPaper(bytes), agency, AT, by)
  const written = Buffer.concat(await Readable.from(wrappedBytes(holding(bytes), eep.file)).toArray())
  return { ...eep, written }
}

const valid = async (xml: string | Uint8Array): Promise<string> => {
  const path = join(folder, 'eep.xml')
  await writeFile(path, xml)
  return validateEep([path]).then(
    () => '',
    (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)),
  )
}

const signed = async (xml: string | Uint8Array) => {
  const path = join(folder, 'signed.xml')
  await writeFile(path, xml)
  return signaturesHold(path)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-eep-'))
  schemes = await loadSchemes(lawDir)
  const seals = keyFolder({ folder: join(folder, 'seals'), make: makeDemonstrationKey })
  const key = await findUsableKey(seals, { agencyId: 'a', agencyName: '办事处' }, AT)
  if (typeof key === 'string') throw new Error(key)
  signer = { seals, key, at: AT }
})
afterAll(() => rm(folder, { recursive: true }))

test.each([1, 2, 3, 200_001])('a paper of %i bytes is encapsulated as the standard says', async (length) => {
  const bytes = randomBytes(length)
  const { file, embedded, written } = await made(bytes, signer)
  expect(await valid(written)).toBe('')
  expect(file).toMatchObject({
    path: 'metadata/eep/正卷/001-甲.xml',
    sizeBytes: written.length,
    sha256: createHash('sha256').update(written).digest('hex'),
  })
  expect(embedded).toMatchObject({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: length,
  })
  expect(await signed(written)).toEqual([true, true])
})

test('without a key it bears no signature and is valid all the same', async () => {
  const { written } = await made(randomBytes(100))
  expect(await valid(written)).toBe('')
  expect(written.toString('utf8')).not.toContain('电子签名')
})

test.each([1, 2, 4])(
  'a seal that fails at its signature no. %i keeps no paper from being encapsulated',
  async (at) => {
    let signatures = 0
    const failing: EepSigner = {
      ...signer,
      seals: {
        ...signer.seals,
        sign: async (...a) => {
          if (++signatures === at) throw new Error('the seal is away')
          return signer.seals.sign(...a)
        },
      },
    }
    const bytes = randomBytes(100)
    const documents = [describedPaper(bytes), describedPaper(bytes, {}, '正卷/002-乙.pdf')]
    const { files, examined } = await encapsulate(
      holding(bytes),
      { documents, recordings: [], without: [] },
      { agency, at: AT, signer: failing },
    )
    const notSigned = documents[at <= 2 ? 0 : 1]?.document.name
    expect(examined).toEqual({
      made: 2,
      hasKey: true,
      notSigned: [notSigned],
      notIndexed: [],
      faulty: [],
      exchanged: [],
    })
    const written = await Promise.all(
      files.map(async (f) =>
        Buffer.concat(await Readable.from(wrappedBytes(holding(bytes), f)).toArray()).toString('utf8'),
      ),
    )
    for (const xml of written) expect(await valid(xml)).toBe('')
    const isBare = written.map((xml) => !xml.includes('电子签名') && !xml.includes('锁定签名'))
    expect(isBare).toEqual(documents.map((d) => d.document.name === notSigned))
  },
)

test('a changed character breaks the signature; a changed signature breaks its lock', async () => {
  const { written } = await made(randomBytes(100), signer)
  const xml = written.toString('utf8')
  expect(await signed(xml.replace('<密级>内部', '<密级>公开'))).toEqual([false, true])
  expect(await signed(xml.replace('<签名标识符>修改0-签名1', '<签名标识符>修改0-签名2'))).toEqual([
    true,
    false,
  ])
})

/** What a verifier says of the signatures, with the policy of its reader. */
const verified = (xml: string, policy?: string, sealsUnread?: string) => {
  const embedded = startEmbedded(() => createHash('sha256'))
  embedded.update(Buffer.from(xml))
  const file = { sizeBytes: 0, sha256: '', embedded: embedded.end() }
  const scan = { files: new Map([['metadata/eep/a.xml', file]]), items: [] }
  const items = checkEepSignatures(scan, { policy, primitives: purePrimitives, sealsUnread })
  return items.map((i) => `${i.check} ${i.result}`)
}

test('a verifier checks the signature, its lock, and whether the reader knows the certificate', async () => {
  const { written } = await made(randomBytes(5000), signer)
  const xml = written.toString('utf8')
  const holds = 'eep-signature PASS'
  const vkey = formatVkey(ed25519NoteKey('log.test', new Uint8Array(32)))
  const [certificate = '', authority = ''] = [
    signer.key.inside.certificate,
    ...signer.key.inside.authorities,
  ].map((c) => createHash('sha256').update(c).digest('hex'))
  expect(verified(xml)).toEqual([holds, 'seal-key NOT CHECKED'])
  for (const named of [certificate, authority])
    expect(verified(xml, `log ${vkey}\nseal ${named}\n`)).toEqual([holds, 'seal-key PASS'])
  expect(verified(xml, undefined, '本机不能')).toEqual(['eep-signature NOT CHECKED'])
  const paper = /<编码数据[^>]*>(.{8})/.exec(xml)?.[1] ?? ''
  for (const [from, to] of [
    ['<密级>内部', '<密级>公开'],
    [paper, paper.toLowerCase() === paper ? paper.toUpperCase() : paper.toLowerCase()],
    ['<签名标识符>修改0-签名1', '<签名标识符>修改0-签名2'],
    ['SHA256withRSA', 'SHA256withECDSA'],
    ['<签名时间>2026-06', '<签名时间>2025-06'],
    ['</锁定签名>', '</锁定签名><附注>甲</附注>'],
    [/<锁定签名>[^]*<\/锁定签名>\n/, ''],
    [/<电子签名块>[^]*<\/电子签名块>\n/, ''],
    [/<电子签名块>[^]*<\/锁定签名>/, '<附注>甲</附注>'],
    ['<签名结果>', '<签名结果>AAAA'],
  ] as const)
    expect([from, verified(xml.replace(from, to))]).toEqual([from, ['eep-signature FAIL']])
  expect(verified(xml.replaceAll('小写十六进制', '大写十六进制'))).toEqual(['eep-signature NOT CHECKED'])
  const bare = (await made(randomBytes(50))).written.toString('utf8')
  const stripped = xml.replace(/<电子签名块>[^]*<\/锁定签名>\n/, '')
  for (const unsigned of [bare, stripped]) expect(verified(unsigned)).toEqual(['eep-signature NOT CHECKED'])
})

test('what the standard wants is missed by the validator and by our own look at the text', async () => {
  const { written } = await made(randomBytes(100), signer)
  const xml = written.toString('utf8')
  expect(eepGaps(xml)).toEqual([])
  for (const name of [
    '版本',
    '年度',
    '保管期限',
    '室编件号',
    '责任者',
    '密级',
    '文件组合类型',
    '编码描述',
    '业务行为',
  ]) {
    const without = xml.replaceAll(new RegExp(`<${name}>[^<]*</${name}>\\n`, 'g'), '')
    expect([name, eepGaps(without)]).toEqual([name, [name]])
    expect([name, await valid(without)]).not.toEqual([name, ''])
  }
  for (const [from, to] of [
    ['<年度>2026', '<年度>二〇二六'],
    ['<室编件号>1', '<室编件号>0'],
    ['>原始型<', '>新型<'],
    ['<电子文件封装包 xmlns="http://www.saac.gov.cn/standards/ERM/encapsulation"', '<电子文件封装包'],
    ['eep版本="2009"', ''],
  ] as const)
    expect([from, await valid(xml.replace(from, to))]).not.toEqual([from, ''])
})

test('a paper without a place in the file is not encapsulated, and one that the record does not tell is named', async () => {
  const bytes = randomBytes(50)
  const documents = [
    describedPaper(bytes, { itemNo: undefined }),
    describedPaper(bytes, { date: undefined }),
    describedPaper(bytes),
  ]
  expect(documents.map(whyNoEep)).toEqual(['没有编入卷内目录，没有件号', '缺 M33 日期', undefined])
  const { examined } = await encapsulate(
    holding(bytes),
    { documents, recordings: [], without: [] },
    { agency, at: AT },
  )
  expect(examined).toEqual({
    made: 1,
    hasKey: false,
    notSigned: [],
    notIndexed: ['正卷/001-甲.pdf'],
    faulty: ['正卷/001-甲.pdf：缺 M33 日期'],
    exchanged: [],
  })
})

test('another paper in the store is seen while it is encapsulated', async () => {
  const { examined } = await encapsulate(
    holding(randomBytes(50)),
    { documents: [describedPaper(randomBytes(50))], recordings: [], without: [] },
    { agency, at: AT },
  )
  expect(examined.exchanged).toEqual(['正卷/001-甲.pdf'])
})
