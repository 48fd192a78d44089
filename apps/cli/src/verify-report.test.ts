import { describe, expect, it } from 'vitest'
import { pureHashes } from '@liuhen/ledger/hashes'
import { utf8 } from '@liuhen/ledger/bytes'
import { formatVkey, keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import { notChecked } from '@liuhen/ledger/package/report'
import { memoryReader, samplePackage, sampleWitness } from '@liuhen/ledger/package/sample-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { withNewManifests } from '../../../test/mutation/mutants.ts'
import { reportLines } from './verify-report.ts'

const fingerprintOf = (vkey: string): string => keyFingerprint(parseVkey(vkey)!)
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const sample = samplePackage(pureHashes, { witnessSeed: seed(9) })
const witness = (name: string, n: number): string => `witness ${name} ${formatVkey(sampleWitness(seed(n)))}\n`

const linesUnder = async (policy: string | undefined, files = sample.files): Promise<readonly string[]> =>
  reportLines(await verifyPackage(memoryReader(files), policy === undefined ? {} : { policy }))

const anchoring = async (lines: string): Promise<string> => {
  const report = await verifyPackage(memoryReader(sample.files), { policy: sample.policy + lines })
  return reportLines(report).find((line) => line.startsWith('锚定：')) ?? ''
}

describe('the line about who outside has seen the log', () => {
  it('counts the witnesses of the policy', async () => {
    expect(await anchoring(witness('司法局', 9) + witness('档案馆', 8))).toContain('WITNESSED，1/2')
  })

  it('says UNANCHORED when none is named, and how many did not confirm', async () => {
    expect(await anchoring('')).toContain('UNANCHORED')
    expect(await anchoring(`${witness('档案馆', 8)}quorum none\n`)).toContain(
      '策略列出 1 个见证方，确认 0 个',
    )
  })
})

describe('whose key it is', () => {
  const rotated = samplePackage(pureHashes, { keys: {} })
  /** A package that the first key signed, for a reader who was given the next one alone. */
  const afterTheChange = rotated.policy
  const STEP = '还差一步'

  it('tells a reader who has the next key alone which key to compare, and fails', async () => {
    const lines = await linesUnder(afterTheChange)
    const text = lines.join('\n')
    expect(text).toContain('卷包不是用您给出的公钥')
    expect(text).toContain('请改用制包时的那一把再核验一次')
    expect(text).toContain(`您给出的公钥：${fingerprintOf(rotated.vkey)}`)
    expect(text).toContain(`包内公钥：${fingerprintOf(sample.vkey)}（不是您给出的，未核验）`)
    expect(text).not.toContain(STEP)
    expect(lines.at(-1)).toContain('FAIL')
  })

  it('asks to compare only a key that came along, and only where nothing failed', async () => {
    expect((await linesUnder(undefined)).join()).toContain(STEP)
    expect((await linesUnder(sample.policy)).join()).not.toContain(STEP)
    const changed = new Map(sample.files).set('data/case.json', new Uint8Array(3))
    expect((await linesUnder(undefined, changed)).join()).not.toContain(STEP)
  })

  it('says nothing of another key where the package is signed by none', async () => {
    const files = withNewManifests(new Map(sample.files).set('proofs/log.vkey', utf8(`${rotated.vkey}\n`)))
    const text = (await linesUnder(sample.policy, files)).join('\n')
    expect(text).toContain('检查点也不是由它签名的')
    expect(text).not.toContain('再核验一次')
  })
})

describe('what does not hold', () => {
  it('proves nothing, and is named beside the verdict', async () => {
    const files = new Map(sample.files).set('data/case.json', new Uint8Array(3))
    const lines = await linesUnder(sample.policy, files)
    const from = lines.findIndex((l) => l === '■ 案件摘要')
    expect(lines.slice(from, from + 5).join('\n')).toContain('如果成立，可以证明：')
    expect(lines.filter((l) => l.startsWith('  证明：'))).toEqual([])
    expect(lines.slice(lines.indexOf('不成立的：')).join('\n')).toContain('data/case.json')
  })

  it('says of a changed paper that it was changed, and of nothing that it is missing', async () => {
    const paper = [...sample.files.keys()].find((p) => p.startsWith('data/documents/'))!
    const text = (await linesUnder(sample.policy, new Map(sample.files).set(paper, utf8('x')))).join('\n')
    expect(text).toContain(`${paper}  文件已经改动，不再是事件所指的那一份`)
    expect(text).toContain(`事件所指的是 ${paper} 改动以前的样子`)
    expect(text).not.toContain('没有任何已披露的事件指向此文件')
  })

  it('counts in one line what was left out for the same reason', async () => {
    const one = notChecked('commitment-sha256', 'proofs/streams/x/0001.internal.json', '这一部分没有随包披露')
    const report = await verifyPackage(memoryReader(sample.files), { policy: sample.policy })
    const items = [...report.items, ...Array.from({ length: 331 }, () => ({ ...one }))]
    const of = (verbose: boolean) =>
      reportLines({ ...report, items }, verbose).filter((l) => l.includes('没有随包披露'))
    expect(of(false)).toEqual(['  未核验  331 项  这一部分没有随包披露'])
    expect(of(true)).toHaveLength(331)
  })
})
