import { DocumentDefinition } from '@liuhen/law/document-definition'
import { describe, expect, it } from 'vitest'
import { validateForm } from './validate-form.ts'

const define = (...fields: readonly object[]) =>
  DocumentDefinition.parse({
    id: 'sample',
    name: '样表',
    effectiveFrom: '2021-07-15',
    requiredBy: [],
    audience: 'main',
    sections: [{ title: '一', fields }],
  })
const messages = (definition: DocumentDefinition, data: Record<string, unknown>) =>
  validateForm(definition, data).map((problem) => `${problem.path} ${problem.message}`)

const officers = define({
  id: 'officers',
  label: '执法人员',
  kind: 'officers',
  min: 2,
  required: true,
  requiredBy: ['zml-10-1'],
})
const zhou = { personId: 'p1', name: '周晓军', certNo: '17010112001' }
const li = { personId: 'p2', name: '李赟', certNo: '17010112002' }

describe('required elements', () => {
  it('zml-10-1: asks for the officers by name and names the clause', () => {
    expect(validateForm(officers, {})).toEqual([
      { path: 'officers', message: '请选择“执法人员”', clauses: ['zml-10-1'] },
    ])
  })
  it('zml-10-1: refuses one officer, the same officer twice, and one without a certificate number', () => {
    expect(messages(officers, { officers: [zhou] })).toEqual(['officers “执法人员”不得少于2人，请再选1人'])
    expect(messages(officers, { officers: [zhou, zhou] })[0]).toContain('同一人只选一次')
    expect(messages(officers, { officers: [zhou, { ...li, certNo: '' }] })[0]).toContain('officers.1')
    expect(validateForm(officers, { officers: [zhou, li] })).toEqual([])
  })
  it('counts blank text as missing', () => {
    const form = define({ id: 'reason', label: '理由', kind: 'longtext', required: true })
    expect(messages(form, { reason: ' \n ' })).toEqual(['reason 请填写“理由”'])
  })
  it('asks for a dependent field only when its condition holds', () => {
    const form = define(
      { id: 'asked', label: '是否申请回避', kind: 'boolean', required: true },
      {
        id: 'why',
        label: '回避理由',
        kind: 'longtext',
        required: true,
        when: { field: 'asked', equals: true },
      },
    )
    expect(messages(form, { asked: false })).toEqual([])
    expect(messages(form, { asked: true })).toEqual(['why 请填写“回避理由”'])
  })
  it('points out keys that the form does not have', () => {
    const form = define({ id: 'reason', label: '理由', kind: 'text' })
    expect(messages(form, { other: 1 })[0]).toContain('表单没有的一项')
  })
})

describe('kinds', () => {
  const one = (field: object, value: unknown) =>
    validateForm(define({ id: 'x', label: '项', ...field }), { x: value }).length
  it.each([
    [{ kind: 'idnumber' }, '11010519491231002X', '110105194912310021'],
    [{ kind: 'orgcode' }, '9144030071526726XG', '9144030071526726XH'],
    [{ kind: 'phone' }, '027-83081234', '八三零八'],
    [{ kind: 'money' }, '500000', '5000.00'],
    [{ kind: 'date' }, '2026-02-28', '2026-02-30'],
    [{ kind: 'datetime' }, '2026-03-05T09:30:00+08:00', '2026-03-05 09:30'],
    [{ kind: 'integer', min: 1, max: 9 }, 9, 10],
    [{ kind: 'boolean' }, false, '否'],
    [{ kind: 'text', max: 2 }, '𠅤喆', '𠅤喆赟'],
    [{ kind: 'text', pattern: '[A-Z]{2}\\d+' }, 'AB12', 'AB12x'],
    [{ kind: 'articles' }, [{ title: '消防法', article: '第六十条' }], [{ title: '消防法', article: '' }]],
  ])('%o takes %o and refuses %o', (field, good, bad) => {
    expect(one(field, good)).toBe(0)
    expect(one(field, bad)).toBe(1)
  })
  it('takes only listed options', () => {
    const options = [
      { value: 'a', label: '甲' },
      { value: 'b', label: '乙' },
    ]
    expect(one({ kind: 'choice', options }, 'c')).toBe(1)
    expect(one({ kind: 'multichoice', options }, ['a', 'b'])).toBe(0)
    expect(one({ kind: 'multichoice', options }, ['a', 'a'])).toBe(1)
  })
})

