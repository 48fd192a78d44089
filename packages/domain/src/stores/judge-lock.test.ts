import { describe, expect, test } from 'vitest'
import { judgeLocks, type LockStanding } from './judge-lock.ts'
import { LOCK_TRIALS, type LockFound, type LockReading } from './lock.ts'

const NOW = '2026-04-21T02:00:00.000Z'
const asked = { mode: 'compliance', days: 100 } as const
/** The key may delete, so what is refused is refused by the lock. */
const DELETES = { what: 'delete-name', outcome: 'held', answer: 'OK' } as const
const folder: LockStanding = { place: 'folder' }
const bucket = (
  found: LockFound,
  reading: Partial<LockReading> = {},
  at = '2026-04-20T02:00:00.000Z',
): LockStanding => ({
  place: 'bucket',
  tried: { at, found, reading: { trials: [DELETES], asked, ...reading } },
})
const judge = (second: LockStanding, days = 168) =>
  judgeLocks({
    now: NOW,
    stores: [
      { name: '主存储', lock: folder },
      { name: '第二存储', lock: second },
    ],
    shortest: { days, title: '某办法' },
  })

describe('the lock of the stores', () => {
  test('is told to be none on two folders, and is neither good nor bad', () => {
    expect(judge(folder)).toMatchObject({
      ok: true,
      told: true,
      message: expect.stringContaining('没有防删除锁'),
    })
  })
  test('is good when it was tried and held, and says until when it binds', () => {
    const { told: _, ...judged } = judge(bucket('compliance'))
    expect(judged).toMatchObject({ ok: true, todo: expect.stringContaining('锁定 100 天') })
  })
  test('is not said to be tried out by a key that may not delete at all', () => {
    const denied = { ...DELETES, answer: 'AccessDenied' }
    const judged = judge(bucket('compliance', { trials: [denied] }))
    expect(judged).toMatchObject({ ok: true, message: expect.stringContaining('没有试出来') })
    expect(judge(bucket('compliance')).message).toContain('实测有效')
  })
  test('that leaves out files in parts is told so; one that cannot be made longer is good, and tells it', () => {
    const held = LOCK_TRIALS.map((what) => ({ what, outcome: 'held', answer: 'OK' }) as const)
    const but = (what: string): Partial<LockReading> => ({
      given: 'compliance',
      probe: { name: 'probe/1' },
      trials: held.map((t) => (t.what === what ? { ...t, outcome: 'broken' } : t)),
    })
    expect(judge(bucket('broken', but('parts'))).message).toContain('分片存入')
    expect(judge(bucket('broken', but('shorten'))).message).toContain('锁拦不住')
    expect(judge(bucket('compliance', but('extend')))).toMatchObject({
      ok: true,
      todo: expect.stringContaining('锁定期不能延长'),
    })
  })
  test('that lasts longer than a text lets something be kept is told with that text', () => {
    expect(judge(bucket('compliance'), 99).todo).toContain('《某办法》')
    expect(judge(bucket('compliance'), 100).todo).not.toContain('《某办法》')
  })
  test.each<[string, LockStanding]>([
    ['was never tried', { place: 'bucket' }],
    ['was tried long ago', bucket('compliance', {}, '2026-04-17T02:00:00.000Z')],
    ['could not be tried', bucket('not-checked')],
    ['does not hold', bucket('broken')],
    ['was asked for and not given', bucket('none')],
    [
      'can be bypassed by the key that made it',
      bucket('governance', { trials: [{ what: 'bypass', outcome: 'broken', answer: 'OK' }] }),
    ],
  ])('is bad when it %s', (_name, second) => {
    const judged = judge(second)
    expect(judged.ok).toBe(false)
    expect(judged.todo).toBeTruthy()
  })
  test('in governance that our key cannot pass is good, and says who still can', () => {
    expect(judge(bucket('governance'))).toMatchObject({
      ok: true,
      message: expect.stringContaining('管理员仍然可以绕过'),
    })
  })
  test('that nobody asked for in a bucket is told', () => {
    const { asked: _, ...none } = { trials: [], asked: undefined }
    const second: LockStanding = { place: 'bucket', tried: { at: NOW, found: 'none', reading: none } }
    expect(judge(second)).toMatchObject({ ok: true, told: true })
  })
})
