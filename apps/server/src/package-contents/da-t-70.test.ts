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
  archival: {
    isArchived: true,
    documents: 3,
    recordings: 0,
    schemes: [],
    without: [],
    unreadable: [],
    lacking: [],
    untilArchived: [],
    unread: [],
    eep: { made: 2, hasKey: true, notSigned: [], notIndexed: ['a.pdf'], faulty: [], exchanged: [] },
  },
}
const archival = { ...sound.archival } as NonNullable<Examined['archival']>
const eep = (fault: Partial<typeof archival.eep>) => ({
  archival: { ...archival, eep: { ...archival.eep, ...fault } },
})
const resultOf = (e: Examined, code: string): string | undefined =>
  daT70(e).items.find((i) => i.code === code)?.result

test('a sound package fails nothing, and every item says why it stands as it does', () => {
  const list = DaT70.parse(daT70(sound))
  expect(list.items.filter((i) => i.result === 'failed')).toEqual([])
  expect(list.items.every((i) => i.detail !== '')).toBe(true)
  expect(new Set(list.items.map((i) => i.code)).size).toBe(list.items.length)
})

test('what nobody can look at here reads as not checked, never as passed', () => {
  for (const code of ['1-14', '4-1', '4-2'])
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
  ['2-3', { misfits: ['x'] }],
  ['2-3', { archival: { ...archival, without: ['a.pdf'] } }],
  ['2-4', { archival: { ...archival, lacking: ['a.pdf 缺 M33 日期'] } }],
  ['2-10', eep({ faulty: ['a.pdf：缺 题名'] })],
  ['2-11', eep({ exchanged: ['a.pdf'] })],
  ['2-11', { absent: ['a.pdf'] }],
  ['3-1', { broken: ['x'] }],
  ['3-1', { archival: { ...archival, unreadable: ['a.xml'] } }],
  ['3-3', { foreignFormats: ['a.xyz'] }],
  ['3-4', { playback: { broken: ['r1'], notChecked: [], total: 1 } }],
] as const)('item %s fails when there is something against it', (code, fault) => {
  expect(resultOf({ ...sound, ...fault }, code)).toBe('failed')
})

test('the metadata of the archives and the encapsulations are judged where they were made', () => {
  const results = (e: Examined) => ['2-3', '2-4', '2-10', '2-11'].map((code) => resultOf(e, code))
  const nothing = { made: 0, hasKey: false, notSigned: [], notIndexed: [], faulty: [], exchanged: [] }
  const open = { ...archival, isArchived: false, untilArchived: ['M12 保管期限'], eep: nothing }
  const { archival: _, ...party } = sound
  expect(results(sound)).toEqual(['passed', 'passed', 'passed', 'passed'])
  expect(results({ ...sound, archival: open })).toEqual(['passed', 'not-checked', 'not-checked', 'passed'])
  expect(results(party)).toEqual(['not-checked', 'not-checked', 'not-checked', 'passed'])
  const filmed = { ...sound, archival: { ...archival, recordings: 1, unread: ['DA/T 63-2017'] } }
  expect(results(filmed)).toEqual(['passed', 'not-checked', 'passed', 'passed'])
})

test.each([
  [{ hasKey: false }, '没有电子签名（可选）'],
  [{}, '各有电子签名'],
  [{ notSigned: ['b.pdf'] }, '签名没有成功、没有电子签名（可选）的 1 件：b.pdf'],
])('whether encapsulations are signed is said: %o', (fault, said) => {
  const item = daT70({ ...sound, ...eep(fault) }).items.find((i) => i.code === '2-10')
  expect(item).toMatchObject({ result: 'passed', detail: expect.stringContaining(said) })
})

test('a recording that no tool has looked at makes readability not checked', () => {
  const e = { ...sound, playback: { broken: [], notChecked: ['r1'], total: 1 } }
  expect(resultOf(e, '3-4')).toBe('not-checked')
})
