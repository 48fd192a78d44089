import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { eventFields } from './event-fields.ts'
import { EventDeclaration } from './schema/procedure.ts'

const selected = selectLaw(
  realLaw(),
  { base: 'zoumaling', overlays: [] },
  'penalty-ordinary',
  '2026-03-04T01:00:00Z',
)
if (isProblem(selected)) throw new Error(selected.message)

const fieldsOf = (data: unknown) =>
  eventFields(EventDeclaration.parse({ name: 'something', label: '某事', data }), selected)
const declared = (name: string) => {
  const event = selected.procedure.events.find((e) => e.name === name)
  return event === undefined ? [] : eventFields(event, selected)
}

describe('the fields of an event', () => {
  it('are texts where only their names are given', () => {
    expect(fieldsOf({ no: '票据号' })).toEqual([
      { key: 'no', label: '票据号', type: 'text', options: [], open: false, required: false },
    ])
  })

  it('are choices where values are listed in short, under the name of the event', () => {
    expect(fieldsOf({ how: 'mail 邮寄 | hand 当面' })).toMatchObject([
      {
        label: '某事',
        type: 'choice',
        options: [
          { value: 'mail', label: '邮寄' },
          { value: 'hand', label: '当面' },
        ],
      },
    ])
  })

  it('stay texts where a bar stands between words without codes', () => {
    expect(fieldsOf({ what: '甲 | 乙' })).toMatchObject([{ label: '甲 | 乙', type: 'text' }])
  })

  it('ask yes or no, a number or a day where the declaration says so', () => {
    const types = fieldsOf({
      a: { label: '甲', type: 'yes-no' },
      b: { label: '乙', type: 'number', required: true },
      c: { label: '丙', type: 'date' },
    }).map(({ type, required }) => [type, required])
    expect(types).toEqual([
      ['yes-no', false],
      ['number', true],
      ['date', false],
    ])
  })

  it('zml-15-9: offer the exemptions of the case’s own pack, and other words', () => {
    const [reason, scene] = declared('recording-exempted')
    expect(reason).toMatchObject({ open: true, required: true })
    expect(reason?.options.map((o) => o.value)).toContain('state-secret-etc')
    expect(scene?.options.find((o) => o.value === 'inspection')?.label).toMatch(/\p{Script=Han}/u)
  })

  it('zml-18-1: offer the causes of interruption that the text names', () => {
    expect(declared('recording-interrupted')[0]?.options.map((o) => o.value)).toContain('设备故障')
  })
})
