import { expect, it } from 'vitest'
import { ed25519NoteKey, formatVkey, keyFingerprint } from '../note.ts'
import type { KeyChange } from './change.ts'
import { keyPeriods } from './periods.ts'

const origin = 'log.example/1'
const [a, b, c] = [1, 2, 3].map((n) => ed25519NoteKey(origin, new Uint8Array(32).fill(n))) as [
  ReturnType<typeof ed25519NoteKey>,
  ReturnType<typeof ed25519NoteKey>,
  ReturnType<typeof ed25519NoteKey>,
]
const [AT_B, AT_C, TAKEN] = ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-02-20T00:00:00Z']
const changes: readonly KeyChange[] = [
  { kind: 'rotation', origin, at: AT_B, from: a, to: b },
  { kind: 'rotation', origin, at: AT_C, from: b, to: c },
]
const placed = (all: readonly KeyChange[]) => all.map((change, index) => ({ index, change }))
const nowMs = Date.parse('2026-03-10T00:00:00Z')
const until = '2026-04-01T00:00:00Z'
const told = { origin, retiring: [{ vkey: formatVkey(b), until }], nowMs }

it('tells of every key that the log ever had, the current one first', () => {
  expect(keyPeriods(c, placed(changes), told)).toEqual([
    { vkey: formatVkey(c), fingerprint: keyFingerprint(c), state: 'current', since: AT_C },
    {
      vkey: formatVkey(b),
      fingerprint: keyFingerprint(b),
      state: 'overlap',
      since: AT_B,
      until: AT_C,
      signsUntil: until,
    },
    { vkey: formatVkey(a), fingerprint: keyFingerprint(a), state: 'former', until: AT_B },
  ])
  expect(keyPeriods(a, [], told)).toEqual([
    { vkey: formatVkey(a), fingerprint: keyFingerprint(a), state: 'current' },
  ])
})

it('says of a key that was taken back since when, and lets none sign when its time is over', () => {
  const at = '2026-03-05T00:00:00Z'
  const revoked = { kind: 'revocation', origin, at, key: b, by: c, since: TAKEN, size: 9 } as const
  const [, one] = keyPeriods(c, placed([...changes, revoked]), told)
  expect(one).toMatchObject({ state: 'revoked', revokedSince: TAKEN, until: AT_C })
  expect(one).not.toHaveProperty('signsUntil')
  const [, later] = keyPeriods(c, placed(changes), { ...told, nowMs: Date.parse(until) })
  expect(later).toMatchObject({ state: 'former' })
})
