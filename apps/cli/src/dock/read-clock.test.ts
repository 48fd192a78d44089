import fc from 'fast-check'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadProfiles } from './profile.ts'
import { clockFrom, readClockFile, readDisplay } from './read-clock.ts'

test('the true offset lies within the uncertainty, whenever between the two moments the device wrote its time', () => {
  const ms = fc.integer({ min: 0, max: 60_000 })
  fc.assert(
    fc.property(ms, ms, ms, fc.integer({ min: -3_600_000, max: 3_600_000 }), (start, a, b, offset) => {
      const from = new Date(Date.UTC(2026, 2, 10) + start)
      const wroteAt = from.getTime() + a
      const to = new Date(wroteAt + b)
      // The device shows whole seconds and drops the rest.
      const deviceAt = new Date(Math.floor((wroteAt + offset) / 1000) * 1000).toISOString()
      const read = clockFrom({ deviceAt, from, to, by: 'file' })
      expect(Math.abs(read.offsetMs - offset)).toBeLessThanOrEqual(read.uncertaintyMs + 1)
    }),
  )
})

test('a display is read in the zone of the device, to within a few seconds', () => {
  const read = readDisplay('20260310180130', '+08:00', new Date('2026-03-10T18:00:00+08:00'))
  expect(read).toMatchObject({ offsetMs: 91_500, uncertaintyMs: 1500, by: 'display' })
  expect(() => readDisplay('18:01', '+08:00', new Date())).toThrow('yyyyMMddHHmmss')
})

test('a time that the device wrote is a reading only when nothing on the card is younger', async () => {
  const profile = (await loadProfiles()).get('officer-serial-time')
  if (profile === undefined) throw new Error('the profile is shipped')
  const root = await mkdtemp(join(tmpdir(), 'liuhen-clock-'))
  await writeFile(join(root, 'TIME.TXT'), '20260310180130')
  const file = (path: string, at: string) => ({ path, sizeBytes: 14, modifiedAt: at, birthAt: at })
  const written = file('TIME.TXT', '2026-03-10T18:01:30+08:00')
  const absentAt = new Date('2026-03-10T18:00:00+08:00')
  const now = () => new Date('2026-03-10T18:00:02+08:00')
  const read = (...files: ReturnType<typeof file>[]) => readClockFile(root, profile, { files, absentAt }, now)
  expect(await read(written, file('a.mp4', '2026-03-10T12:00:00+08:00'))).toMatchObject({
    offsetMs: 89_500,
    uncertaintyMs: 1500,
    by: 'file',
  })
  expect(await read(written, file('a.mp4', '2026-03-11T12:00:00+08:00'))).toBeUndefined()
  expect(await read(file('TIME.TXT', '2026-03-10T17:00:00+08:00'))).toBeUndefined()
  expect(await read(file('a.mp4', '2026-03-10T12:00:00+08:00'))).toBeUndefined()
})
