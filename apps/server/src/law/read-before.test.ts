import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLibrary } from './library.ts'
import { readBefore } from './read-before.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-law-'))
})
afterAll(() => rm(folder, { recursive: true }))

const file = (text: string) => ({ path: 'calendars/2026.yaml', text })

test('the law that was kept is the law that is read', async () => {
  const fresh = await openLibrary()
  await openLibrary(folder)
  expect(await openLibrary(folder)).toEqual(fresh)
})

test('a changed text is read again, whatever was kept', async () => {
  expect(await readBefore([file('year: 2026')], folder)).toMatchObject([{ value: { year: 2026 } }])
  expect(await readBefore([file('year: 2027')], folder)).toMatchObject([{ value: { year: 2027 } }])
})

test('a file with a mistake has no value, and a file of ours that was cut off is no obstacle', async () => {
  const [wrong] = await readBefore([file('a: 1\na: 2')], folder)
  expect(wrong).toEqual(file('a: 1\na: 2'))
  await readBefore([file('a: 1')], folder)
  const path = join(folder, 'law.json')
  await writeFile(path, (await readFile(path, 'utf8')).slice(0, 10))
  expect(await readBefore([file('a: 1')], folder)).toMatchObject([{ value: { a: 1 } }])
})
