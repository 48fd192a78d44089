import { expect, test } from 'vitest'
import { withClock } from './clock.ts'
import type { CheckResult, Manifest } from './events.ts'

const manifest = {
  madeFrom: '2026-03-10T09:30:00+08:00',
  madeTo: '2026-03-10T09:50:00+08:00',
} as Manifest
const says = (madeAt: string) =>
  withClock({ verdict: 'playable', gaps: [], decoded: 'full', madeAt } satisfies CheckResult, manifest)

test.each([
  ['its beginning', '2026-03-10T01:30:00Z'],
  ['its end', '2026-03-10T01:50:40Z'],
  ['local time where UTC belongs', '2026-03-10T09:30:00Z'],
])('a file that tells %s is as it was registered', (_what, madeAt) => {
  expect(says(madeAt)).not.toHaveProperty('clockDiffers')
})

test('a clock that was never set is told with what the file says', () => {
  expect(says('2015-01-01T00:00:00Z')).toMatchObject({
    verdict: 'playable',
    clockDiffers: { fileSays: '2015-01-01T00:00:00Z' },
    note: expect.stringContaining('请核对设备时钟'),
  })
})

test('nothing is said of a file that says nothing', () => {
  const check: CheckResult = { verdict: 'playable', gaps: [], decoded: 'full' }
  expect(withClock(check, manifest)).toBe(check)
})
