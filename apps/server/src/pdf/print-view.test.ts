import { describe, expect, it } from 'vitest'
import { loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { attachedData, printView } from './print-view.ts'
import type { RenderInput } from './render-input.ts'

const samples = buildSamples(loadDefinitions())
const sample = (type: string): RenderInput => {
  const found = samples.get(type)
  if (found === undefined) throw new Error(type)
  return found
}
const OPINION = '内部意见，不对外'
const saying = (type: string): RenderInput => ({
  ...sample(type),
  data: {},
  approvals: [{ rank: 'handler', name: '周晓军', opinion: OPINION, at: '2026-03-03T09:00:00+08:00' }],
})

describe('the data that travels in a paper', () => {
  it('keeps opinions of approvers from the party, and says who approved and when', () => {
    const attached = JSON.stringify(attachedData(saying('penalty-decision'), []))
    expect(attached).not.toContain(OPINION)
    expect(attached).toContain('周晓军')
  })
  it('holds the opinions in a paper of the sub volume', () => {
    expect(JSON.stringify(attachedData(saying('closing-approval'), []))).toContain(OPINION)
  })
})

it.each(['filing-approval', 'closing-approval'])('%s prints the handler’s opinion (zml-8-3)', (type) => {
  const rows = printView(saying(type), '', 'Noto Serif SC').approvals
  expect(rows[0]).toMatchObject({ label: '承办人意见', opinion: OPINION, name: '周晓军' })
})

it.each([
  ['coercive-decision', { measure: 'freeze' }, '冻结决定书'],
  ['coercive-decision', { measure: 'seal' }, '查封（扣押）决定书'],
  ['execution-decision', { method: 'substitute-performance' }, '代履行决定书'],
  ['execution-decision', {}, '行政强制执行决定书'],
])('%s is called what its form makes it (cmp-31, cmp-51)', (type, data, title) => {
  expect(printView({ ...sample(type), data }, '', 'Noto Serif SC').title).toBe(title)
})
