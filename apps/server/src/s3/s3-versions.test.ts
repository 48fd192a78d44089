import { describe, expect, test } from 'vitest'
import { asideKey, type Listed, standingOf } from './s3-versions.ts'

const KEY = 'sha256/ab'
const version = (id: string, etag = 'good'): Listed => ({ key: KEY, id, sizeBytes: 3, etag })
const marker: Listed = { key: KEY, marker: true }
const aside = (of: string, id = 'fault'): Listed => ({
  key: asideKey(KEY, id, of),
  id: 'n',
  sizeBytes: 1,
  etag: 'note',
})
const told = (...listed: Listed[]) => {
  const { recorded, covered } = standingOf(KEY, listed)
  return [recorded?.id, covered]
}

describe('the original among the versions of a name, the newest first', () => {
  test.each<[string, Listed[], [string | undefined, boolean]]>([
    ['is absent where nothing is', [], [undefined, false]],
    ['is absent where there is a marker only', [marker], [undefined, false]],
    ['is the only one', [version('1')], ['1', false]],
    ['is the oldest, whatever was written over it', [version('2', 'other'), version('1')], ['1', true]],
    ['is the oldest of equal ones, and nothing is told of', [version('2'), version('1')], ['1', false]],
    ['is under a deletion', [marker, version('1')], ['1', true]],
    ['is not one that was set aside', [version('1', 'bad'), aside('1')], [undefined, false]],
    ['is what was taken after that', [version('2'), version('1', 'bad'), aside('1')], ['2', false]],
    [
      'is found where versions have odd names',
      [version('2'), version('a/b c', 'bad'), aside('a/b c')],
      ['2', false],
    ],
    ['is not of another name', [{ key: `${KEY}0`, id: '9', sizeBytes: 1, etag: '' }], [undefined, false]],
  ])('%s', (_name, listed, expected) => {
    expect(told(...listed)).toEqual(expected)
  })
})
