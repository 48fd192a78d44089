import { isProblem, selectLaw } from '@liuhen/law/combine'
import { type CaseState, evolveCase, initialCase, type OpenCase } from '@liuhen/domain/case/state'
import { canNoteFact, noteFact } from '@liuhen/domain/case/noting'
import type { Actor, Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import type { Law } from '@liuhen/law/law'
import type { PackParams as Params } from '@liuhen/law/schema/pack'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { caseLaw, isUnbound } from './case-law.ts'
import { termsOf } from './case-terms.ts'

const at = '2026-03-04T01:00:00Z'
const person = (role: Role): Actor => ({
  userId: 'p',
  personId: 'p',
  name: '甲',
  roles: [role],
  agencyId: 'a',
})
const begun = evolveCase(
  initialCase,
  {
    type: 'LeadRegistered',
    schemaVersion: 1,
    occurredAt: at,
    data: {
      public: {
        leadNo: '1',
        procedure: 'penalty-ordinary',
        law: { base: 'national', overlays: ['gongan-sxzd'], settings: {} },
        source: 'report',
        receivedAt: at,
      },
      internal: { title: '线索', summary: '占道' },
      personal: undefined,
    },
  },
  person('officer'),
)
if (begun.kind !== 'open') throw new Error('not open')
const openCase: OpenCase = begun

const termsUnder = (base: string, overlays: string[] = [], law = realLaw()) => {
  const selected = selectLaw(law, { base, overlays }, 'penalty-ordinary', '2026-03-04T01:00:00Z')
  if (isProblem(selected)) throw new Error(selected.message)
  return termsOf(selected)
}
const keys = (base: string) => termsUnder(base).labelFields.map((f) => f.key)

describe('the name of a mark', () => {
  it('is its label, also where the law does not have the mark any more', () => {
    const { flagName } = termsUnder('zoumaling')
    expect(flagName('special-case')).toBe('特殊案件')
    expect(flagName('emergency-filing')).toBe('已停用的标记')
  })
})

describe('a fact that an officer may note', () => {
  it('jyg-3-1-5-1: says which duty it fulfils', () => {
    const { notes } = termsUnder('jiayuguan-sxzd')
    expect(notes.find((n) => n.name === 'information-pushed')?.fulfils).toContain('credit-push')
    expect(notes.find((n) => n.name === 'secrecy-marked')?.fulfils).toEqual([])
  })
})

describe('the mark of a public-security case', () => {
  /** The real law in which one text says something else of the police. */
  const saying = (id: string, police: Partial<NonNullable<Params['police']>>): Law => {
    const law = realLaw()
    const packs = law.packs.map((p) => {
      if (p.pack.id !== id) return p
      const params = {
        ...p.pack.params,
        police: { organ: null, onSpot: null, venue: null, property: null, ...police },
      }
      return { ...p, pack: { ...p.pack, params } }
    })
    return { ...law, packs }
  }
  it('hangs on the text being one for the police, not on its having a venue', () => {
    const flags = (id: string, law: Law) => termsUnder('national', [id], law).flags
    const organ = saying('gongan-sxzd', { organ: { clause: 'ga-1-1' } })
    expect(flags('gongan-sxzd', organ)).toContain('public-security')
    const venue = saying('jiayuguan-sxzd', { venue: { clause: 'jyg-3-1-4-2' } })
    expect(flags('jiayuguan-sxzd', venue)).not.toContain('public-security')
  })
  it('ga-1-1: is offered to the police alone', () => {
    expect(termsUnder('national', ['gongan-sxzd']).flags).toContain('public-security')
    expect(termsUnder('zoumaling').flags).not.toContain('public-security')
    expect(termsUnder('zoumaling').flags).toContain('major-rights')
  })
})

describe('what a recording’s label must say', () => {
  it('pxs-11-3: is unit and cause beside what the system knows of each recording', () => {
    expect(keys('pingxiang-scjg')).toEqual(['unit', 'cause'])
  })

  it('sjz-17-2, sjz-17-3: is order, name, class, place and content', () => {
    expect(keys('shijiazhuang-aj')).toEqual(['order', 'name', 'category', 'place', 'content'])
  })

  it('zml-25-3: is no more than case, party and handler', () => {
    expect(keys('zoumaling')).toEqual([])
  })
})

describe('what somebody says who has watched a recording', () => {
  it('zml-21-2: is of a direct service whether title and face can be made out, elsewhere nothing', () => {
    expect(termsUnder('zoumaling').checks.map(({ scene, key }) => `${scene}: ${key}`)).toEqual([
      'direct-service: legibleTitle',
      'direct-service: legibleFace',
    ])
    expect(termsUnder('pingxiang-scjg').checks).toEqual([])
  })
})

describe('who publishes the decision', () => {
  it('ga-2-1-5: is the province for who has taken up the plan, also beside a base; otherwise the unit', () => {
    expect(termsUnder('zoumaling', ['gongan-sxzd']).publishedBy).toBe('province')
    expect(termsUnder('zoumaling').publishedBy).toBeUndefined()
  })
})

describe('facts that may be noted', () => {
  it('each belong to a matter, so that many of them can be looked through', () => {
    const subjects = new Set(termsUnder('zoumaling').notes.map((n) => n.subject))
    expect(subjects.size).toBeGreaterThan(3)
    expect([...subjects].every((s) => s !== '')).toBe(true)
  })
})

describe('who registers which fact', () => {
  const eventUnder = (name: string, procedure = 'penalty-ordinary') => {
    const selected = selectLaw(realLaw(), { base: 'national', overlays: [] }, procedure, at)
    if (isProblem(selected)) throw new Error(selected.message)
    return selected.procedure.events.find((e) => e.name === name)
  }
  const who = (actor: Actor, name: string, s: OpenCase) => canNoteFact(s, actor, eventUnder(name))

  it('trans-5: is the head of the agency for the transfer of a crime, not a handler', () => {
    expect(who(person('agency-head'), 'crime-transfer-decided', openCase)).toBe(true)
    expect(who(person('officer'), 'crime-transfer-decided', openCase)).toMatchObject([
      { message: '本事项不由您的岗位登记' },
    ])
  })

  it('is the archivist for a hold, also once the case is archived', () => {
    const archived = { ...openCase, archive: { archiveNo: '1', why: '', at } }
    expect(who(person('archivist'), 'hold-placed', archived)).toBe(true)
    expect(who(person('archivist'), 'crime-transfer-decided', archived)).not.toBe(true)
  })

  it('opens legal review under the public security pack once a law officer has checked', () => {
    const query = {
      selection: { base: 'national', overlays: ['gongan-sxzd'], settings: {} },
      procedure: 'penalty-ordinary',
      startedAt: at,
      at,
    }
    const bound = caseLaw(realLaw(), query)
    if (isUnbound(bound)) throw new Error(bound.message)
    const checker = person('legal-reviewer')
    const ctx = {
      now: at,
      actor: checker,
      self: { personId: 'p' },
      law: bound.law,
      newId: () => 'new',
      hash: () => '0',
      nextNumber: () => '',
    }
    const c = { name: 'law-officer-checked', at, data: { employment: 'part-time', conclusion: '同意送审' } }
    const decided = noteFact(openCase, c, ctx)
    if (isRefusal(decided) || decided[0] === undefined) throw new Error(JSON.stringify(decided))
    const checked = evolveCase(openCase, decided[0], checker)
    const codes = (s: CaseState) =>
      bound.law
        .against(
          { startedAt: at, facts: s.kind === 'open' ? s.facts : [], flags: [], now: at },
          { kind: 'step', name: 'legal-review', state: 'begun', at, step: 'legal-review' },
        )
        .map((r) => r.code)
    expect(codes(openCase)).toContain('law-officer-skipped')
    expect(codes(checked)).not.toContain('law-officer-skipped')
  })
})
