import { execFile } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { samplePackage } from '@liuhen/ledger/package/sample-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { nodePrimitives } from '../apps/cli/src/node-primitives.ts'
import { folderReader } from '../apps/cli/src/package-files.ts'
import type { BenchResult } from './bench.ts'

const execute = promisify(execFile)
const MEDIA_BYTES = 256 * 1024 * 1024
const ROUNDS = 5
const MIB = 1024 * 1024

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

export type VerifyFigures = Readonly<{ oursSeconds: number; theirsSeconds: number }>

/** `liuhen verify` of a package with so much video against `sha256sum` of the same files, in turns, from the page cache; medians. */
export const measureVerify = async (
  mediaBytes: number,
  { notes = 0, rounds = ROUNDS }: Readonly<{ notes?: number; rounds?: number }> = {},
): Promise<VerifyFigures> => {
  const place = await mkdtemp(join(tmpdir(), 'liuhen-bench-verify-'))
  try {
    const media = randomFillSync(new Uint8Array(mediaBytes))
    // SM3 of the video is not part of the comparison: sha256sum does not compute it either.
    const sm3 = (bytes: Uint8Array): Uint8Array =>
      bytes.length < MIB ? createHash('sm3').update(bytes).digest() : new Uint8Array(32)
    const sample = samplePackage({ ...nodePrimitives, sm3 }, { media, notes })
    for (const [path, bytes] of sample.files) {
      await mkdir(dirname(join(place, path)), { recursive: true })
      await writeFile(join(place, path), bytes)
    }
    const entries = await readdir(place, { recursive: true, withFileTypes: true })
    const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
    const ours: number[] = []
    const theirs: number[] = []
    for (let i = 0; i < rounds; i++) {
      theirs.push(await seconds(() => execute('sha256sum', files)))
      ours.push(
        await seconds(async () => {
          const options = { policy: sample.policy, primitives: nodePrimitives }
          const report = await verifyPackage(folderReader(place), options)
          if (report.verdict !== 'PASS') throw new Error('the package does not verify')
        }),
      )
    }
    return { oursSeconds: median(ours), theirsSeconds: median(theirs) }
  } finally {
    await rm(place, { recursive: true })
  }
}

export const run = async (): Promise<BenchResult> => {
  const { oursSeconds, theirsSeconds } = await measureVerify(MEDIA_BYTES)
  return {
    name: 'verify',
    figures: {
      'value MiB/s (verify)': Math.round(MEDIA_BYTES / MIB / oursSeconds),
      'baseline MiB/s (sha256sum)': Math.round(MEDIA_BYTES / MIB / theirsSeconds),
      ratio: Number((theirsSeconds / oursSeconds).toFixed(2)),
      'package MiB': MEDIA_BYTES / MIB,
      rounds: ROUNDS,
    },
  }
}
