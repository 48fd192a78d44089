import { expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '../event.ts'
import {
  canConfirmLegibility,
  canCopyRecording,
  canDescribeRecording,
  canRegisterRecording,
  canViewRecording,
  type Verdict,
} from './can.ts'
import type { KnownRecording } from './state.ts'

const recording: KnownRecording = {
  status: 'registered',
  registeredAt: '2026-03-10T10:00:00+08:00',
  interruptions: [],
  rejected: [],
  manifest: {
    sha256: 'a'.repeat(64),
    sizeBytes: 1,
    fileName: 'a.mp4',
    mime: 'video/mp4',
    medium: 'video',
    device: { id: 'BWC-07' },
    officer: { personId: 'maker', name: '周敏' },
    madeFrom: '2026-03-10T09:00:00+08:00',
    madeTo: '2026-03-10T09:30:00+08:00',
  },
}
const holder = (role: Role): Actor => ({
  userId: 'u',
  personId: 'somebody',
  name: '某人',
  roles: [role],
  agencyId: 'a',
})

const allowed: readonly (readonly [string, (a: Actor) => Verdict, readonly Role[]])[] = [
  ['register their own', (a) => canRegisterRecording(a, 'somebody'), ['officer', 'av-custodian']],
  ['register what somebody else made', (a) => canRegisterRecording(a, 'maker'), ['av-custodian']],
  ['describe what somebody else made', (a) => canDescribeRecording(recording, a, false), ['av-custodian']],
  [
    'describe as a handler of the case',
    (a) => canDescribeRecording(recording, a, true),
    ['officer', 'av-custodian'],
  ],
  [
    'view what somebody else made',
    (a) => canViewRecording(recording, a, false),
    ['unit-head', 'deputy-head', 'agency-head', 'legal-reviewer', 'av-custodian', 'archivist', 'supervisor'],
  ],
  ['copy', canCopyRecording, ['av-custodian']],
  [
    'confirm the legibility of what somebody else made',
    (a) => canConfirmLegibility(recording, a, false),
    ['unit-head', 'av-custodian'],
  ],
  [
    'confirm legibility as a handler of the case',
    (a) => canConfirmLegibility(recording, a, true),
    ['officer', 'unit-head', 'av-custodian'],
  ],
]

test.each(allowed)('to %s: every role is let through or told why not and what to do', (_what, can, roles) => {
  for (const role of ROLES) {
    const verdict = can(holder(role))
    if (roles.includes(role)) expect(verdict, role).toBe(true)
    else expect(verdict, role).toMatchObject([{ message: expect.any(String), todo: expect.any(String) }])
  }
})

test('an officer may describe, view and watch what they made', () => {
  const maker = { ...holder('officer'), personId: 'maker' }
  expect(canDescribeRecording(recording, maker, false)).toBe(true)
  expect(canViewRecording(recording, maker, false)).toBe(true)
  expect(canConfirmLegibility(recording, maker, false)).toBe(true)
})
