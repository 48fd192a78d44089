import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { purePrimitives } from '@liuhen/ledger/package/primitives'
import { samplePackage } from '@liuhen/ledger/package/sample-package'
import { DEMO_BEGINS, playDemo } from '../apps/cli/src/demo/run-demo.ts'
import { startProgress } from '../apps/cli/src/progress.ts'
import { readConfig } from '../apps/server/src/config/config.ts'
import { serve } from '../apps/server/src/processes/serve.ts'
import { judgeAll, judgeLog, judgePackage, NOTHING, sum, type Tally } from '../test/mutation/judge.ts'
import {
  copied,
  enclosuresChanged,
  exchanged,
  flips,
  handled,
  tailsOmitted,
  type Mutant,
} from '../test/mutation/mutants.ts'
import { judgeFlips, remadeIn } from '../test/mutation/real-package.ts'
import { sampleLog } from '../test/mutation/sample-log.ts'

/**
 * `npm run test:mutation -- --json`: every byte of every file of a small package and a small log flipped, every file
 * lost, doubled, exchanged and cut, records left out at the tail, what the archives want left out, exchanged or added;
 * and a package of the demonstration, with its films, with 1,000 bytes flipped. Each has to be found, and its item named;
 * a checker that throws has crashed.
 */
const REAL_FLIPS = 1_000
const SEED = 20_261_123

type Part = Readonly<{ index: number; of: number; tar: string }>
export type Figures = Readonly<Record<string, Tally>>

function* each<T>(keys: Iterable<string>, of: (path: string) => Iterable<T>): Generator<T> {
  for (const key of keys) yield* of(key)
}

const figuresOf = async ({ index, of, tar }: Part): Promise<Figures> => {
  const mine = (i: number): boolean => i % of === index
  const sample = samplePackage(purePrimitives, { keys: { overlap: true }, shred: true, archival: true })
  const ofPackage = (m: Mutant) => judgePackage(sample.policy, m)
  const log = sampleLog(11)
  const ofLog = (m: Mutant) => judgeLog(log.vkey, m)
  const { files } = sample
  const bytes = new Uint8Array(await readFile(tar))
  return {
    'small package, bytes': await judgeAll(
      each(files.keys(), (path) => flips(files, path)),
      ofPackage,
      mine,
    ),
    'small package, files': await judgeAll(
      [...handled(files), ...copied(files), ...exchanged(files)],
      ofPackage,
      mine,
    ),
    'small package, tails': await judgeAll(tailsOmitted(files), ofPackage, mine),
    'small package, enclosures': await judgeAll(enclosuresChanged(files), ofPackage, mine),
    'small log, bytes': await judgeAll(
      each(log.files.keys(), (path) => flips(log.files, path)),
      ofLog,
      mine,
    ),
    'small log, files': await judgeAll([...handled(log.files), ...exchanged(log.files)], ofLog, mine),
    'real package, bytes': await judgeFlips(bytes, { count: REAL_FLIPS, seed: SEED, mine }),
    'real package, tails': await remadeIn(bytes, tailsOmitted, mine),
    'real package, enclosures': await remadeIn(bytes, enclosuresChanged, mine),
  }
}

/** The package that the demonstration exports for the court. */
const realPackage = async (folder: string): Promise<string> => {
  const dataDir = join(folder, 'demo')
  const config = {
    LIUHEN_LOG: 'warn',
    LIUHEN_ORIGIN: 'mutation.liuhen.invalid/log/1',
    LIUHEN_DATA: dataDir,
    LIUHEN_PORT: '0',
    LIUHEN_PORTAL_PORT: '0',
  }
  const running = await serve(readConfig({ ...process.env, ...config }), {
    demonstrationAt: DEMO_BEGINS,
  })
  try {
    return (await playDemo(running.url, folder, startProgress(process.stderr, false))).package
  } finally {
    await running.stop()
  }
}

const inOtherProcess = (part: Part): Promise<Figures> =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [JSON.stringify(part)])
    let figures: Figures | undefined
    child.once('message', (message) => {
      figures = message as Figures
    })
    child.once('exit', (code) =>
      figures ? resolve(figures) : reject(new Error(`a process ended with ${code} and no figures`)),
    )
  })

const print = (figures: Figures, all: Tally): void => {
  const row = (...cells: readonly (string | number)[]) =>
    `${cells.map((c, i) => (i === 0 ? String(c).padEnd(28) : String(c).padStart(9))).join('')}\n`
  process.stderr.write(row('', 'tried', 'detected', 'named', 'crashes'))
  for (const [name, t] of [...Object.entries(figures), ['all', all] as const])
    process.stderr.write(row(name, t.tried, t.detected, t.named, t.crashes))
  for (const survivor of all.survivors) process.stderr.write(`${survivor}\n`)
}

const main = async (): Promise<number> => {
  const began = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-mutation-'))
  try {
    const tar = await realPackage(folder)
    const of = availableParallelism()
    const parts = await Promise.all(
      Array.from({ length: of }, (_, index) => inOtherProcess({ index, of, tar })),
    )
    const names = Object.keys(parts[0] ?? {})
    const figures = Object.fromEntries(
      names.map((name) => [name, parts.map((p) => p[name] ?? NOTHING).reduce(sum)]),
    )
    const all = Object.values(figures).reduce(sum)
    print(figures, all)
    const { tried, detected, named, crashes } = all
    const seconds = Math.round((Date.now() - began) / 1000)
    const kinds = Object.fromEntries(names.map((name) => [name, figures[name]?.tried]))
    if (process.argv.includes('--json'))
      console.log(JSON.stringify({ name: 'mutation', tried, detected, named, crashes, seconds, kinds }))
    return tried > 0 && named === tried && crashes === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const part = process.argv[2]?.startsWith('{') ? process.argv[2] : undefined
if (part === undefined) process.exit(await main())
process.send?.(await figuresOf(JSON.parse(part)))
process.disconnect?.()
