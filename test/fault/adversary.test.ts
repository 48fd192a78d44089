import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ATTACKS } from './adversary-attacks.ts'
import { WATCHERS, whoSees } from './adversary-watchers.ts'
import { setStage, type Stage } from './adversary-world.ts'

const HEADING = '| somebody with every right on database and disk |'

/** The rows of the table in SECURITY.md: attack → watchers that are said to see it. */
const said = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const lines = (await readFile(join(import.meta.dirname, '../../SECURITY.md'), 'utf8')).split('\n')
  const start = lines.findIndex((line) => line.startsWith(HEADING))
  const cells = (line = ''): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const columns = cells(lines[start]).slice(1)
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'))
  return new Map(
    lines.slice(start + 2, end).map((line) => {
      const [name = '', ...marks] = cells(line)
      return [name, columns.filter((_, i) => marks[i] === 'sees')]
    }),
  )
}

let stage: Stage
let table: ReadonlyMap<string, readonly string[]>
beforeAll(async () => {
  table = await said()
  stage = await setStage()
})
afterAll(() => stage.close())

test('SECURITY.md tells of each attack that is tried, and of no other', () => {
  expect([...table.keys()]).toEqual(ATTACKS.map(({ name }) => name))
})

test('nobody sees anything wrong where nothing was done', async () => {
  const world = await stage.today()
  for (const event of Object.values(stage.events))
    expect(await whoSees(world, stage.outside, event)).toEqual([])
})

test.each(ATTACKS)('who $name is seen by those whom SECURITY.md names', async ({ name, on, run }) => {
  const world = await stage.today()
  const event = stage.events[on]
  const shown = (await run(world, event, stage)) ?? world
  const seen = await whoSees(shown, stage.outside, event)
  expect(seen).toEqual(WATCHERS.filter((watcher) => (table.get(name) ?? []).includes(watcher)))
})
