import { describe, expect, it } from 'vitest'
import { clubContext, clubLaw, clubLead } from '../../../../test/club.ts'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { CaseContext, NotingRule } from './context.ts'
import { canNoteFact, noteFact } from './noting.ts'
import { evolveCase, initialCase, type OpenCase } from './state.ts'

const now = '2026-03-02T09:00:00Z'
const person = (name: string, ...roles: Role[]): Actor => ({
  userId: name,
  personId: name,
  name,
  roles,
  agencyId: 'club',
})
const ada = person('ada', 'officer')
const ben = person('ben', 'officer')
const head = person('head', 'agency-head')
const checker = person('checker', 'legal-reviewer')
const keeper = person('keeper', 'archivist')

const RULES: Readonly<Record<string, NotingRule>> = {
  decided: { by: ['agency-head'] },
  checked: { by: [{ role: 'legal-reviewer', as: 'law-officer' }] },
  looked: { by: ['officer', 'archivist'], afterArchiving: true },
  drawn: { by: ['officer'], officers: 2 },
  lasted: { by: ['officer'], span: true },
  revived: { by: ['officer'], afterArchiving: true, anew: true },
}
const law = clubLaw({
  event: (name) => RULES[name],
})
const as = (actor: Actor, rank?: 'agency-head'): CaseContext =>
  clubContext(now, actor, {
    self: { personId: actor.userId, ...(rank === undefined ? {} : { rank }) },
    law,
  })
const lead = evolveCase(initialCase, clubLead(now), ada) as OpenCase
const running: OpenCase = { ...lead, handlers: [{ personId: 'ada' }] }
const archived: OpenCase = { ...running, archive: { archiveNo: '1', why: '满了', at: now } }

const byOf = (name: string, ctx: CaseContext, officers?: readonly { personId: string }[]) => {
  const c = { name, at: now, data: {}, ...(officers === undefined ? {} : { officers }) }
  const decided = noteFact(running, c, ctx)
  if (isRefusal(decided) || decided[0] === undefined) return decided
  const after = evolveCase(running, decided[0], ctx.actor)
  return after.kind === 'open' ? after.facts.at(-1)?.by : undefined
}

describe('a fact that lasted', () => {
  const from = '2026-03-02T08:00:00Z'
  const to = '2026-03-02T08:10:00Z'
  const noted = (name: string, span: { from?: string; to?: string }) =>
    noteFact(running, { name, at: now, data: {}, ...span }, as(ada))

  it('tells from when to when, which the law reads', () => {
    const [event] = noted('lasted', { from, to }) as [never]
    expect(evolveCase(running, event, ada)).toMatchObject({ facts: [{}, { name: 'lasted', from, to }] })
  })
  it('happened when it was over, whatever time was given beside', () => {
    const [event] = noted('lasted', { from, to }) as [never]
    expect(evolveCase(running, event, ada)).toMatchObject({ facts: [{}, { at: to }] })
  })
  it.each([
    ['lasted', {}],
    ['lasted', { from }],
    ['lasted', { from: to, to: from }],
    ['lasted', { from, to: '2026-03-02T09:10:00Z' }],
    ['looked', { from, to }],
  ])('is refused where its times are missing, crossed, to come, or not asked for: %s %o', (name, span) => {
    expect(isRefusal(noted(name, span))).toBe(true)
  })
})

describe('a fact', () => {
  it('is registered by the post that its event names, with the rank of that post', () => {
    expect(byOf('decided', as(head, 'agency-head'))).toEqual([
      { personId: 'head', rank: 'agency-head', as: 'approver' },
    ])
    expect(byOf('decided', as(ada))).toMatchObject({
      refused: true,
      reasons: [{ todo: '请由有权岗位登记：机关负责人' }],
    })
  })

  it('is registered in the capacity that its event gives the post', () => {
    expect(byOf('checked', as(checker))).toEqual([{ personId: 'checker', as: 'law-officer' }])
  })

  it('is for the handlers where its event names nobody', () => {
    expect(byOf('other', as(ada))).toEqual([{ personId: 'ada' }])
    expect(byOf('other', as(head))).toMatchObject({ refused: true })
  })

  it('is for officers of this case only where its event names officers', () => {
    expect(canNoteFact(running, ada, RULES['looked'])).toBe(true)
    expect(canNoteFact(running, keeper, RULES['looked'])).toBe(true)
    expect(canNoteFact(running, ben, RULES['looked'])).toMatchObject([{ message: '您不是本案承办人' }])
  })

  it('names the officers who took part where its event asks for them, each once', () => {
    const two = [{ personId: 'ada' }, { personId: 'ben' }]
    expect(byOf('drawn', as(ada), two)).toEqual(two.map((p) => ({ ...p, as: 'officer' })))
    expect(byOf('decided', as(head), two)).toMatchObject({ refused: true })
  })

  it('may follow the archiving of the case only where its event says so', () => {
    const note = (name: string) => noteFact(archived, { name, at: now, data: {} }, as(ada))
    expect(isRefusal(note('looked'))).toBe(false)
    expect(note('drawn')).toMatchObject({ code: 'wrong-state' })
    expect(canNoteFact(archived, ada, RULES['looked'])).toBe(true)
    expect(canNoteFact(archived, ada, RULES['drawn'])).not.toBe(true)
  })
})

describe('a case that is taken up anew', () => {
  it('is open again, keeps its papers, and knows which were there before', () => {
    const paper = { id: 'd1', type: 'letter' } as OpenCase['documents'][string]
    const before: OpenCase = { ...archived, file: [], documents: { d1: paper } }
    const decided = noteFact(before, { name: 'revived', at: now, data: {} }, as(ada))
    if (isRefusal(decided) || decided[0] === undefined) throw new Error('refused')
    const after = evolveCase(before, decided[0], ada)
    expect(after).toMatchObject({ documents: { d1: paper }, earlier: ['d1'] })
    expect(after).not.toHaveProperty('archive')
    expect(after).not.toHaveProperty('file')
  })

  it('stays archived after any other fact', () => {
    const decided = noteFact(archived, { name: 'looked', at: now, data: {} }, as(ada))
    if (isRefusal(decided) || decided[0] === undefined) throw new Error('refused')
    expect(evolveCase(archived, decided[0], ada)).toHaveProperty('archive')
  })
})
