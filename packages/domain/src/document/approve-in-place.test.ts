import { describe, expect, it } from 'vitest'
import { clubContext, clubEvent, clubLaw, clubLead } from '../../../../test/club.ts'
import type { CaseContext } from '../case/context.ts'
import { evolveCase, type CaseState, initialCase, type OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import type { StandIn } from '../person/stand-in.ts'
import { isRefusal } from '../refusal.ts'
import { approveDocument } from './decide.ts'

const now = '2026-03-02T09:00:00+08:00'
const as = (personId: string, ...roles: Actor['roles']): Actor => ({
  userId: personId,
  personId,
  name: personId,
  roles,
  agencyId: 'club',
})
const deng = as('deng', 'deputy-head')
const forZhou: StandIn = { delegationId: 'd1', rank: 'agency-head', personId: 'zhou', name: '周主任' }

const event = clubEvent(now)
const begun = [clubLead(now)]
const handledBy = (personId: string) =>
  event('HandlersAssigned', { public: { count: 1 }, internal: { handlers: [{ personId }] } })
const submitted = event('DocumentSubmitted', {
  public: { documentId: 'd', type: 'form', step: 'play', version: 1, dataHash: '0' },
  internal: { data: {} },
})
const approvedBy = (personId: string, rank: string, standsInFor?: object) =>
  event('DocumentApproved', {
    public: { documentId: 'd', rank, dataHash: '0' },
    internal: { by: { personId }, opinion: '同意', ...(standsInFor === undefined ? {} : { standsInFor }) },
  })
/** A paper that waits for the head of the agency, written by `author` in a case of `handler`. */
const waiting = (author: Actor, handler: string, first = 'deputy', standsInFor?: object): OpenCase => {
  const s = [
    ...begun,
    handledBy(handler),
    submitted,
    approvedBy(first, 'deputy-head', standsInFor),
  ].reduce<CaseState>((x, e) => evolveCase(x, e, author), initialCase)
  if (s.kind === 'none') throw new Error('no case')
  return s
}
const by = (actor: Actor, standIns: readonly StandIn[] = []): CaseContext =>
  clubContext(now, actor, {
    standIns,
    law: clubLaw({
      approvers: () => ['deputy-head', 'agency-head'],
      ownNotApproved: [{ clause: 'pen-43', cite: '第四十三条', duty: '应当回避', layer: 'national' }],
    }),
  })
const attempt = (s: OpenCase, ctx: CaseContext) =>
  approveDocument(s, { documentId: 'd', opinion: '同意' }, ctx)
const why = (s: OpenCase, ctx: CaseContext) => {
  const ruling = attempt(s, ctx)
  return isRefusal(ruling) ? ruling.reasons[0]?.message : 'ok'
}
const ada = as('ada', 'officer')

describe('approving in the place of a head who is away', () => {
  it('is on record with whose place it was and by which record', () => {
    expect(attempt(waiting(ada, 'ada'), by(deng, [forZhou]))).toMatchObject([
      {
        data: {
          public: { rank: 'agency-head' },
          internal: {
            by: { personId: 'deng', rank: 'agency-head' },
            standsInFor: { delegationId: 'd1', personId: 'zhou', name: '周主任' },
          },
        },
      },
    ])
  })
  it.each([
    ['without a record that says so', waiting(ada, 'ada'), by(deng), '现在应由'],
    ['on a paper of one’s own', waiting(deng, 'ada'), by(deng, [forZhou]), '自己提交'],
    ['in a case of one’s own', waiting(ada, 'deng'), by(deng, [forZhou]), '自己承办'],
    [
      'on a paper that one approved already',
      waiting(ada, 'ada', 'deng'),
      by(deng, [forZhou]),
      '已经以自己的岗位',
    ],
    ['on a paper of the one who is away', waiting(as('zhou'), 'ada'), by(deng, [forZhou]), '也不能由人代行'],
    ['in a case of the one who is away', waiting(ada, 'zhou'), by(deng, [forZhou]), '也不能由人代行'],
  ])('is refused %s', (_what, s, ctx, message) => {
    expect(why(s, ctx)).toContain(message)
  })
  it('in the other order: who approved in another’s place gives no second opinion by one’s own post', () => {
    const deputy = { delegationId: 'd2', personId: 'deputy', name: '张副主任' }
    const chief = as('deng', 'agency-head')
    expect(why(waiting(ada, 'ada', 'deng', deputy), by(chief))).toContain('已经代张副主任审批过')
    expect(why(waiting(ada, 'ada', 'deng', deputy), by(deng, [forZhou]))).toContain('已经以自己的岗位')
    expect(why(waiting(ada, 'ada', 'other', deputy), by(chief))).toBe('ok')
    expect(why(waiting(ada, 'ada', 'deng'), by(chief))).toBe('ok')
  })
  it('a head never approves in a case of one’s own (negative control: another head does)', () => {
    const zhou = as('zhou', 'agency-head')
    expect(why(waiting(ada, 'zhou'), by(zhou))).toContain('自己承办')
    expect(why(waiting(zhou, 'ada'), by(zhou))).toContain('自己提交')
    expect(attempt(waiting(zhou, 'ada'), by(zhou))).toMatchObject({
      reasons: [{ citations: [{ clause: 'pen-43' }] }],
    })
    expect(attempt(waiting(ada, 'ada'), by(zhou))).toMatchObject([
      { data: { internal: { by: { personId: 'zhou' } } } },
    ])
  })
})
