import { describe, expect, test } from 'vitest'
import { judgeLock, LOCK_TRIALS, type LockReading, type LockTrial } from './lock.ts'

const trials = (broken: readonly LockTrial['what'][] = [], skipped: readonly LockTrial['what'][] = []) =>
  LOCK_TRIALS.map(
    (what): LockTrial => ({
      what,
      outcome: broken.includes(what) ? 'broken' : skipped.includes(what) ? 'not-tried' : 'held',
      answer: 'AccessDenied',
    }),
  )
const probe = { name: 'probe/1' }
const locked: LockReading = { given: 'compliance', trials: trials(), probe }
const governed: LockReading = { given: 'governance', trials: trials([], ['downgrade']), probe }

describe('a lock', () => {
  test.each<[string, LockReading, ReturnType<typeof judgeLock>]>([
    ['holds in compliance when nothing passes it', locked, 'compliance'],
    ['holds in governance when nothing passes it', governed, 'governance'],
    [
      'is still governance when the privilege passes it',
      { ...governed, trials: trials(['bypass']) },
      'governance',
    ],
    ['is none where the object got none', { trials: trials(['delete-version']), probe }, 'none'],
    [
      'is none where it was asked for and not given',
      { asked: { mode: 'compliance', days: 1 }, trials: [], probe },
      'none',
    ],
    ['is not known where nothing could be put', { trials: [], why: '连不上' }, 'not-checked'],
    ['is not known where the trial broke off', { ...locked, why: '连接中断' }, 'not-checked'],
    ['is not known where a trial is missing', { ...locked, trials: trials([], ['shorten']) }, 'not-checked'],
    [
      'is not known where files in parts were not tried',
      { ...locked, trials: trials([], ['resumed']) },
      'not-checked',
    ],
    ['holds where it cannot be made longer', { ...locked, trials: trials(['extend']) }, 'compliance'],
    ['is not known where nothing was tried', { ...locked, trials: [] }, 'not-checked'],
    ...(
      [
        'delete-version',
        'shorten',
        'downgrade',
        'bypass',
        'overwrite',
        'delete-name',
        'parts',
        'resumed',
      ] as const
    ).map((what): [string, LockReading, 'broken'] => [
      `is broken in compliance when this passes it: ${what}`,
      { ...locked, trials: trials([what]) },
      'broken',
    ]),
    [
      'is broken when versions do not stay, lock or no lock',
      { trials: trials(['overwrite']), probe },
      'broken',
    ],
    [
      'that broke is broken though the trial broke off',
      { ...locked, trials: trials(['delete-version']), why: 'x' },
      'broken',
    ],
  ])('%s', (_name, reading, expected) => {
    expect(judgeLock(reading)).toBe(expected)
  })
})
