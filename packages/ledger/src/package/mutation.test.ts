import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeAll, judgeLog, judgePackage } from '../../../../test/mutation/judge.ts'
import {
  copied,
  enclosuresChanged,
  exchanged,
  flips,
  handled,
  tailsOmitted,
  withNewManifests,
  type Mutant,
} from '../../../../test/mutation/mutants.ts'
import { sampleLog } from '../../../../test/mutation/sample-log.ts'
import * as at from './paths.ts'
import { purePrimitives } from './primitives.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'
import { VERIFY_SH_TEXT } from './verify-sh.ts'

/** Every 37th byte of each file, and all of the small ones; `npm run test:mutation` takes every byte. */
const STRIDE = 37

const sample = samplePackage(purePrimitives, { keys: { overlap: true }, shred: true, archival: true })
const total = [...sample.files.values()].reduce((sum, b) => sum + b.length, 0)

/** What the log does not bind: labels and tools. The report says so of each. */
const LABELS: readonly string[] = [at.BAG_INFO, at.CASE_METADATA, at.DA_T_70, at.README, at.VERIFY_SH]
const MANIFESTS: readonly string[] = [at.MANIFEST, at.MANIFEST_SM3, at.TAG_MANIFEST]
/** Of an encapsulation the paper in it is bound, and that it is there. */
const BOUND = [...sample.files.keys()].filter(
  (path) => !LABELS.includes(path) && !MANIFESTS.includes(path) && !at.isEep(path),
)

const survivorsOf = async (mutants: Iterable<Mutant>): Promise<readonly string[]> =>
  (await judgeAll(mutants, (m) => judgePackage(sample.policy, m))).survivors

function* forged(mutants: Iterable<Mutant>): Generator<Mutant> {
  for (const m of mutants) yield { ...m, files: withNewManifests(m.files) }
}

describe('mutations of a package', () => {
  it('is a package of at most 64 KiB that passes', async () => {
    expect(total).toBeLessThanOrEqual(64 * 1024)
    const report = await verifyPackage(memoryReader(sample.files), { policy: sample.policy })
    expect(report.verdict).toBe('PASS')
  })

  it.each([...sample.files.keys()])('finds every flipped byte of %s', async (path) => {
    expect(await survivorsOf(flips(sample.files, path, STRIDE))).toEqual([])
  })

  it.each(BOUND)('finds every flipped byte of %s although the manifests were made anew', async (path) => {
    const { tried, detected } = await judgeAll(forged(flips(sample.files, path, STRIDE)), (m) =>
      judgePackage(sample.policy, m),
    )
    expect(tried).toBeGreaterThan(0)
    expect(detected).toBe(tried)
  })

  it('finds every file that is deleted, emptied, cut, lengthened or doubled', async () => {
    expect(await survivorsOf(handled(sample.files))).toEqual([])
    expect(await survivorsOf(copied(sample.files))).toEqual([])
  })

  it('finds every two files that are exchanged', async () => {
    expect(await survivorsOf(exchanged(sample.files))).toEqual([])
  })

  it('finds every tail that is left out with manifests made anew', async () => {
    expect(await survivorsOf(tailsOmitted(sample.files))).toEqual([])
  })

  it('finds metadata and encapsulations that are left out, exchanged or added with manifests made anew', async () => {
    const { tried, survivors } = await judgeAll(enclosuresChanged(sample.files), (m) =>
      judgePackage(sample.policy, m),
    )
    expect([tried, survivors]).toEqual([9, []])
  })

  it('finds a file that is listed twice', async () => {
    const reader = memoryReader(sample.files)
    const list = async () => (await reader.list()).flatMap((f) => (f.path === 'bagit.txt' ? [f, f] : [f]))
    expect((await verifyPackage({ list, open: reader.open })).verdict).toBe('FAIL')
  })
})

describe('mutations of a log', () => {
  const { files, vkey } = sampleLog(11)
  it.each([...files.keys()])('finds every flipped byte of %s', async (path) => {
    const tally = await judgeAll(flips(files, path), (m) => judgeLog(vkey, m))
    expect(tally.tried).toBeGreaterThanOrEqual(100)
    expect(tally.survivors).toEqual([])
  })

  it('finds every file that is deleted, emptied, cut, lengthened, doubled or exchanged', async () => {
    const all = [...handled(files), ...exchanged(files)]
    expect((await judgeAll(all, (m) => judgeLog(vkey, m))).survivors).toEqual([])
  })
})

describe('the judge', () => {
  it('sees what survives: a mutant that changes nothing, and one that breaks the checker', async () => {
    const same = { what: 'nothing', paths: ['bagit.txt'], files: sample.files }
    expect(await judgePackage(sample.policy, same)).toBe('survived')
    expect(await judgeLog('no key', same)).toBe('crashed')
  })
})

describe('the script inside the package', () => {
  it('is vectors/check-package.sh to the letter', () => {
    const file = new URL('../../../../vectors/check-package.sh', import.meta.url)
    expect(VERIFY_SH_TEXT).toBe(readFileSync(file, 'utf8'))
  })
})
