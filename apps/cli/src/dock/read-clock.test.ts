import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockFrom, readDisplay } from './read-clock.ts'

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
