import { DocumentDefinition } from '@liuhen/law/document-definition'
import { describe, expect, it } from 'vitest'
import type { FormContext } from './form-context.ts'
import { prefill } from './prefill.ts'
import { joinCompartments, splitCompartments } from './split-compartments.ts'

const context: FormContext = {
  agency: { name: '走马岭街道办事处' },
  case: { title: '占道经营案', source: 'report', receivedAt: '2026-03-02T16:30:00Z' },
  party: { kind: 'sole-trader', name: '喆赟燚小吃店' },
  handlers: [{ personId: 'p1', name: '周晓军', certNo: '17010112001' }],
  now: { date: '2026-03-03', datetime: '2026-03-03T08:30:00+08:00' },
  steps: { closing: { endedAt: '2026-04-29T10:00:00+08:00' } },
  documents: {
    'penalty-decision': { number: '走街罚决〔2026〕3号', issuedOn: '2026-04-10', fine: '200000' },
  },
  recordings: [
    {
      id: 'r1',
      scene: 'direct-service',
      from: '2026-04-10T09:00:00+08:00',
      to: '2026-04-10T09:20:00+08:00',
      deviceNo: 'ZML-07',
      sha256: 'ab',
    },
  ],
}

const definition = DocumentDefinition.parse({
  id: 'sample',
  name: '样表',
  effectiveFrom: '2021-07-15',
  requiredBy: [],
  audience: 'main',
  sections: [
    {
      title: '一',
      fields: [
        { id: 'party', label: '当事人', kind: 'text', from: 'party.name', compartment: 'personal' },
        { id: 'received', label: '接收日期', kind: 'date', from: 'case.receivedAt' },
        { id: 'heard', label: '接收时间', kind: 'datetime', from: 'now.date' },
        { id: 'officers', label: '执法人员', kind: 'officers', from: 'handlers' },
        {
          id: 'number',
          label: '决定书文号',
          kind: 'text',
          from: 'documents.penalty-decision.number',
          compartment: 'public',
        },
        { id: 'fine', label: '罚款', kind: 'money', from: 'documents.penalty-decision.fine' },
        { id: 'phone', label: '电话', kind: 'phone', from: 'party.phone' },
        { id: 'recipient', label: '受送达人', kind: 'text', from: ['about.service.recipient', 'party.name'] },
        { id: 'odd', label: '无', kind: 'text', from: 'party.constructor.name' },
        {
          id: 'source',
          label: '来源',
          kind: 'choice',
          from: 'case.source',
          options: [
            { value: 'inspection', label: '检查' },
            { value: 'superior', label: '交办' },
          ],
        },
        {
          id: 'recordings',
          label: '音像',
          kind: 'rows',
          from: 'recordings',
          columns: [
            { id: 'device', label: '设备', kind: 'text', from: 'deviceNo' },
            { id: 'from', label: '起', kind: 'datetime' },
          ],
        },
      ],
    },
  ],
})

describe('prefill', () => {
  it('takes from the case what it knows, each value as its field wants it', () => {
    expect(prefill(definition, context)).toEqual({
      party: '喆赟燚小吃店',
      recipient: '喆赟燚小吃店',
      received: '2026-03-03',
      officers: [{ personId: 'p1', name: '周晓军', certNo: '17010112001' }],
      number: '走街罚决〔2026〕3号',
      fine: '200000',
      recordings: [{ device: 'ZML-07', from: '2026-04-10T09:00:00+08:00' }],
    })
  })
  it('takes the first of several places that has something', () => {
    const served = { ...context, about: { service: { recipient: '成年家属' } } }
    expect(prefill(definition, served)).toMatchObject({ recipient: '成年家属' })
  })
})

describe('rows of what somebody said', () => {
  const points = DocumentDefinition.parse({
    ...definition,
    sections: [
      {
        title: '复核',
        fields: [
          {
            id: 'points',
            label: '逐项',
            kind: 'rows',
            from: 'documents.review.points',
            linesFrom: {
              none: ['未提出'],
              texts: [
                { path: 'documents.record.facts', into: 'claim', set: { kind: 'fact' } },
                { path: 'documents.record.proofs', into: 'claim', set: { kind: 'proof' } },
              ],
            },
            columns: [
              { id: 'kind', label: '类别', kind: 'text' },
              { id: 'claim', label: '提出', kind: 'text' },
            ],
          },
        ],
      },
    ],
  })
  const given = (documents: FormContext['documents']) => prefill(points, { ...context, documents })['points']

  it('come one from each line, and none from a line that says that there is nothing', () => {
    expect(given({ record: { facts: '当日改正。\n\n初次违法。', proofs: '未提出。' } })).toEqual([
      { kind: 'fact', claim: '当日改正。' },
      { kind: 'fact', claim: '初次违法。' },
    ])
    expect(given({ record: { proofs: '无\n照片4张' } })).toEqual([
      { kind: 'proof', claim: '无' },
      { kind: 'proof', claim: '照片4张' },
    ])
    expect(given({})).toBeUndefined()
  })
  it('stay as a paper has them already', () => {
    expect(given({ record: { facts: '甲' }, review: { points: [{ claim: '乙' }] } })).toEqual([
      { claim: '乙' },
    ])
  })
})

describe('compartments', () => {
  it('puts every value in its own compartment and loses none', () => {
    const data = prefill(definition, context)
    const parts = splitCompartments(definition, data)
    expect(parts.personal).toEqual({ party: '喆赟燚小吃店' })
    expect(parts.public).toEqual({ number: '走街罚决〔2026〕3号' })
    expect(joinCompartments(parts)).toEqual(data)
  })
  it('leaves out a compartment that has nothing, and fields the form does not have', () => {
    expect(splitCompartments(definition, { fine: '1', strange: 'x', phone: '' })).toEqual({
      internal: { fine: '1' },
    })
  })
})
