import { describe, expect, test } from 'vitest'
import { forKeeper, judgeStores, type StoresState, type StoreCheckId } from './judge.ts'

const NOW = '2026-04-21T02:00:00.000Z'
const YESTERDAY = '2026-04-20T02:00:00.000Z'
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString()
const store = {
  reached: { here: true },
  files: 7,
  neverRead: 0,
  bad: 0,
  oldestReadAt: YESTERDAY,
  lock: { place: 'folder' },
} as const
const tried = { at: YESTERDAY, found: 'compliance' as const, reading: { trials: [] } }
const run = { at: YESTERDAY, verdict: 'pass' } as const

const sound: StoresState = {
  now: NOW,
  first: store,
  second: store,
  onOneDevice: false,
  uncopied: 0,
  scrub: run,
  inventory: run,
  rehearsal: { ...run, at: daysAgo(89) },
  scrubDays: 30,
  rehearsalDays: 90,
}
const { reached: _, ...unknown } = store
const { onOneDevice: __, ...unplaced } = sound
const { scrub: ___, ...unscrubbed } = sound
const { inventory: ____, ...uncounted } = sound
const { rehearsal: _____, ...unrehearsed } = sound

const red = (s: StoresState): readonly StoreCheckId[] =>
  judgeStores(s)
    .filter((c) => !c.ok)
    .map((c) => c.id)

describe('the stores', () => {
  test('are sound when every check holds', () => {
    expect(red(sound)).toEqual([])
  })
  test.each<[string, StoresState, StoreCheckId[]]>([
    ['without a second store', { ...sound, second: { ...unknown, files: 0 } }, ['second', 'copies']],
    ['with the second store away', { ...sound, second: { ...store, reached: { here: false } } }, ['second']],
    ['with both on one device', { ...sound, onOneDevice: true }, ['second']],
    ['when nobody can tell on which devices they are', unplaced, ['second']],
    [
      'with a bucket of this machine',
      { ...unplaced, second: { ...store, lock: { place: 'bucket', tried } } },
      ['second'],
    ],
    [
      'with a lock that was never tried',
      { ...sound, second: { ...store, lock: { place: 'bucket' } } },
      ['lock'],
    ],
    ['with originals that have no copy', { ...sound, uncopied: 1 }, ['copies']],
    ['with a bad copy', { ...sound, second: { ...store, bad: 1 } }, ['bytes']],
    ['with the first store away', { ...sound, first: { ...store, reached: { here: false } } }, ['bytes']],
    ['with a copy that nobody ever read', { ...sound, first: { ...store, neverRead: 1 } }, ['bytes']],
    [
      'with a byte unread for longer',
      { ...sound, second: { ...store, oldestReadAt: daysAgo(31) } },
      ['bytes'],
    ],
    ['never scrubbed', unscrubbed, ['scrub']],
    ['scrubbed long ago', { ...sound, scrub: { ...run, at: daysAgo(3) } }, ['scrub']],
    ['never counted', uncounted, ['inventory']],
    ['counted without a result', { ...sound, inventory: { ...run, verdict: 'not-checked' } }, ['inventory']],
    ['never rehearsed', unrehearsed, ['rehearsal']],
    ['rehearsed in vain', { ...sound, rehearsal: { ...run, verdict: 'fail' } }, ['rehearsal']],
    ['rehearsed too long ago', { ...sound, rehearsal: { ...run, at: daysAgo(91) } }, ['rehearsal']],
    [
      'with nothing in them',
      { ...sound, first: { ...store, files: 0 }, second: { ...store, files: 0 } },
      ['copies', 'bytes'],
    ],
  ])('are not sound %s', (_name, state, expected) => {
    expect(red(state)).toEqual(expected)
  })
  test('say of everything that is wrong what to do', () => {
    for (const check of judgeStores({ ...unscrubbed, uncopied: 3, onOneDevice: true }))
      expect(check.ok || (check.todo ?? '').length > 0).toBe(true)
  })
  test('tell who cannot reach the machine whom to tell, and name no command and no setting', () => {
    const told = judgeStores({ ...unscrubbed, uncopied: 3, onOneDevice: true }).map(forKeeper)
    for (const { ok, todo = '' } of told) {
      expect(todo).not.toMatch(/liuhen|LIUHEN_/)
      expect(ok || todo.includes('系统管理员')).toBe(true)
    }
  })
  test('leave to the keeper what nobody has to do to the machine, whatever its words', () => {
    const first = judgeStores({ ...sound, second: { ...store, files: 0 } }).find((c) => c.id === 'copies')
    expect(first).toMatchObject({ ok: false, by: 'keeper' })
    expect(first && forKeeper(first)).toEqual(first)
    const bypassed: StoresState['second']['lock'] = {
      place: 'bucket',
      tried: {
        ...tried,
        found: 'governance',
        reading: { trials: [{ what: 'bypass', outcome: 'broken', answer: 'OK' }] },
      },
    }
    const lock = judgeStores({ ...sound, second: { ...store, lock: bypassed } }).find((c) => c.id === 'lock')
    expect(lock).toMatchObject({ ok: false, by: 'machine', todo: expect.stringContaining('密钥') })
    expect(lock && forKeeper(lock).todo).toContain('系统管理员')
  })
})
