import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBaseMap } from './base-map.ts'

test('the base map is the operator’s file as it lies there, none without one, and no giant', async () => {
  expect(await readBaseMap(undefined)).toEqual({})
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-map-'))
  try {
    const path = join(folder, 'town.geojson')
    await writeFile(path, '{"type":"FeatureCollection","features":[]}')
    expect(await readBaseMap(path)).toEqual({ map: { type: 'FeatureCollection', features: [] } })
    await truncate(path, 30 * 1024 ** 2)
    await expect(readBaseMap(path)).rejects.toThrow('more than')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
