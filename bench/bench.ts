/**
 * `node bench/bench.ts <name> [--json]`: each bench is a file beside this one and measures its baseline in the same run.
 * Without a name it says which there are.
 */
export type Target = Readonly<{ what: string; value: number; atLeast?: number; atMost?: number }>
export type BenchResult = Readonly<{
  name: string
  figures: Readonly<Record<string, number | string>>
  /** What was promised of these figures. */
  targets?: readonly Target[]
}>
type Bench = { run(): Promise<BenchResult> }

const BENCHES: Readonly<Record<string, Readonly<{ about: string; load: () => Promise<Bench> }>>> = {
  append: {
    about: 'commands/s at 1, 8, 32 writers against plain INSERT; time to inclusion',
    load: () => import('./append.ts'),
  },
  duties: {
    about: 'ms to list the duties of 100,000 open cases',
    load: () => import('./duties.ts'),
  },
  evaluate: {
    about: 'evaluations/s of a case of 300 events',
    load: () => import('./evaluate.ts'),
  },
  ingest: {
    about: 'MiB/s of 16 and 64 uploads against @tus/server and cp + sync + sha256sum; 300 devices at once',
    load: () => import('./ingest.ts'),
  },
  ledger: {
    about:
      'commands/s of a queue against a counter row; leaves/s, time to inclusion, fsck of a million, verify of 2 GB',
    load: () => import('./ledger.ts'),
  },
  library: {
    about: 'ms to count, open and jump in a library of 100,000 recordings, against OFFSET',
    load: () => import('./library.ts'),
  },
  pdf: {
    about: 'two-page documents/s beside headless Chromium; a case file of 200 pages',
    load: () => import('./pdf.ts'),
  },
  verify: { about: 'MiB/s of a package against sha256sum', load: () => import('./verify.ts') },
  start: { about: 'from the command to an API that answers', load: () => import('./start.ts') },
}

const holds = ({ value, atLeast = -Infinity, atMost = Infinity }: Target): boolean =>
  value >= atLeast && value <= atMost

const goalOf = ({ atLeast, atMost }: Target): string =>
  [...(atLeast === undefined ? [] : [`≥ ${atLeast}`]), ...(atMost === undefined ? [] : [`≤ ${atMost}`])].join(
    ', ',
  )

const report = ({ name, figures, targets = [] }: BenchResult, isJson: boolean): string => {
  const judged = targets.map((t) => ({ ...t, pass: holds(t) }))
  const pass = judged.every((t) => t.pass)
  if (isJson) return `${JSON.stringify({ name, ...figures, targets: judged, pass })}\n`
  return [
    ...Object.entries(figures).map(([figure, value]) => `${figure.padEnd(44)} ${value}`),
    ...judged.map((t) => `${t.pass ? 'pass' : 'MISS'}  ${t.what}: ${t.value} (${goalOf(t)})`),
    '',
  ].join('\n')
}

const [name, ...flags] = process.argv.slice(2).toSorted((a, b) => +a.startsWith('-') - +b.startsWith('-'))
const bench = BENCHES[name ?? '']
if (bench === undefined) {
  const names = Object.entries(BENCHES).map(([known, { about }]) => `  ${known.padEnd(8)} ${about}`)
  process.stdout.write(`npm run bench -- <name> [--json]\n${names.join('\n')}\n`)
  process.exit(name === undefined || name.startsWith('-') ? 0 : 2)
}
process.stdout.write(report(await (await bench.load()).run(), flags.includes('--json')))
