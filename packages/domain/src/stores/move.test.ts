import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { StoresEvent } from './events.ts'
import { approveMove, evolveMove, giveMoveUp, noMove, proposeMove, type MoveState } from './move.ts'

const NOW = '2026-04-21T02:00:00.000Z'
const later = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString()
const person = (userId: string, ...roles: Role[]): Actor => ({ userId, name: userId, roles, agencyId: 'a' })
const admin = person('admin', 'system-admin')
const archivist = person('archivist', 'archivist')
const wanted = { moveId: 'm', reason: '旧盘要报废', from: '/old', to: '/new' }

const proposed = proposeMove(noMove, wanted, { now: NOW, actor: admin })
const after = (...given: readonly (readonly [StoresEvent, Actor])[]): MoveState =>
  given.reduce((s, [event, by]) => evolveMove(s, event, by.userId), noMove)
const first = (isRefusal(proposed) ? undefined : proposed[0]) as StoresEvent
const checked = (verdict: 'pass' | 'fail' | 'not-checked'): StoresEvent => ({
  type: 'StoreMoveChecked',
  schemaVersion: 1,
  occurredAt: NOW,
  data: { internal: { moveId: 'm', verdict, why: [], files: 1, bytes: 1, ofFiles: 1, faults: 0 } },
})
const at = (actor: Actor, now = NOW) => ({ now, actor, isGivenByProposer: false })
const ready = after([first, admin], [checked('pass'), admin])

describe('a move of the second store', () => {
  test('is proposed by an administrator, from a store in use to another, one at a time', () => {
    expect(proposed).toMatchObject([{ type: 'StoreMoveProposed', data: { internal: wanted } }])
    const ask = (p: Partial<typeof wanted>, actor = admin, s: MoveState = noMove) =>
      proposeMove(s, { ...wanted, ...p }, { now: NOW, actor })
    expect(ask({}, archivist)).toMatchObject({ code: 'not-permitted' })
    expect(ask({ to: '/old' })).toMatchObject({ code: 'incomplete' })
    expect(
      proposeMove(noMove, { moveId: 'm', reason: 'x', from: '/old' }, { now: NOW, actor: admin }),
    ).toMatchObject({
      code: 'incomplete',
    })
    expect(ask({}, admin, ready)).toMatchObject({ code: 'wrong-state' })
  })
  test('is approved by a second person after everything was read back and compared', () => {
    expect(approveMove(ready, '同意', at(archivist))).toMatchObject([{ type: 'StoreMoveApproved' }])
  })
  test.each<[string, MoveState, Actor, string, boolean]>([
    ['by who proposed it', ready, admin, NOW, false],
    ['by one whose password the proposer has held', ready, archivist, NOW, true],
    ['by one who has no say in it', ready, person('officer', 'officer'), NOW, false],
    ['before anything was compared', after([first, admin]), archivist, NOW, false],
    ['when the comparison failed', after([first, admin], [checked('fail'), admin]), archivist, NOW, false],
    ['when it said nothing', after([first, admin], [checked('not-checked'), admin]), archivist, NOW, false],
    [
      'when the last one failed',
      after([first, admin], [checked('pass'), admin], [checked('fail'), admin]),
      archivist,
      NOW,
      false,
    ],
    ['on a comparison of long ago', ready, archivist, later(8), false],
    ['where there is none', noMove, archivist, NOW, false],
  ])('is not approved %s', (_name, state, actor, now, isGivenByProposer) => {
    const ruling = approveMove(state, '同意', { now, actor, isGivenByProposer })
    expect(ruling).toMatchObject({ refused: true })
    expect(isRefusal(ruling) && ruling.reasons.every((r) => r.todo !== '')).toBe(true)
  })
  test('is stopped by either, and then the next can be proposed', () => {
    const ended = giveMoveUp(ready, '新盘有问题', { now: NOW, actor: archivist })
    expect(ended).toMatchObject([{ type: 'StoreMoveGivenUp' }])
    const [event] = isRefusal(ended) ? [] : ended
    expect(event && evolveMove(ready, event, 'archivist')).toEqual(noMove)
    expect(giveMoveUp(noMove, 'x', { now: NOW, actor: admin })).toMatchObject({ code: 'wrong-state' })
  })
})
