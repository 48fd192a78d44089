import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal, type Decision } from '../refusal.ts'
import type { AgencyEvent, DryRun } from './events.ts'
import {
  approveSettings,
  canWithdrawSettings,
  carryOutSettings,
  giveUpSettings,
  proposeSettings,
  rejectSettings,
  type SettingsContext,
  weighSettings,
  withdrawSettings,
} from './settings.ts'
import { type AgencyState, evolveAgency, initialAgency } from './state.ts'

const now = '2026-03-02T09:00:00+08:00'
const who = (userId: string, ...roles: Role[]): Actor => ({ userId, name: userId, roles, agencyId: 'a' })
const admin = who('admin', 'system-admin')
const other = who('other', 'system-admin')
const head = who('head', 'agency-head')
const dryRun: DryRun = {
  at: now,
  cases: 0,
  casesChanged: 0,
  openCasesChanged: 0,
  dutiesMoved: 0,
  dutiesOverdue: 0,
  recordings: 0,
  recordingsChanged: 0,
  becomeDisposable: 0,
  wouldShorten: 0,
  duties: [],
  keeping: [],
  steps: [],
}
const ctx = (actor: Actor): SettingsContext => ({
  now,
  actor,
  accountGiven: [],
  newId: () => 'p1',
  whyNot: (_, value) => (value === 'bad' ? '不能这样设' : undefined),
})

type Step = (s: AgencyState) => Decision<AgencyEvent>
/** Folds what each step decides; a refusal ends it. */
const after = (...steps: readonly (readonly [Actor, Step])[]): AgencyState =>
  steps.reduce<AgencyState>(
    (state, [actor, step]) => {
      const decided = step(state)
      if (isRefusal(decided)) throw new Error(decided.reasons[0]?.message)
      return decided.reduce((s, e) => evolveAgency(s, e, actor), state)
    },
    evolveAgency(
      initialAgency,
      {
        type: 'AgencyRegistered',
        schemaVersion: 1,
        occurredAt: now,
        data: {
          public: { name: '俱乐部', shortName: '俱', code: 'a', base: 'club', overlays: [] },
          internal: { settings: { kept: 1 } },
        },
      },
      admin,
    ),
  )
const proposed: readonly [Actor, Step] = [
  admin,
  (s) => proposeSettings(s, { changes: { days: 20, kept: null }, reason: '经会议研究' }, ctx(admin)),
]
const weighed: readonly [Actor, Step] = [admin, (s) => weighSettings(s, 'p1', dryRun, now)]
const approve = (actor: Actor) => (s: AgencyState) =>
  approveSettings(s, { proposalId: 'p1', opinion: '同意' }, ctx(actor))
const reject = (actor: Actor) => (s: AgencyState) =>
  rejectSettings(s, { proposalId: 'p1', reason: '再议' }, ctx(actor))
const withdraw = (actor: Actor) => (s: AgencyState) =>
  withdrawSettings(s, { proposalId: 'p1', reason: '写错了' }, ctx(actor))

