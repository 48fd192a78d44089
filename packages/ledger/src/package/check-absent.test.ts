import { describe, expect, it } from 'vitest'
import { canonicalBytes, parseCanonical } from '../canonical.ts'
import { purePrimitives } from './primitives.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'
import { withNewManifests } from '../../../../test/mutation/mutants.ts'

const sample = samplePackage(purePrimitives, { shred: true })
const SAID = [...sample.files.keys()].find((p) => p.endsWith('0004.public.json')) ?? ''
const GONE = SAID.replace('0004.public', '0003.personal')
const OTHER = SAID.replace('0004.public', '0001.personal')

const of = async (change: (files: Map<string, Uint8Array>) => void = () => undefined) => {
  const files = new Map(sample.files)
  change(files)
  const report = await verifyPackage(memoryReader(withNewManifests(files)), { policy: sample.policy })
  const at = (path: string) =>
    report.items.filter((i) => i.path === path).map((i) => `${i.result} ${i.check} ${i.detail}`)
  return { verdict: report.verdict, at }
}

describe('a part that is not in the package', () => {
  it('is told as shredded, by which event and batch, where an event in the log says so', async () => {
    const { verdict, at } = await of()
    expect(verdict).toBe('PASS')
    expect(at(GONE)).toEqual(['PASS shredded 由第 4 条登记，销毁批次 销〔2036〕1号'])
  })

  it('is told as not disclosed where none does', async () => {
    const { verdict, at } = await of((files) => {
      for (const kind of ['json', 'salt']) files.delete(OTHER.replace(/json$/, kind))
    })
    expect(verdict).toBe('PASS')
    expect(at(OTHER)).toEqual(['NOT CHECKED commitment-sha256 这一部分没有随包披露'])
  })

  it('counts as shredded by no word that the log does not hold', async () => {
    const { verdict, at } = await of((files) => {
      const said = parseCanonical(files.get(SAID) ?? new Uint8Array())
      if (!said.ok) throw new Error(said.why)
      files.set(SAID, canonicalBytes({ ...(said.value as object), number: '另一批' }))
    })
    expect(verdict).toBe('FAIL')
    expect(at(GONE)).toEqual(['NOT CHECKED commitment-sha256 这一部分没有随包披露'])
  })

  it('must not be there where an event says that it went', async () => {
    const { verdict, at } = await of((files) => {
      files.set(GONE, canonicalBytes({ name: '李四' }))
      files.set(GONE.replace(/json$/, 'salt'), new Uint8Array(32))
    })
    expect(verdict).toBe('FAIL')
    expect(at(GONE).at(-1)).toBe('FAIL shredded 第 4 条登记这一部分已依法销毁，包内却有')
  })
})
