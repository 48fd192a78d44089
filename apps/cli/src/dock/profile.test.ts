import { describe, expect, test } from 'vitest'
import { loadProfiles, readDigits, readName, readProfile } from './profile.ts'

const TEXT = `
id: some
name: 某种
zone: '+08:00'
names: ['^(?<officer>[0-9]{5})_(?<from>[0-9]{14})\\.[a-z0-9]+$']
formats: [mp4]
examples: [{ path: 12345_20260310093000.mp4, reads: { officer: '12345', from: '2026-03-10T09:30:00+08:00' } }]
`

describe('profiles', () => {
  test('that come with the program read their own examples', async () => {
    expect([...(await loadProfiles()).keys()]).toEqual([
      'camera',
      'officer-serial-time',
      'serial-time-officer',
    ])
  })

  test('that misread an example, or say something unknown, are refused with the file and what is wrong', () => {
    const misread = TEXT.replace("officer: '12345'", "officer: '54321'")
    expect(() => readProfile('a.yaml', misread)).toThrow(/a\.yaml 读不对自己的例子[\s\S]*12345_2026/)
    expect(() => readProfile('a.yaml', TEXT.replace('zone:', 'timezone:'))).toThrow(/a\.yaml/)
    expect(() => readProfile('a.yaml', TEXT.replace('(?<officer>', '((?<officer>'))).toThrow(/正则/)
    expect(readProfile('a.yaml', TEXT).id).toBe('some')
  })

  test('never take a film for a system file or a sidecar', async () => {
    for (const profile of (await loadProfiles()).values())
      expect(readName(profile, 'System Volume Information/x.mp4')).not.toMatchObject({ aside: 'sidecar' })
  })
})

test('a moment that is in no calendar is not read', () => {
  expect(readDigits('20260229093000', '+08:00')).toBeUndefined()
  expect(readDigits('20260310246000', '+08:00')).toBeUndefined()
  expect(readDigits('20260310_093000', '+08:00')).toBe('2026-03-10T09:30:00+08:00')
})
