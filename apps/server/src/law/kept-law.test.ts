import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findKeptLaw, keepLaw, lawKeyOf } from './kept-law.ts'
import { loadLibrary, openLibrary } from './library.ts'

const LAW = join(import.meta.dirname, '..', '..', '..', '..', 'law')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-law-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A law of one calendar. */
const smallLaw = async (): Promise<Readonly<{ dir: string; calendar: string }>> => {
  const dir = await mkdtemp(join(folder, 'small-'))
  const calendar = join(dir, 'calendars', '2026.yaml')
  await cp(join(LAW, 'calendars', '2026.yaml'), calendar)
  return { dir, calendar }
}

const file = (text: string) => ({ path: 'calendars/2026.yaml', text })

test('the law that was kept is the law that is read', async () => {
  const read = await openLibrary(folder)
  // It is large; a matcher that could say where two differ takes ten times as long.
  expect(isDeepStrictEqual(await openLibrary(folder), read)).toBe(true)
})

test('another text, another name of a file and one file more or less have another key', async () => {
  const keys = await Promise.all(
    [
      [file('year: 2026')],
      [file('year: 2027')],
      [{ ...file('year: 2026'), path: 'calendars/2027.yaml' }],
      [file('year: 2026'), file('')],
      [],
    ].map(lawKeyOf),
  )
  expect(new Set(keys).size).toBe(keys.length)
  expect(await lawKeyOf([file('year: 2026')])).toBe(keys[0])
})

test('a law of another key, or damaged in one byte, or cut off, is no law', async () => {
  const { law } = await loadLibrary((await smallLaw()).dir)
  await keepLaw(folder, 'one', law)
  expect(await findKeptLaw(folder, 'one')).toEqual(law)
  expect(await findKeptLaw(folder, 'other')).toBeUndefined()
  const path = join(folder, 'law.bin')
  const whole = await readFile(path)
  const damaged = Buffer.from(whole)
  damaged[whole.length >> 1] = (damaged[whole.length >> 1] ?? 0) ^ 1
  await writeFile(path, damaged)
  expect(await findKeptLaw(folder, 'one')).toBeUndefined()
  await writeFile(path, whole.subarray(0, whole.length - 1))
  expect(await findKeptLaw(folder, 'one')).toBeUndefined()
})

test('a mistake that comes into the files is found although a law was kept, with its file and line', async () => {
  const { dir, calendar } = await smallLaw()
  const cache = join(folder, 'cache')
  await loadLibrary(dir, cache)
  await writeFile(calendar, `${await readFile(calendar, 'utf8')}\nforeign: 1\n`)
  await expect(loadLibrary(dir, cache)).rejects.toThrow(/calendars\/2026\.yaml:\d+ .*foreign/)
})
