import { describe, expect, it } from 'vitest'
import { pureHashes } from '@liuhen/ledger/hashes'
import { formatVkey } from '@liuhen/ledger/note'
import { memoryReader, samplePackage, sampleWitness } from '@liuhen/ledger/package/sample-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { reportLines } from './verify-report.ts'

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const sample = samplePackage(pureHashes, { witnessSeed: seed(9) })
const witness = (name: string, n: number): string => `witness ${name} ${formatVkey(sampleWitness(seed(n)))}\n`

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
