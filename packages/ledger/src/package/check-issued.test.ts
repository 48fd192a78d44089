import { describe, expect, it } from 'vitest'
import { withNewManifests } from '../../../../test/mutation/mutants.ts'
import { decodeUtf8, toBase64, utf8 } from '../bytes.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { pureHashes } from '../hashes.ts'
import * as at from './paths.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'

const sample = samplePackage(pureHashes)
const sizes = [...new Set([...sample.files.keys()].flatMap((path) => at.parseIssuedPath(path) ?? []))]
const [printed = 0, handed = 0] = sizes.toSorted((a, b) => a - b)
const PAPER = 'data/documents/0001-立案审批表.pdf'

const issued = async (change: (files: Map<string, Uint8Array>) => void = () => undefined) => {
  const files = new Map(sample.files)
  change(files)
  const report = await verifyPackage(memoryReader(withNewManifests(files)), { policy: sample.policy })
  return { verdict: report.verdict, items: report.items.filter((i) => i.check === 'issued') }
}
const rewritten = (files: ReadonlyMap<string, Uint8Array>, size: number): Uint8Array => {
  const old = parseCheckpoint(decodeUtf8(files.get(at.issuedPath(size, 'checkpoint'))!) ?? '')!
  return utf8(`${old.origin}\n${size}\n${toBase64(old.root.map((b) => b ^ 1))}\n`)
}

describe('checkpoints that were given out before', () => {
  it('are beginnings of this log; the one on a paper is named with the paper', async () => {
    const { verdict, items } = await issued()
    expect(verdict).toBe('PASS')
    expect(items.map((i) => [i.path, i.result])).toEqual([
      [at.issuedPath(printed, 'checkpoint'), 'PASS'],
      [at.issuedPath(handed, 'checkpoint'), 'PASS'],
    ])
    expect(items[0]?.detail).toContain(`印在 ${PAPER} 上`)
    expect(items[0]?.detail).toContain(`前 ${printed} 条`)
    expect(items[1]?.detail).toContain('以前交出的案卷包')
  })

  it('fail where the log that an earlier package was made from is another one', async () => {
    const path = at.issuedPath(handed, 'checkpoint')
    const { verdict, items } = await issued((files) => files.set(path, rewritten(files, handed)))
    expect(verdict).toBe('FAIL')
    expect(items.find((i) => i.result === 'FAIL')).toMatchObject({
      path,
      detail: expect.stringContaining('不相容'),
    })
  })

  it('fail where the file is not what the event says that the paper bears', async () => {
    const path = at.issuedPath(printed, 'checkpoint')
    const { items } = await issued((files) => files.set(path, rewritten(files, printed)))
    expect(items.find((i) => i.result === 'FAIL')).toMatchObject({
      path,
      detail: expect.stringContaining(PAPER),
    })
  })

  it('fail without their proof', async () => {
    const path = at.issuedPath(handed, 'consistency')
    const { items } = await issued((files) => files.delete(path))
    expect(items.find((i) => i.result === 'FAIL')?.path).toBe(path)
  })

  it('are not checked, and named, where a paper bears one of which the package has nothing', async () => {
    const { verdict, items } = await issued((files) => {
      files.delete(at.issuedPath(printed, 'checkpoint'))
      files.delete(at.issuedPath(printed, 'consistency'))
    })
    expect(verdict).toBe('PASS')
    expect(items.find((i) => i.result === 'NOT CHECKED')?.detail).toContain(PAPER)
  })
})