describe('a change of settings', () => {
  it('holds only after a second person approved it, and takes back what is set to nothing', () => {
    const waiting = after(proposed, weighed)
    expect(waiting).toMatchObject({ settings: { kept: 1 }, proposals: [{ status: 'weighed' }] })
    const approved = after(proposed, weighed, [head, approve(head)])
    expect(approved).toMatchObject({
      settings: { days: 20 },
      proposals: [{ status: 'approved', proposedBy: { userId: 'admin' }, ended: { by: { userId: 'head' } } }],
    })
    expect(approved).not.toHaveProperty('settings.kept')
  })
  it('is approved by the head or another administrator, never by who proposed it', () => {
    const state = after(proposed, weighed)
    expect(approve(admin)(state)).toMatchObject({ code: 'not-permitted' })
    expect(approve(who('admin', 'system-admin', 'agency-head'))(state)).toMatchObject({ refused: true })
    expect(approve(who('o', 'officer'))(state)).toMatchObject({ code: 'not-permitted' })
    for (const second of [head, other]) expect(isRefusal(approve(second)(state))).toBe(false)
  })
  it('is approved within a day of its dry run, and only while the agency may still set it so', () => {
    const state = after(proposed, weighed)
    const asked = { proposalId: 'p1', opinion: '同意' }
    const on = (over: Partial<SettingsContext>) => approveSettings(state, asked, { ...ctx(head), ...over })
    expect(isRefusal(on({ now: '2026-03-03T09:00:00+08:00' }))).toBe(false)
    expect(on({ now: '2026-03-03T09:00:01+08:00' })).toMatchObject({ reasons: [{ code: 'wrong-state' }] })
    expect(on({ whyNot: () => '不再由机关设定' })).toMatchObject({ code: 'wrong-state' })
    expect(isRefusal(reject(head)(state))).toBe(false)
  })
  it('is not approved with a password that the proposer gave lately', () => {
    const state = after(proposed, weighed)
    const asked = { proposalId: 'p1', opinion: '同意' }
    const given = (how: 'opened' | 'reset', at: string, by = 'admin') =>
      approveSettings(state, asked, { ...ctx(head), accountGiven: [{ by, at, how }] })
    for (const refused of [
      given('reset', '2026-03-02T09:00:01+08:00'),
      given('reset', '2026-02-25T09:00:00+08:00'),
      given('opened', '2026-03-02T09:00:01+08:00'),
    ])
      expect(refused).toMatchObject({ code: 'not-permitted' })
    for (const fine of [
      given('reset', '2026-02-23T09:00:00+08:00'),
      given('opened', '2026-03-01T09:00:00+08:00'),
      given('reset', '2026-03-02T09:00:01+08:00', 'other'),
    ])
      expect(isRefusal(fine)).toBe(false)
  })
  it('is not approved before its dry run is done, but may be rejected by a second person', () => {
    expect(approve(head)(after(proposed))).toMatchObject({ refused: true })
    expect(reject(admin)(after(proposed))).toMatchObject({ code: 'not-permitted' })
    expect(after(proposed, [head, reject(head)])).toMatchObject({ proposals: [{ status: 'rejected' }] })
  })
  it('is rejected by the system when its dry run cannot be made, and lets the next be proposed', () => {
    const ended = after(proposed, [admin, (s) => giveUpSettings(s, 'p1', now)])
    expect(ended).toMatchObject({ settings: { kept: 1 }, proposals: [{ status: 'rejected' }] })
    expect(isRefusal(proposed[1](ended))).toBe(false)
    expect(giveUpSettings(after(proposed, weighed), 'p1', now)).toEqual([])
  })
  it('is proposed by an administrator only, one at a time, and changes something', () => {
    const empty = after()
    const ask = (changes: Record<string, number | string>, actor = admin, state = empty) =>
      proposeSettings(state, { changes, reason: '经会议研究' }, ctx(actor))
    expect(ask({ days: 20 }, head)).toMatchObject({ code: 'not-permitted' })
    expect(ask({ days: 20 }, admin, after(proposed))).toMatchObject({ code: 'wrong-state' })
    const approved = after(proposed, weighed, [head, approve(head)])
    expect(ask({ days: 30 }, admin, approved)).toMatchObject({ code: 'wrong-state' })
    const done = { proposalId: 'p1', cases: 0, withheld: 0 }
    const carried = after(
      proposed,
      weighed,
      [head, approve(head)],
      [admin, (s) => carryOutSettings(s, done, now)],
    )
    expect(isRefusal(ask({ days: 30 }, admin, carried))).toBe(false)
    expect(ask({ kept: 1 })).toMatchObject({ code: 'incomplete' })
    expect(ask({ days: 'bad' })).toMatchObject({
      code: 'incomplete',
      reasons: [{ message: '不能这样设。' }],
    })
  })
  it('changes nothing when it is rejected or withdrawn, and lets the next be proposed', () => {
    for (const [actor, step] of [
      [head, reject(head)],
      [admin, withdraw(admin)],
    ] as const) {
      const ended = after(proposed, weighed, [actor, step])
      expect(ended).toMatchObject({ settings: { kept: 1 } })
      expect(isRefusal(proposed[1](ended))).toBe(false)
      expect(approve(other)(ended)).toMatchObject({ refused: true })
    }
  })
  it('is withdrawn by nobody but who proposed it', () => {
    const state = after(proposed)
    expect(withdraw(other)(state)).toMatchObject({ code: 'not-permitted' })
    if (state.status === 'none' || state.proposals[0] === undefined) throw new Error('nothing proposed')
    expect(canWithdrawSettings(admin, state.proposals[0])).toBe(true)
  })
  it('is weighed once, and carried out once, however often the system tries', () => {
    const approved = after(proposed, weighed, [head, approve(head)])
    expect(weighSettings(approved, 'p1', dryRun, now)).toEqual([])
    const done = { proposalId: 'p1', cases: 3, withheld: 1 }
    const carried = after(
      proposed,
      weighed,
      [head, approve(head)],
      [admin, (s) => carryOutSettings(s, done, now)],
    )
    expect(carried).toMatchObject({ proposals: [{ status: 'carried-out', carriedOut: { cases: 3 } }] })
    expect(carryOutSettings(carried, done, now)).toEqual([])
  })
})
