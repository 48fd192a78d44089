import { createHash, createPublicKey, hash, verify as verifySignature } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromBase64 } from '../bytes.ts'
import { purePrimitives, type Primitives } from '../package/primitives.ts'
import { memoryReader } from '../package/sample-package.ts'
import { edgeBound, gapsBetween } from './compare-samples.ts'
import { isHeadsOnly, readTracks } from './mp4.ts'
import { verifyClip } from './verify-clip.ts'

const Vectors = z.object({
  vkey: z.string(),
  files: z.record(z.string(), z.string()),
  cases: z.array(
    z.object({
      name: z.string(),
      verdict: z.enum(['OK', 'INCOMPLETE', 'FAIL']),
      open: z.array(z.string()),
      files: z.record(z.string(), z.string()),
      original: z.string().optional(),
    }),
  ),
})
const vectors = Vectors.parse(
  JSON.parse(readFileSync(new URL('../../../../vectors/clip/clip.json', import.meta.url), 'utf8')),
)
const policy = `log ${vectors.vkey}\n`
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const primitives: Primitives = {
  ...purePrimitives,
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  startSha256: () => createHash('sha256'),
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verifyEd25519: (signature, message, key) => {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
    return verifySignature(null, message, publicKey, signature)
  },
}
const bytesOf = (name: string | undefined): Uint8Array =>
  fromBase64(vectors.files[name ?? ''] ?? '') ?? new Uint8Array()
const filesOf = (files: Readonly<Record<string, string>>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([path, name]) => [path, bytesOf(name)]))
const originalOf = (name: string | undefined) => {
  if (name === undefined) return {}
  const bytes = bytesOf(name)
  const read = async (at: number, length: number) => bytes.subarray(at, at + length)
  return { original: { sizeBytes: bytes.length, read } }
}

describe('the vectors, made by hashlib and openssl', () => {
  it.each(vectors.cases)('$name: $verdict', async ({ files, original, verdict, open }) => {
    const report = await verifyClip(memoryReader(filesOf(files)), {
      policy,
      primitives,
      ...originalOf(original),
    })
    expect(report.verdict).toBe(verdict === 'OK' ? 'PASS' : verdict)
    if (verdict === 'FAIL') return
    const left = report.items.filter((i) => i.result === 'NOT CHECKED').map((i) => i.check)
    expect(left).toEqual(open)
  })

  it('hold with the pure functions, too', async () => {
    const [whole] = vectors.cases
    const report = await verifyClip(memoryReader(filesOf(whole?.files ?? {})), { policy })
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
  })
})

/** Every byte when LIUHEN_FULL=1; otherwise every third of the longer files. */
const STRIDE = env['LIUHEN_FULL'] === '1' ? 1 : 3

describe('a proof that somebody changed', () => {
  const whole = filesOf(vectors.cases[0]?.files ?? {})

  it.each([...whole.keys()])('shows every flipped byte of %s', { timeout: 120_000 }, async (path) => {
    const bytes = whole.get(path) ?? new Uint8Array()
    const survivors: number[] = []
    for (let i = 0; i < bytes.length; i += bytes.length <= 128 ? 1 : STRIDE) {
      const changed = Uint8Array.from(bytes)
      changed[i]! ^= 1 << (i % 8)
      const report = await verifyClip(memoryReader(new Map(whole).set(path, changed)), { policy, primitives })
      if (report.verdict !== 'FAIL') survivors.push(i)
    }
    expect(survivors).toEqual([])
  })

  it('shows every file that is gone, cut or doubled', async () => {
    const survivors: string[] = []
    for (const [path, bytes] of whole) {
      const gone = new Map(whole)
      gone.delete(path)
      const cut = new Map(whole).set(path, bytes.subarray(0, -1))
      const more = new Map(whole).set(path, Uint8Array.of(...bytes, 0))
      for (const files of [gone, cut, more])
        if ((await verifyClip(memoryReader(files), { policy, primitives })).verdict !== 'FAIL')
          survivors.push(path)
    }
    expect(survivors).toEqual([])
  })

  it('never throws on what is no film at all', () => {
    const read = (bytes: Uint8Array) =>
      readTracks({ sizeBytes: bytes.length, read: (at, n) => bytes.subarray(at, at + n) })
    const clip = whole.get('data/media/clip.mp4') ?? new Uint8Array()
    expect(read(clip).ok).toBe(true)
    expect(read(new Uint8Array()).ok).toBe(false)
    for (let n = 0; n < clip.length; n += 1) expect(read(clip.subarray(0, n)).ok).toBe(false)
  })
})

describe('what stands between samples', () => {
  const pair = (track: number, at: number, size: number) => ({ track, n: 0, clipAt: 0, at, size })

  it('counts from where the first track begins to where the last one ends, and tells the edges from the middle', () => {
    const pairs = [pair(0, 100, 10), pair(0, 120, 10), pair(0, 300, 10), pair(1, 115, 5), pair(1, 140, 5)]
    expect(gapsBetween(pairs)).toEqual([
      { at: 110, size: 5, edge: true },
      { at: 130, size: 10, edge: false },
      { at: 145, size: 155, edge: true },
    ])
  })

  it('is bound at the edges, so that no picture goes while the sound has not begun', () => {
    const pairs = [pair(0, 0, 100), pair(0, 1_000_000, 100), pair(1, 1_000_100, 100)]
    expect(gapsBetween(pairs)).toEqual([{ at: 100, size: 999_900, edge: true }])
    expect(edgeBound(pairs)).toBe(75)
    expect(edgeBound([pair(0, 0, 1e9)])).toBe(512 * 1024)
  })

  it('is no picture where it is whole boxes and the head of the next', () => {
    const head = (size: number, kind: string) => [0, 0, 0, size, ...Buffer.from(kind)]
    expect(isHeadsOnly(Uint8Array.from([...head(8, 'moof'), ...head(99, 'mdat')]))).toBe(true)
    expect(isHeadsOnly(Uint8Array.from([...head(99, 'mdat'), 1]))).toBe(false)
    expect(isHeadsOnly(Uint8Array.from(head(8, 'abcd')))).toBe(false)
  })
})
