import { decodeUtf8 } from '@liuhen/ledger/bytes'
import * as at from '@liuhen/ledger/package/paths'
import { listTar, memorySource, tarReader, type TarEntry } from '@liuhen/ledger/package/tar'
import { seeded } from '../seeded.ts'
import { add, judgeAll, judgePackage, judgeReader, NOTHING, type Tally } from './judge.ts'
import { type Files, flipped, type Mutant } from './mutants.ts'

/** A package of the size that agencies hand out, with films, as the tar file that it is. */
const unpack = async (tar: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map((await listTar(memorySource(tar))).map((e) => [e.path, tar.subarray(e.at, e.at + e.sizeBytes)]))

const policyOf = (files: ReadonlyMap<string, Uint8Array>): string =>
  `log ${decodeUtf8(files.get(at.LOG_KEY) ?? new Uint8Array()) ?? ''}`

const fileAt = (entries: readonly TarEntry[], offset: number): string | undefined =>
  entries.find((e) => offset >= e.at && offset < e.at + e.sizeBytes)?.path

type Flips = Readonly<{ count: number; seed: number; mine: (i: number) => boolean }>

/** A byte in a file has to be named by its path; one between the files breaks the archive, which is named as a whole. */
export const judgeFlips = async (tar: Uint8Array, { count, seed, mine }: Flips): Promise<Tally> => {
  const entries = await listTar(memorySource(tar))
  const policy = policyOf(await unpack(tar))
  const next = seeded(seed)
  let tally = NOTHING
  for (let i = 0; i < count; i += 1) {
    const offset = next(tar.length)
    if (!mine(i)) continue
    const path = fileAt(entries, offset) ?? '.'
    const outcome = await judgeReader(
      tarReader(memorySource(flipped(tar, offset))),
      policy,
      (p, detail) => p === path || detail.includes(path),
    )
    tally = add(tally, outcome, `${path}, byte ${offset} of the tar`)
  }
  return tally
}

/** Mutants whose manifests were made anew. */
export const remadeIn = async (
  tar: Uint8Array,
  mutantsOf: (files: Files) => Iterable<Mutant>,
  mine: (i: number) => boolean,
): Promise<Tally> => {
  const files = await unpack(tar)
  const policy = policyOf(files)
  return judgeAll(mutantsOf(files), (m) => judgePackage(policy, m), mine)
}
