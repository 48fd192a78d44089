import { parseVkey } from '@liuhen/ledger/note'
import { memoryReader } from '@liuhen/ledger/package/sample-package'
import type { PackageReader } from '@liuhen/ledger/package/read-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { checkPublishedLog } from '@liuhen/ledger/published-log'
import { nodePrimitives } from '../../apps/cli/src/node-primitives.ts'
import type { Mutant } from './mutants.ts'

/** What became of a mutant; only `named` is good: found, and the item said. */
export type Outcome = 'named' | 'found' | 'survived' | 'crashed'

const orCrash = async (judge: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await judge()
  } catch {
    return 'crashed'
  }
}

export const judgeReader = (
  reader: PackageReader,
  policy: string,
  isNamed: (path: string, detail: string) => boolean,
): Promise<Outcome> =>
  orCrash(async () => {
    const options = { policy, primitives: nodePrimitives, sm3Files: true }
    const { verdict, items } = await verifyPackage(reader, options)
    if (verdict === 'PASS') return 'survived'
    return items.some((i) => i.result === 'FAIL' && isNamed(i.path, i.detail)) ? 'named' : 'found'
  })

/** A package; of left out events the stream is what must be named. */
export const judgePackage = (policy: string, { paths, files }: Mutant): Promise<Outcome> =>
  judgeReader(memoryReader(files), policy, (p, detail) =>
    paths.some((path) => p.includes(path) || detail.includes(path)),
  )

/** Entries and the tile of their hashes stand for the same records: which of both is wrong, only the root can say. */
const records = (path: string): string => path.replace(/^tile\/(?:entries|0)\//, 'records ')

/** A published log. Whatever does not hold of its signed root or its key is the checkpoint's. */
export const judgeLog = (vkey: string, { paths, files }: Mutant): Promise<Outcome> =>
  orCrash(async () => {
    const key = parseVkey(vkey)
    if (key === undefined) throw new Error('not a key')
    const checked = await checkPublishedLog(key, {
      hashes: nodePrimitives,
      verify: nodePrimitives.verifyEd25519,
      read: (at) => Promise.resolve(files.get(at)),
    })
    const isSigned = paths.includes('checkpoint')
    if (checked === undefined) return isSigned ? 'named' : 'found'
    if (checked.faults.length === 0) return 'survived'
    if (isSigned) return 'named'
    const said = checked.faults.map((f) => records(f.split(' ').at(-1) ?? ''))
    return paths.some((path) => said.includes(records(path))) ? 'named' : 'found'
  })

export type Tally = Readonly<{
  tried: number
  detected: number
  named: number
  crashes: number
  survivors: readonly string[]
}>
export const NOTHING: Tally = { tried: 0, detected: 0, named: 0, crashes: 0, survivors: [] }

export const add = (t: Tally, outcome: Outcome, what: string): Tally => ({
  tried: t.tried + 1,
  detected: t.detected + (outcome === 'named' || outcome === 'found' ? 1 : 0),
  named: t.named + (outcome === 'named' ? 1 : 0),
  crashes: t.crashes + (outcome === 'crashed' ? 1 : 0),
  survivors: outcome === 'named' ? t.survivors : [...t.survivors, `${outcome}: ${what}`].slice(0, 50),
})

export const sum = (a: Tally, b: Tally): Tally => ({
  tried: a.tried + b.tried,
  detected: a.detected + b.detected,
  named: a.named + b.named,
  crashes: a.crashes + b.crashes,
  survivors: [...a.survivors, ...b.survivors].slice(0, 50),
})

/** Judges each mutant of a kind; `mine` leaves some to other processes. */
export const judgeAll = async (
  mutants: Iterable<Mutant>,
  judge: (m: Mutant) => Promise<Outcome>,
  mine: (i: number) => boolean = () => true,
): Promise<Tally> => {
  let tally = NOTHING
  let i = 0
  for (const mutant of mutants)
    if (mine(i++)) tally = add(tally, await judge(mutant), `${mutant.paths.join(' and ')} ${mutant.what}`)
  return tally
}