describe('rows and dialogue', () => {
  const list = define({
    id: 'items',
    label: '物品清单',
    kind: 'rows',
    required: true,
    requiredBy: ['zml-12-3'],
    min: 1,
    max: 2,
    columns: [
      { id: 'name', label: '名称', kind: 'text', required: true, requiredBy: ['zml-12-3'] },
      { id: 'count', label: '数量', kind: 'integer', min: 1 },
    ],
  })
  it('zml-12-3: names row and column of what is wrong', () => {
    expect(messages(list, { items: [{ name: '塑料凳', count: 4 }, { count: 0 }] })).toEqual([
      'items.1.name 请填写“名称”',
      'items.1.count “数量”请填写1至1000000之间的整数',
    ])
  })
  it('refuses an empty list, too many rows and unknown columns', () => {
    expect(messages(list, { items: [] })).toEqual(['items 请逐项登记“物品清单”'])
    expect(messages(list, { items: [1, 2, 3].map((n) => ({ name: `物${n}` })) })[0]).toContain('最多2行')
    expect(messages(list, { items: [{ name: '桌', colour: '红' }] })[0]).toContain('第1行有表格没有的一栏')
  })
  it('wants an answer to every question, silence included', () => {
    const form = define({ id: 'talk', label: '询问内容', kind: 'dialogue', required: true })
    expect(messages(form, { talk: [{ q: '你听清楚了吗？', a: '' }] })).toEqual([
      'talk.0.a 第1问没有回答；不答的，请记“（沉默）”或“（拒绝回答）”',
    ])
  })
})

describe('times', () => {
  const form = define(
    { id: 'startAt', label: '开始时间', kind: 'datetime', past: true },
    { id: 'endAt', label: '结束时间', kind: 'datetime', past: true, notBefore: 'startAt' },
    { id: 'decidedOn', label: '决定日期', kind: 'date', notBefore: 'endAt' },
    {
      id: 'parts',
      label: '分段',
      kind: 'rows',
      columns: [
        { id: 'from', label: '开始', kind: 'datetime' },
        { id: 'to', label: '结束', kind: 'datetime', notBefore: 'from' },
      ],
    },
  )
  const now = '2026-03-02T12:00:00+08:00'
  const said = (data: Record<string, unknown>) =>
    validateForm(form, data, now).map((p) => `${p.path} ${p.message}`)
  const [nine, ten] = ['2026-03-02T09:00:00+08:00', '2026-03-02T10:00:00+08:00']

  it('do not end before they begin', () => {
    expect(said({ startAt: ten, endAt: nine })).toEqual(['endAt “结束时间”早于“开始时间”，请核对时间'])
    expect(said({ startAt: nine, endAt: nine })).toEqual([])
    expect(said({ endAt: nine })).toEqual([])
  })
  it('do not lie ahead where the form tells of what has happened, by the clock that is given', () => {
    expect(said({ startAt: '2026-03-02T12:01:00+08:00' })[0]).toContain('“开始时间”晚于现在')
    expect(said({ startAt: '2026-03-02T03:59:59Z' })).toEqual([])
    expect(said({ startAt: '2026-03-02T12:00:40+08:00' })).toEqual([])
    expect(validateForm(form, { startAt: '2030-01-01T00:00:00Z' })).toEqual([])
  })
  it('compare with a day by the day in China', () => {
    expect(said({ endAt: '2026-03-01T23:00:00Z', decidedOn: '2026-03-02' })).toEqual([])
    expect(said({ endAt: nine, decidedOn: '2026-03-01' })[0]).toContain('“决定日期”早于“结束时间”')
  })
  it('are checked in each row by its own', () => {
    const rows = [
      { from: nine, to: ten },
      { from: ten, to: nine },
    ]
    expect(said({ parts: rows })).toEqual(['parts.1.to “结束”早于“开始”，请核对时间'])
  })
  it('leave what is no time to the check of its kind', () => {
    expect(said({ startAt: '昨天', endAt: nine })).toHaveLength(1)
  })
})

it('a form that names no time to come after is not read', () => {
  const bad = () => define({ id: 'endAt', label: '结束时间', kind: 'datetime', notBefore: 'startAt' })
  expect(bad).toThrow()
})
