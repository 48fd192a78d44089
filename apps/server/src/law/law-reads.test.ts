import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { comparePacks } from './compare-packs.ts'
import { readExamples } from './examples.ts'
import { realLaw } from '../../../../test/law/real-law.ts'
import { listConflicts } from './list-conflicts.ts'
import { listClauses, listPacks } from './law-reads.ts'
import { rulesByClause } from './rules-naming.ts'
import { clausesOf, sayParam } from './say-param.ts'
import { SUBJECTS } from './subjects.ts'
import { PARAM_PATHS } from '@liuhen/law/schema/pack'

const library = { law: realLaw(), dir: join(import.meta.dirname, '../../../../law') }
const { law } = library
const examples = await readExamples(library.dir)

const clausesIn = (pack: string) => {
  const clauses = listClauses(law, pack, examples)
  if ('refused' in clauses) throw new Error('refused')
  return clauses.items
}
const rowsOf = (left: string, right: string) => {
  const compared = comparePacks(law, { left, right })
  if ('refused' in compared) throw new Error('refused')
  return new Map(compared.groups.flatMap((g) => g.rows).map((row) => [row.subject, row]))
}

describe('the law of this installation', () => {
  it('is read whole from its folder', () => {
    expect(listPacks(law).items.map((p) => p.id)).toContain('zoumaling')
  })
  it('says of an unknown pack that there is none', () => {
    expect(listClauses(law, 'nowhere', examples)).toMatchObject({ code: 'not-found' })
    expect(comparePacks(law, { left: 'zoumaling', right: 'nowhere' })).toMatchObject({ code: 'not-found' })
  })
  it('says of every rule what it asks in words, with nothing left to be filled in', () => {
    const said = [...rulesByClause(law).values()].flat().flatMap(({ name, todo }) => [name, todo ?? ''])
    expect(said.filter((name) => /[{}]|……/.test(name))).toEqual([])
  })
  it('names no rule by a clause that no pack and no provision has', () => {
    const known = new Set([
      ...law.provisions.map((p) => p.id),
      ...law.packs.flatMap((p) => [...p.clauses.keys()]),
    ])
    expect([...rulesByClause(law).keys(), ...examples.keys()].filter((id) => !known.has(id))).toEqual([])
  })
})

describe('a clause', () => {
  it('has rules, or says what the system offers to the people who carry it out', () => {
    const silent = law.packs
      .flatMap(({ pack }) => clausesIn(pack.id))
      .filter((c) => c.rules.length === 0 && c.offers === undefined)
    expect(silent.map((c) => c.id)).toEqual([])
  })
  it('that names one thing of several is told of that thing alone, and what to do about it', () => {
    const rule = clausesIn('jiayuguan-sxzd').find((c) => c.id === 'jyg-3-1-1-3')?.rules[0]
    expect(rule).toMatchObject({ kind: '拦截', name: '推进方案缺任务：“事前公开”' })
    expect(rule?.todo).toBe('把“事前公开”列入看板，写明责任单位和时限')
  })
  it('leads to the rules that carry it out, each told once, and to the examples that show it', () => {
    const archived = clausesIn('zoumaling').find((c) => c.id === 'zml-25-1')
    const kinds = new Set(archived?.rules.map((r) => r.kind))
    expect(kinds.has('参数')).toBe(true)
    expect(archived?.rules.find((r) => r.kind === '义务')?.name).toContain('30日')
    expect(archived?.examples.map((e) => e.id)).toContain('national-day')
    const told = archived?.rules.map((r) => `${r.kind}${r.id}${r.name}`) ?? []
    expect(new Set(told).size).toBe(told.length)
  })
  it('of national law has its rules and examples too', () => {
    const provision = clausesIn('national').find((c) => c.id === 'pen-44')
    expect(provision?.rules.length).toBeGreaterThan(0)
  })
})

describe('two packs side by side', () => {
  it('differ in how long an archive takes: 30 days, 30 workdays (zml-25-1, sjz-18-1)', () => {
    const row = rowsOf('zoumaling', 'shijiazhuang-aj').get('归档期限')
    expect(row).toMatchObject({
      left: { text: '30日，自执法行为终结起', citations: [{ clause: 'zml-25-1' }] },
      right: { text: '30个工作日，自结案起', citations: [{ clause: 'sjz-18-1' }] },
      differs: true,
    })
  })
  it('leave a cell empty where a text fixes nothing, and borrow nothing for it', () => {
    expect(rowsOf('zoumaling', 'shijiazhuang-aj').get('紧急启动的补办期限')).toMatchObject({
      left: { text: '2日，自启动程序起' },
      right: null,
      differs: true,
    })
  })
  it('are equal where a pack is laid beside itself', () => {
    expect([...rowsOf('fengtai', 'fengtai').values()].filter((row) => row.differs)).toEqual([])
  })
  it('name every parameter that a pack can fix; scenes have rows of their own', () => {
    const named = new Set(SUBJECTS.map(({ path }) => path.split('.').slice(0, 2).join('.')))
    const isNamed = (path: string): boolean => named.has(path) || named.has(path.split('.')[0] ?? '')
    const fixed = [...PARAM_PATHS].filter((path) => path.includes('.') && path !== 'recording.scenes')
    expect(fixed.filter((path) => !isNamed(path))).toEqual([])
  })
  it('cite a clause in every cell and say something in it', () => {
    for (const { pack } of law.packs)
      for (const row of rowsOf(pack.id, pack.id).values()) {
        expect(row.left?.text, `${pack.id} ${row.subject}`).not.toBe('')
        expect(row.left?.citations.length, `${pack.id} ${row.subject}`).toBeGreaterThan(0)
      }
  })
})

describe('a parameter in words', () => {
  it('says a period with its beginning, and that it is the usual or the least', () => {
    expect(sayParam({ value: 3, unit: 'workday', from: 'accepted', soft: true, clause: 'a-1' })).toBe(
      '3个工作日，自受理起（一般）',
    )
    expect(sayParam({ value: 6, unit: 'month', from: 'made', min: true, clause: 'a-1' })).toBe(
      '不少于6个月，自制作完成起',
    )
  })
  it('says who approves in order, and from when to when is recorded', () => {
    expect(sayParam({ ranks: ['handler', 'agency-head'], said: ['承办人', '负责人'], clause: 'a-1' })).toBe(
      '承办人→负责人',
    )
    expect(sayParam({ from: '到达现场', to: '活动结束', noSupplement: true, clause: 'a-1' })).toBe(
      '自到达现场至活动结束，不得断续、补录',
    )
  })
  it('finds every clause in it, however deep', () => {
    expect(clausesOf({ clause: 'a-1', fields: [{ clause: 'a-2' }, { clause: 'a-1' }] })).toEqual([
      'a-1',
      'a-2',
    ])
  })
})

describe('where a text and national law differ', () => {
  it('is told with both citations, all 27 of them', () => {
    const { items } = listConflicts(law, { base: 'zoumaling', overlays: [] }, '2026-05-18')
    expect(items).toHaveLength(27)
    expect(items.filter((c) => c.local.length === 0 || c.national.length === 0)).toEqual([])
  })
  it('marks those that concern the texts of the agency', () => {
    const ours = (base: string) =>
      listConflicts(law, { base, overlays: [] }, '2026-05-18').items.find((c) => c.id === 'emergency-start')
        ?.ours
    expect([ours('zoumaling'), ours('fengtai')]).toEqual([true, false])
  })
})
