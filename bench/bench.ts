/** `node bench/bench.ts <name> [--json]`: each bench is a file beside this one and measures its baseline in the same run. */
export type BenchResult = Readonly<{ name: string; figures: Readonly<Record<string, number | string>> }>
type Bench = { run(): Promise<BenchResult> }

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  append: () => import('./append.ts'),
  ingest: () => import('./ingest.ts'),
  pdf: () => import('./pdf.ts'),
  verify: () => import('./verify.ts'),
  start: () => import('./start.ts'),
}

const [name = '', ...flags] = process.argv.slice(2)
const load = BENCHES[name]
if (load === undefined) {
  process.stderr.write(`usage: bench ${Object.keys(BENCHES).join(' | ')} [--json]\n`)
  process.exit(2)
}
const result = await (await load()).run()
const lines = Object.entries(result.figures).map(([figure, value]) => `${figure.padEnd(34)} ${value}`)
process.stdout.write(flags.includes('--json') ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`)
