import { DaT70 } from '@liuhen/ledger/package/documents'
import { expect, test } from 'vitest'
import { daT70, type Examined } from './da-t-70.ts'

const sound: Examined = {
  at: '2026-06-30T10:00:00+08:00',
  altered: [],
  broken: [],
  gaps: [],
  absent: [],
  documents: { stated: 3, found: 3 },
  recordings: { stated: 1, found: 1 },
  bytes: { stated: 10, found: 10 },
  misfits: [],
  control: [],
  repeatedNumbers: [],
  foreignFormats: [],
  mistyped: [],
  playback: { broken: [], notChecked: [], total: 1 },
  archiveNo: '20260001',
  witnesses: [],
  isStamped: false,
}
const resultOf = (e: Examined, code: string): string | undefined =>
  daT70(e).items.find((i) => i.code === code)?.result

test('a sound package fails nothing, and every item says why it stands as it does', () => {
  const list = DaT70.parse(daT70(sound))
  expect(list.items.filter((i) => i.result === 'failed')).toEqual([])
  expect(list.items.every((i) => i.detail !== '')).toBe(true)
  expect(new Set(list.items.map((i) => i.code)).size).toBe(list.items.length)
})

test('what nobody can look at here reads as not checked, never as passed', () => {
  for (const code of ['1-14', '2-10', '4-1', '4-2'])
    expect([code, resultOf(sound, code)]).toEqual([code, 'not-checked'])
})

test.each([
  ['1-1', { altered: ['a.pdf'] }],
  ['1-3', { misfits: ['x'] }],
  ['1-6', { control: ['x'] }],
  ['1-7', { archiveNo: '2026-1' }],
  ['1-8', { repeatedNumbers: ['1号'] }],
  ['1-10', { mistyped: ['a.pdf'] }],
  ['2-1', { documents: { stated: 3, found: 2 } }],
  ['2-2', { bytes: { stated: 10, found: 9 } }],
  ['2-6', { gaps: ['v3'] }],
  ['2-7', { absent: ['a.pdf'] }],
  ['3-3', { foreignFormats: ['a.xyz'] }],
  ['3-4', { playback: { broken: ['r1'], notChecked: [], total: 1 } }],
] as const)('item %s fails when there is something against it', (code, fault) => {
  expect(resultOf({ ...sound, ...fault }, code)).toBe('failed')
})

test('a recording that no tool has looked at makes readability not checked', () => {
  const e = { ...sound, playback: { broken: [], notChecked: ['r1'], total: 1 } }
  expect(resultOf(e, '3-4')).toBe('not-checked')
})
