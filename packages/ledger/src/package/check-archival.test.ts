import { expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { pureHashes, sha256 } from '../hashes.ts'
import { DATA_OPENING } from './eep-rule.ts'
import { formatManifest } from './manifest.ts'
import * as at from './paths.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'

const own = samplePackage(pureHashes, { archival: true })
const EEP = 'metadata/eep/0001-立案审批表.xml'
const text = Buffer.from(own.files.get(EEP) ?? '').toString()

const other = `${DATA_OPENING}QUFB</编码数据>`

const verify = (files: ReadonlyMap<string, Uint8Array>) =>
  verifyPackage(memoryReader(files), { policy: own.policy })

/** What somebody does who changes metadata and then makes the manifest of it again. */
const changed = (change: (files: Map<string, Uint8Array>) => void) => {
  const files = new Map(own.files)
  change(files)
  const tags = [...files].filter(([path]) => !path.startsWith('data/') && path !== at.TAG_MANIFEST)
  const lines = tags.map(([path, bytes]) => ({ path, digest: toHex(sha256(bytes)) }))
  files.set(at.TAG_MANIFEST, formatManifest(lines))
  return verify(files)
}

const failures = (report: Awaited<ReturnType<typeof verify>>): string[] =>
  report.items.filter((i) => i.result === 'FAIL').map((i) => `${i.check} ${i.path}`)

const move = (files: Map<string, Uint8Array>, from: string, to: string): void => {
  files.set(to, files.get(from) ?? new Uint8Array())
  files.delete(from)
}

it('takes the paper encapsulated for the package’s own, and metadata for reading', async () => {
  const report = await verify(own.files)
  expect(failures(report)).toEqual([])
  const said = (path: string) =>
    report.items.find((i) => i.path === path && i.check !== 'file-digest')?.result
  const results = [EEP, 'metadata/da-t-46/', 'metadata/da-t-63/'].map(said)
  expect(results).toEqual(['PASS', 'NOT CHECKED', 'NOT CHECKED'])
  const signatures = report.items.filter((i) => i.check === 'eep-signature')
  expect(signatures.map((i) => [i.path, i.result, i.detail])).toEqual([
    ['metadata/eep/', 'NOT CHECKED', '没有电子签名：1 件中的 1 件'],
  ])
})

it.each([
  ['another paper', text.replace('JVBERi0', 'JVBERj0')],
  ['no paper', '<封装/>'],
  ['two papers', text.replace('</编码数据>', '</编码数据><编码数据 编码数据ID="b">QUFB</编码数据>')],
  [
    'a decoy',
    text.replace(/<编码数据[^>]*>/, '<编码数据块>').replace('</编码数据>', `</编码数据块>${other}`),
  ],
])('fails when %s lies in the encapsulation, also when the manifest is made anew', async (_, xml) => {
  const report = await changed((files) => files.set(EEP, utf8(xml)))
  expect(failures(report)).toEqual([`eep ${EEP}`])
})

it('fails when metadata is of no object of the package', async () => {
  const report = await changed((files) => {
    move(files, EEP, 'metadata/eep/0002.xml')
    move(files, 'metadata/da-t-63/0001-现场检查.xml', 'metadata/da-t-63/0002.xml')
    files.set('metadata/da-t-46/0001-现场检查.xml', utf8('<x/>'))
    files.set('metadata/eep/0001-立案审批表.txt', utf8('<x/>'))
  })
  expect(failures(report).toSorted()).toEqual([
    'eep metadata/eep/0001-立案审批表.txt',
    'eep metadata/eep/0002.xml',
    'enclosed metadata/da-t-46/0001-现场检查.xml',
    'enclosed metadata/da-t-63/0001-现场检查.xml',
    'enclosed metadata/da-t-63/0002.xml',
    'enclosed metadata/eep/0001-立案审批表.txt',
    'enclosed metadata/eep/0001-立案审批表.xml',
    'enclosed metadata/eep/0002.xml',
    'package metadata/da-t-46/0001-现场检查.xml',
    'package metadata/da-t-63/0002.xml',
  ])
})

const ENCLOSED = [EEP, 'metadata/da-t-46/0001-立案审批表.xml', 'metadata/da-t-63/0001-现场检查.xml']

it.each(ENCLOSED)('fails by name when %s is taken out and the manifests are made anew', async (path) => {
  const report = await changed((files) => files.delete(path))
  expect(failures(report)).toEqual([`enclosed ${path}`])
})

it('fails when metadata says something else and the manifests are made anew', async () => {
  const path = 'metadata/da-t-46/0001-立案审批表.xml'
  const report = await changed((files) => files.set(path, utf8('<元数据>别的</元数据>\n')))
  expect(failures(report)).toEqual([`enclosed ${path}`])
})

it('fails when the list itself is kept back', async () => {
  const exported = [...own.files.keys()].filter((path) => /\.internal\.(?:json|salt)$/.test(path))
  const report = await changed((files) => exported.forEach((path) => files.delete(path)))
  expect(failures(report)).toEqual([expect.stringMatching(/^enclosed proofs\/streams\//)])
})

it('says that nobody knows of a package that was exported before exports listed them', async () => {
  const early = samplePackage(pureHashes, { archival: true, early: true })
  const report = await verifyPackage(memoryReader(early.files), { policy: early.policy })
  expect(report.items.filter((i) => i.check === 'enclosed')).toMatchObject([
    { result: 'NOT CHECKED', path: 'metadata/' },
  ])
  expect(report.verdict).toBe('PASS')
})
