import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkLaw, printLawCheck } from './law-check.ts'
import { loadLaw } from './loader.ts'
import { realLawFiles } from '../../../test/law/real-law.ts'
import { smallLaw, withChange } from '../../../test/law/small-law.ts'

const errorsOf = (files: Parameters<typeof loadLaw>[0]): string[] => {
  const result = loadLaw(files)
  return 'errors' in result ? result.errors.map((e) => `${e.path}:${e.line} ${e.message}`) : []
}

describe('loading law', () => {
  it('accepts a small complete law', () => {
    expect(errorsOf(smallLaw())).toEqual([])
  })
  it('accepts the law of this repository: nine packs, 761 clauses', () => {
    const check = checkLaw(realLawFiles())
    expect(check.errors).toEqual([])
    expect(check.counts).toMatchObject({ packs: 9, clauses: 761, calendarYears: 3 })
    expect(printLawCheck(check)[0]).toContain('没有错误')
  })
  it('passes over templates and readmes', () => {
    expect(errorsOf([...smallLaw(), { path: 'law/README.md', text: '{{' }])).toEqual([])
  })
})

const pack = 'law/packs/town/pack.yaml'
const procedure = 'law/procedures/visit.yaml'
const clauses = 'law/packs/town/clauses.yaml'
const national = 'law/national/x.yaml'

describe('a file that the caller has read before', () => {
  const withValues = (files: ReturnType<typeof smallLaw>) =>
    files.map((file) => ({ ...file, value: parse(file.text) as unknown }))

  it('is not read again, and gives the same law', () => {
    const read = loadLaw(withValues(smallLaw()).map((file) => ({ ...file, text: '' })))
    expect(read).toEqual(loadLaw(smallLaw()))
  })
  it('still names the line of a mistake', () => {
    const changed = withChange(pack, 'layer: base', 'layer: middle')
    expect(errorsOf(withValues(changed))).toEqual(errorsOf(changed))
    expect(errorsOf(changed)).not.toEqual([])
  })
})

it('takes as a whole what a rule or the evaluation of recordings tells of', () => {
  const partOf = (code: string) =>
    errorsOf(
      withChange(procedure, 'needs: { officers: 2 }', `partOf: ${code}\n        needs: { officers: 2 }`),
    )
  expect([partOf('recording-incomplete'), partOf('two')]).toEqual([[], []])
})

describe('a mistake names its file and line', () => {
  it.each([
    ['YAML that does not parse', pack, 'acts: [检查]', 'acts: [检查', `${pack}:9`, 'YAML 语法错误'],
    ['a missing key', pack, 'issuer: 镇\n', '', `${pack}:1`, 'issuer'],
    ['an unknown key', pack, 'layer: base', 'layer: base\ncolour: red', `${pack}:6`, '不认识的键 colour'],
    ['a wrong value', pack, 'layer: base', 'layer: middle', `${pack}:5`, 'base | overlay'],
    ['a wrong strength', pack, 'strength: must', 'strength: should', `${pack}:12`, 'must-not | must'],
    ['a clause of nowhere in a pack', pack, 'clause: tw-1', 'clause: tw-9', `${pack}:12`, '未知的条款“tw-9”'],
    [
      "another text's clause in a pack",
      pack,
      'clause: tw-1',
      'clause: nat-1',
      `${pack}:12`,
      '未知的条款“nat-1”',
    ],
    [
      'an unknown scene in a pack',
      pack,
      'scene: visit',
      'scene: party',
      `${pack}:12`,
      '未知的音像情形“party”',
    ],
    [
      'an unknown clause in a gate',
      procedure,
      'clauses: [nat-1]',
      'clauses: [nat-7]',
      `${procedure}:17`,
      'nat-7',
    ],
    ['an unknown stage', procedure, 'stage: only', 'stage: late', `${procedure}:10`, '未知的阶段“late”'],
    [
      'an unknown step',
      procedure,
      'needs: { officers: 2 }',
      'needs: { settled: come }',
      `${procedure}:19`,
      '未知的环节“come”',
    ],
    [
      'an unknown event',
      procedure,
      'needs: { officers: 2 }',
      'needs: { fact: event rain }',
      `${procedure}:19`,
      '未知的事件“rain”',
    ],
    [
      'an unknown document',
      procedure,
      'needs: { officers: 2 }',
      'needs: { fact: document letter issued }',
      `${procedure}:19`,
      '未知的文书“letter”',
    ],
    [
      'an unknown flag',
      procedure,
      'needs: { officers: 2 }',
      'needs: { flag: red }',
      `${procedure}:19`,
      '未知的标记“red”',
    ],
    [
      'an unknown setting',
      procedure,
      'needs: { officers: 2 }',
      'needs: { setting: x, equals: true }',
      `${procedure}:19`,
      '未知的设置项“x”',
    ],
    [
      'an unknown parameter',
      procedure,
      'needs: { officers: 2 }',
      'needs: { param: archive.box }',
      `${procedure}:19`,
      '未知的制度包参数',
    ],
    [
      'an unknown provision',
      procedure,
      'needs: { officers: 2 }',
      'needs: { elapsed: step go done, limit: { provision: nat-8 } }',
      `${procedure}:19`,
      '未知的国家法条款“nat-8”',
    ],
    [
      'a verb that is no verb',
      procedure,
      'needs: { officers: 2 }',
      'needs: { wishes: 2 }',
      `${procedure}:19`,
      '',
    ],
    [
      'an unknown scene in a step',
      procedure,
      '- { scene: visit }',
      '- { scene: picnic }',
      `${procedure}:14`,
      '未知的音像情形“picnic”',
    ],
    [
      'a whole that no rule tells of',
      procedure,
      '        needs: { officers: 2 }',
      '        partOf: recording-incomplet\n        needs: { officers: 2 }',
      `${procedure}:19`,
      '未知的规则代码“recording-incomplet”',
    ],
    ['a clause file of another pack', clauses, 'pack: town', 'pack: city', `${clauses}:1`, '条款属于“city”'],
    [
      'a date that is none',
      national,
      'effectiveFrom: 2020-01-01',
      'effectiveFrom: 2020-13-01',
      `${national}:7`,
      'effectiveFrom',
    ],
  ])('%s', (_, path, from, to, where, what) => {
    const errors = errorsOf(withChange(path, from, to))
    expect(errors.length).toBeGreaterThan(0)
    expect(errors.some((e) => e.startsWith(`${where} `) && e.includes(what))).toBe(true)
  })

  it('a clause written twice', () => {
    const files = smallLaw().map((f) =>
      f.path === clauses ? { ...f, text: f.text + f.text.slice(f.text.indexOf('  - id')) } : f,
    )
    expect(errorsOf(files)).toEqual([`${clauses}:18 重复的条款“tw-1”`])
  })
  it('two packs of one id and date', () => {
    const again = smallLaw()
      .filter((f) => f.path.includes('packs/town'))
      .map((f) => ({ ...f, path: f.path.replace('town', 'town-copy') }))
    expect(errorsOf([...smallLaw(), ...again]).join()).toContain('重复的制度包“town 2020-01-01”')
  })
  it('a pack without clauses', () => {
    expect(errorsOf(smallLaw().filter((f) => f.path !== clauses))).toEqual([
      `${pack}:1 同一目录缺少 clauses.yaml`,
    ])
  })
  it('gives no law at all with one mistake', () => {
    expect(loadLaw(withChange(pack, 'layer: base', 'layer: middle'))).not.toHaveProperty('law')
  })
})
