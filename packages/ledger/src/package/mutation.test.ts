import { createHash, createPublicKey, hash, verify as verifySignature } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, it } from 'vitest'
import { formatManifest } from './manifest.ts'
import * as at from './paths.ts'
import { purePrimitives, type Primitives } from './primitives.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'
import { VERIFY_SH_TEXT } from './verify-sh.ts'

/** Every byte when LIUHEN_FULL=1; otherwise every 37th byte of each file, and all of the small ones. */
const STRIDE = env.LIUHEN_FULL === '1' ? 1 : 37

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const primitives: Primitives = {
  ...purePrimitives,
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  startSm3: () => createHash('sm3'),
  verifyEd25519: (signature, message, key) => {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
    return verifySignature(null, message, publicKey, signature)
  },
}

const sample = samplePackage(purePrimitives)
const total = [...sample.files.values()].reduce((sum, b) => sum + b.length, 0)

const isTag = (path: string): boolean => !path.startsWith('data/') && path !== at.TAG_MANIFEST

/** The manifests as a forger makes them anew. */
const remade = (files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> => {
  const result = new Map(files)
  const lines = (own: (path: string) => boolean) =>
    [...result].filter(([p]) => own(p)).map(([path, b]) => ({ path, sha256: hash('sha256', b, 'hex') }))
  result.set(at.MANIFEST, formatManifest(lines((p) => p.startsWith('data/'))))
  result.set(at.TAG_MANIFEST, formatManifest(lines(isTag)))
  return result
}

/** What the log does not bind: labels and tools. The report says so of each. */
const LABELS: readonly string[] = [at.BAG_INFO, at.CASE_METADATA, at.DA_T_70, at.README, at.VERIFY_SH]
const MANIFESTS: readonly string[] = [at.MANIFEST, at.TAG_MANIFEST]
const BOUND = [...sample.files.keys()].filter((path) => !LABELS.includes(path) && !MANIFESTS.includes(path))

/** Undefined when the mutation was found and named; otherwise what went wrong. */
const survives = async (
  files: ReadonlyMap<string, Uint8Array>,
  path: string,
): Promise<string | undefined> => {
  const report = await verifyPackage(memoryReader(files), { policy: sample.policy, primitives })
  if (report.verdict === 'PASS') return 'passed'
  const named = report.items.some((i) => i.result === 'FAIL' && (i.path === path || i.detail.includes(path)))
  return named ? undefined : 'not named'
}

describe('mutations of a package', () => {
  it('is a package of at most 64 KiB that passes', async () => {
    expect(total).toBeLessThanOrEqual(64 * 1024)
    const report = await verifyPackage(memoryReader(sample.files), { policy: sample.policy, primitives })
    expect(report.verdict).toBe('PASS')
  })

  it.each([...sample.files.keys()])('finds every flipped byte of %s', { timeout: 600_000 }, async (path) => {
    const bytes = sample.files.get(path)!
    const step = bytes.length <= 128 ? 1 : STRIDE
    const survivors: string[] = []
    for (let i = 0; i < bytes.length; i += step) {
      const changed = Uint8Array.from(bytes)
      changed[i]! ^= 1 << (i % 8)
      const why = await survives(new Map(sample.files).set(path, changed), path)
      if (why) survivors.push(`byte ${i}: ${why}`)
    }
    expect(survivors).toEqual([])
  })

  it.each(BOUND)(
    'finds every flipped byte of %s although the manifests were made anew',
    { timeout: 600_000 },
    async (path) => {
      const bytes = sample.files.get(path)!
      const survivors: number[] = []
      for (let i = 0; i < bytes.length; i += bytes.length <= 128 ? 1 : STRIDE) {
        const changed = Uint8Array.from(bytes)
        changed[i]! ^= 1 << (i % 8)
        const files = remade(new Map(sample.files).set(path, changed))
        const options = { policy: sample.policy, primitives, sm3Files: true }
        if ((await verifyPackage(memoryReader(files), options)).verdict === 'PASS') survivors.push(i)
      }
      expect(survivors).toEqual([])
    },
  )

  it('finds every file that is deleted, emptied, cut, lengthened or doubled', {
    timeout: 60_000,
  }, async () => {
    const survivors: string[] = []
    for (const [path, bytes] of sample.files) {
      const copy = (): Map<string, Uint8Array> => new Map(sample.files)
      const deleted = copy()
      deleted.delete(path)
      const mutants: [string, Map<string, Uint8Array>, string][] = [
        ['deleted', deleted, path],
        ['emptied', copy().set(path, new Uint8Array()), path],
        ['cut', copy().set(path, bytes.subarray(0, -1)), path],
        ['cut in front', copy().set(path, bytes.subarray(1)), path],
        ['lengthened', copy().set(path, Uint8Array.of(...bytes, 10)), path],
        ['written twice over', copy().set(path, Uint8Array.of(...bytes, ...bytes)), path],
        ['copied', copy().set(`${path}.copy`, bytes), `${path}.copy`],
      ]
      for (const [name, files, named] of mutants) {
        const why = await survives(files, named)
        if (why) survivors.push(`${path} ${name}: ${why}`)
      }
    }
    expect(survivors).toEqual([])
  })

  it('finds every two files that are exchanged', { timeout: 60_000 }, async () => {
    const survivors: string[] = []
    const paths = [...sample.files.keys()]
    for (const [i, a] of paths.entries()) {
      const b = paths[(i + 1) % paths.length]!
      const [x, y] = [sample.files.get(a)!, sample.files.get(b)!]
      if (Buffer.compare(x, y) === 0) continue
      const why = await survives(new Map(sample.files).set(a, y).set(b, x), a)
      if (why) survivors.push(`${a} and ${b}: ${why}`)
    }
    expect(survivors).toEqual([])
  })

  it('finds a file that is listed twice', async () => {
    const reader = memoryReader(sample.files)
    const list = async () => (await reader.list()).flatMap((f) => (f.path === 'bagit.txt' ? [f, f] : [f]))
    expect((await verifyPackage({ list, open: reader.open }, { primitives })).verdict).toBe('FAIL')
  })
})

describe('the script inside the package', () => {
  it('is vectors/check-package.sh to the letter', () => {
    const file = new URL('../../../../vectors/check-package.sh', import.meta.url)
    expect(VERIFY_SH_TEXT).toBe(readFileSync(file, 'utf8'))
  })
})
