import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMigrations } from './migrate.ts'

test('the migrations of this version have a number each, in ascending order', async () => {
  const numbers = (await readMigrations()).map(({ number }) => number)
  expect(numbers.length).toBeGreaterThan(40)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
})

test('two migrations of one number are refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-migrations-'))
  try {
    await writeFile(join(folder, '001-first.sql'), 'SELECT 1')
    await writeFile(join(folder, '001-second.sql'), 'SELECT 2')
    await expect(readMigrations(folder)).rejects.toThrow('two migrations have the number 1')
  } finally {
    await rm(folder, { recursive: true })
  }
})
