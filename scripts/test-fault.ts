import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultLine } from '../test/fault/fault-table.ts'
import { run } from './run.ts'

/**
 * `npm run test:fault -- upload`: every occurrence and every round of the faults whose name begins so, where the ordinary
 * suite takes a sample; ends with a table of what was done and what came of it.
 */
const [name = ''] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'liuhen-fault-'))
const file = join(folder, 'table')

const failures = (l: FaultLine): number => l.lost + l.mixed + l.doubled
const verdictOf = (l: FaultLine): string => {
  if (l.isControl === true) return failures(l) > 0 ? 'red, as it must be' : 'NOT SEEN'
  return failures(l) === 0 ? 'holds' : 'BROKEN'
}

const printTable = (lines: readonly FaultLine[]): void => {
  const width = Math.max(...lines.map((l) => l.fault.length))
  const row = (...cells: readonly (string | number)[]) =>
    `${cells.map((c, i) => (i === 0 ? String(c).padEnd(width) : String(c).padStart(7))).join('  ')}\n`
  process.stdout.write(`\n${row('fault', 'runs', 'lost', 'mixed', 'double', 'verdict')}`)
  for (const l of lines) process.stdout.write(row(l.fault, l.runs, l.lost, l.mixed, l.doubled, verdictOf(l)))
}

const code = await run('vitest', ['run', '--project', 'int', `test/fault/${name}`], {
  LIUHEN_FULL: '1',
  LIUHEN_FAULT_TABLE: file,
})
const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
if (lines.length > 0) printTable(lines.map((line): FaultLine => JSON.parse(line)))
await rm(folder, { recursive: true })
process.exit(code)
