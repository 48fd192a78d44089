import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import { asksViolation, eventFields } from './event-fields.ts'
import { readsOf } from './reads.ts'
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

/** Facts that the case's own events make are not asked for. */
const MADE = new Set(['disclosure-published', 'record-published'])

/** Data that rules read and the form does not ask for, or not as they read them. */
const unasked = (law: CaseLaw): string[] =>
  law.procedure.events.flatMap((event) => {
    const fields = new Map(eventFields(event, law).map((f) => [f.key, f.type]))
    const data = MADE.has(event.name) ? [] : [...(readsOf(law).get(`event ${event.name}`)?.data ?? [])]
    return data.flatMap(([key, { as }]) => {
      const type = fields.get(key)
      const wrong = [as.has('list') && type === 'text', as.has('yes-no') && type === 'text', !type]
      return wrong.some(Boolean) ? [`${event.name}.${key}`] : []
    })
  })

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

  it('mps-189, ga-2-2-15: say which of them a text wants, where the form does not insist by itself', () => {
    const police = { base: 'national', overlays: ['gongan-sxzd'] }
    const law = selectLaw(realLaw(), police, 'police-property', '2026-03-04T01:00:00Z')
    if (isProblem(law)) throw new Error(law.message)
    const event = law.procedure.events.find((e) => e.name === 'property-registered')
    const fields = event === undefined ? [] : eventFields(event, law)
    const wanted = fields.filter((f) => f.wanted).map((f) => f.key)
    expect(wanted.toSorted()).toEqual(['cause', 'condition', 'name', 'place', 'source'])
    expect(fields.find((f) => f.key === 'number')).toMatchObject({ required: true })
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

  it('are lists with the elements that the rules and the packs of the case name', () => {
    const shown = declared('recording-reviewed').find((f) => f.key === 'shown')
    expect(shown).toMatchObject({ type: 'list', open: false })
    expect(shown?.options.length).toBeGreaterThan(2)
    const [given] = fieldsOf({ x: { label: '录制要点', type: 'list', param: 'recording.keyContent' } })
    expect(given?.options).toEqual(shown?.options)
  })

  it('offer the words that rules happen to name, and take others', () => {
    const kept = selectLaw(
      realLaw(),
      { base: 'fengtai', overlays: [] },
      'supervision',
      '2026-03-02T09:00:00+08:00',
    )
    if (isProblem(kept)) throw new Error(kept.message)
    const planned = kept.procedure.events.find((e) => e.name === 'supervision-planned')
    const body = planned && eventFields(planned, kept).find((f) => f.key === 'body')
    expect(body).toMatchObject({ type: 'choice', open: true })
  })

  it('are open lists where no text of the case names an element', () => {
    expect(fieldsOf({ x: { label: '要点', type: 'list' } })).toMatchObject([{ open: true, options: [] }])
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

it('an application is not asked what its applicant is suspected of, a lead is', () => {
  const asking = realLaw().procedures.filter(asksViolation)
  expect(asking.map((p) => p.id).toSorted()).toEqual(['coercion-case', 'penalty-ordinary', 'penalty-simple'])
})

describe('what the rules of every procedure read in an event', () => {
  const base = ['zoumaling', 'shijiazhuang-aj']
  const cases = [...new Set(realLaw().procedures.flatMap((p) => (p.kind === 'case' ? [p.id] : [])))]
  const read = cases.flatMap((procedure) =>
    base.flatMap((pack) => {
      const law = selectLaw(realLaw(), { base: pack, overlays: [] }, procedure, '2026-03-04T01:00:00Z')
      return isProblem(law) ? [] : unasked(law)
    }),
  )

  it('is asked for by the form, a list as a list and an answer of yes or no as one', () => {
    expect(cases.length).toBeGreaterThan(5)
    expect([...new Set(read)]).toEqual([])
  })

  it('would be missed if its declaration fell away', () => {
    const events = selected.procedure.events.filter((e) => e.name !== 'recording-resumed')
    const bare = EventDeclaration.parse({ name: 'recording-resumed', label: '恢复音像记录' })
    expect(unasked({ ...selected, procedure: { ...selected.procedure, events: [...events, bare] } })).toEqual(
      ['recording-resumed.spoken'],
    )
  })
})
