import { describe, expect, test } from 'vitest'
import { clubLead } from '../../../../test/club.ts'
import { type Actor, type Role, ROLES } from '../event.ts'
import {
  type Can,
  canArchiveCase,
  canAssembleFile,
  canAssignHandlers,
  canCarryOutStep,
  canExportPackage,
  canHandleCase,
  canHoldPad,
  canPublishDisclosure,
  canReadCase,
  canSteerCase,
  canTakeRecording,
  READS_ALL,
} from './can.ts'
import { initialCase, evolveCase, type OpenCase } from './state.ts'

const holder = (role: Role, personId = 'somebody'): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles: [role],
  agencyId: 'a',
})

const lead = evolveCase(
  initialCase,
  clubLead('2026-03-02T08:00:00Z'),
  holder('intake-clerk', 'clerk'),
) as OpenCase
const handled: OpenCase = { ...lead, handlers: [{ personId: 'ada' }] }
const register: OpenCase = { ...lead, register: true }
const paper = { submittedBy: { personId: 'eva' } }

/** What somebody who is no handler of the case may do by role. */
const OTHERS: readonly (readonly [string, (a: Actor) => Can, readonly Role[]])[] = [
  ['read it', (a) => canReadCase(handled, a, 'u-clerk'), READS_ALL],
  ['handle it', (a) => canHandleCase(handled, a), []],
  ['handle a lead without handlers', (a) => canHandleCase(lead, a), ['officer', 'intake-clerk', 'unit-head']],
  ['flag it or excuse its duties', (a) => canSteerCase(handled, a), ['unit-head', 'agency-head']],
  [
    'flag a register or excuse its duties',
    (a) => canSteerCase(register, a),
    ['unit-head', 'deputy-head', 'agency-head'],
  ],
  ['assign its handlers', (a) => canAssignHandlers(handled, a), ['unit-head']],
  ['hold the pad for others', (a) => canHoldPad(handled, a, paper, undefined), []],
  ['bring a recording into it', (a) => canTakeRecording(handled, a), ['av-custodian']],
  ['assemble its file', (a) => canAssembleFile(handled, a), ['archivist']],
  ['archive it', (a) => canArchiveCase(a), ['archivist']],
  ['publish its decision', (a) => canPublishDisclosure(a), ['publisher']],
  ['export it whole', (a) => canExportPackage(handled, a, 'whole'), ['archivist', 'agency-head']],
  [
    'export the party’s package',
    (a) => canExportPackage(handled, a, 'party'),
    ['archivist', 'agency-head', 'unit-head'],
  ],
]

test.each(OTHERS)('to %s: every role is let through or told why not and what to do', (_what, can, roles) => {
  for (const role of ROLES) {
    const verdict = can(holder(role))
    if (roles.includes(role)) expect(verdict, role).toBe(true)
    else expect(verdict, role).toMatchObject([{ message: expect.any(String), todo: expect.any(String) }])
  }
})

describe('a handler', () => {
  const ada = holder('officer', 'ada')
  test('handles, steers, holds the pad, assembles and makes the package of the party', () => {
    const cans = [
      canReadCase(handled, ada, ''),
      canHandleCase(handled, ada),
      canSteerCase(handled, ada),
      canAssignHandlers(handled, ada),
      canHoldPad(handled, ada, paper, undefined),
      canAssembleFile(handled, ada),
      canExportPackage(handled, ada, 'party'),
    ]
    expect(cans).toEqual(cans.map(() => true))
  })
  test('does not take the whole file with its sub volume out of the house', () => {
    expect(canExportPackage(handled, ada, 'whole')).not.toBe(true)
  })
})

test('one signs for oneself, and the author of a paper holds the pad for it', () => {
  const clerk = holder('legal-reviewer', 'rita')
  expect(canHoldPad(handled, clerk, paper, 'rita')).toBe(true)
  expect(canHoldPad(handled, clerk, paper, 'ada')).not.toBe(true)
  expect(canHoldPad(handled, holder('legal-reviewer', 'eva'), paper, undefined)).toBe(true)
})

test('an account that is no person is nobody’s author and nobody’s handler', () => {
  const { personId: _, ...machine } = holder('officer')
  expect(canHoldPad(handled, machine, paper, undefined)).not.toBe(true)
  expect(canHandleCase(handled, machine)).not.toBe(true)
})

test('who may not carry a step out reads the posts that may in words', () => {
  const verdict = canCarryOutStep(handled, holder('archivist'), ['officer', 'legal-reviewer'])
  expect(verdict).toMatchObject([{ todo: '请由有权岗位办理：执法人员、法制审核员' }])
})
