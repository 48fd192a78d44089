import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CaseFileLaw } from '@liuhen/domain/case-file/order'
import { DisclosureLaw } from '@liuhen/domain/disclosure/disclosure-law'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { validateForm } from '@liuhen/domain/document/validate-form'
import { definitionIds, lawDir, loadDefinition, loadDefinitions } from './fixtures/load-definitions.ts'
import { buildSamples } from './fixtures/sample-documents.ts'
import { testSheetLaw } from './fixtures/sheet-law.ts'
import { realLaw } from './law/real-law.ts'

const definitions = loadDefinitions()
const samples = buildSamples(definitions)

/** Elements that the texts name, by document: the clause and how many required fields carry it. */
const NAMED: readonly (readonly [clause: string, type: string, fields: readonly string[]])[] = [
  ['zml-8-3', 'filing-approval', ['source', 'cause', 'partyName', 'partyAddress', 'facts', 'handlerOpinion']],
  ['zml-10-1', 'inspection-record', ['officers', 'certificateShown', 'certificateNote']],
  ['zml-10-1', 'inquiry-record', ['officers', 'certificateShown', 'certificateNote']],
  ['zml-12-2', 'preservation-notice', ['reason']],
  ['zml-12-3', 'preservation-notice', ['items']],
  ['zml-12-4', 'preservation-approval', ['forms']],
  ['zml-14-1', 'penalty-advance-notice', ['rights']],
  ['zml-14-2', 'statement-record', ['facts', 'reasons', 'evidence']],
  ['zml-14-2', 'statement-review', ['points']],
  ['zml-18-3', 'recording-interruption-statement', ['reason']],
  ['zml-20-1', 'penalty-decision', ['partyName', 'partyAddress']],
  ['zml-20-2', 'penalty-decision', ['facts', 'evidence']],
  ['zml-20-3', 'penalty-decision', ['circumstances']],
  ['zml-20-4', 'penalty-decision', ['basis', 'discretion', 'penalty', 'performance']],
  ['zml-20-5', 'penalty-decision', ['reconsiderationBody', 'court']],
  ['zml-20-6', 'penalty-decision', ['others']],
  [
    'jyg-3-3-16-1',
    'penalty-decision',
    ['discretionOf', 'discretionBase', 'discretionLeast', 'discretionMost'],
  ],
  ['zml-21-3', 'service-receipt', ['leaveNote']],
  ['zml-21-9', 'service-receipt', ['entrustedNote']],
  ['zml-22-1', 'performance-check', ['performance']],
  ['pen-44', 'penalty-advance-notice', ['facts', 'basis', 'reason', 'proposed', 'rights']],
  ['pen-55', 'inspection-record', ['startAt', 'endAt', 'place']],
  ['pen-56', 'preservation-notice', ['fromDate', 'untilDate']],
  [
    'pen-59',
    'penalty-decision',
    ['partyName', 'partyAddress', 'facts', 'evidence', 'kinds', 'basis', 'performance', 'court'],
  ],
]

describe('elements that the texts name', () => {
  it.each(NAMED)('%s: %s asks for them and will not be submitted without', (clause, type, fields) => {
    const definition = loadDefinition(type)
    for (const id of fields) {
      const field = fieldsOf(definition).find((one) => one.id === id)
      expect(field, `${type}.${id}`).toMatchObject({ required: true })
      expect(field?.requiredBy).toContain(clause)
    }
  })
})

describe.each(definitionIds())('%s', (id) => {
  const definition = loadDefinition(id)
  const fields = fieldsOf(definition)

  it('is named after its folder, and no field id occurs twice', () => {
    expect(definition.id).toBe(id)
    expect(new Set(fields.map((field) => field.id)).size).toBe(fields.length)
  })
  it('makes conditions depend on fields that exist and can have the value', () => {
    for (const { when } of fields) {
      if (!when) continue
      const other = fields.find((field) => field.id === when.field)
      const values = other && 'options' in other ? other.options.map((option) => option.value) : [true, false]
      expect(other, when.field).toBeDefined()
      expect(values).toEqual(expect.arrayContaining([when.equals].flat()))
    }
  })
  it('keeps names, numbers, addresses and telephones of persons in the personal compartment', () => {
    const identifying = fields.filter(
      (field) =>
        ['idnumber', 'orgcode'].includes(field.kind) ||
        /^(party|informant)(Name|Phone|Address)$/.test(field.id),
    )
    expect(identifying.filter((field) => field.compartment !== 'personal')).toEqual([])
  })
  it('has no column more secret than its table', () => {
    for (const field of fields)
      if (field.kind === 'rows' && field.compartment !== 'personal')
        expect(field.columns.filter((column) => column.compartment === 'personal')).toEqual([])
  })
  it('has no place for signatures alone that nobody waits for: the last approval would issue it before', () => {
    const { signatures } = definition
    expect(signatures.length === 0 || signatures.some((s) => s.min > 0 || s.each !== undefined)).toBe(true)
  })
  it('is complete in the sample case', () => {
    const sample = samples.get(id)
    expect(sample).toBeDefined()
    expect(validateForm(definition, sample?.data ?? {})).toEqual([])
  })
})

it.each([
  ['coercive-decision', 'measure', 'seize', 'freeze'],
  ['refusal-notice', 'manner', 'spot', 'mail'],
  ['non-filing-notice', 'manner', 'delivery', 'mail'],
  ['supplement-notice', 'manner', 'spot', 'mail'],
])(
  '%s waits for whoever gets it where it is handed over (cmp-24), and not where it is sent (cmp-31)',
  (type, field, here, sent) => {
    const { signatures } = loadDefinition(type)
    const wants = (value: string) =>
      signatures.filter((s) => s.receives && [s.when?.equals ?? value].flat().includes(value))
    expect(signatures.find((s) => s.receives)?.when?.field).toBe(field)
    expect([wants(here).length, wants(sent).length]).toEqual([1, 0])
  },
)

it('discloses nothing personal: every field of the public summary is public', () => {
  expect(
    fieldsOf(loadDefinition('disclosure-summary')).filter((field) => field.compartment !== 'public'),
  ).toEqual([])
})

it('publishes from a paper and fields that exist', () => {
  const { paper } = DisclosureLaw.parse(parse(readFileSync(join(lawDir, 'disclosure.yaml'), 'utf8')))
  const fields = new Set(fieldsOf(loadDefinition(paper.type)).map((field) => field.id))
  expect(Object.values(paper.elements).filter((id) => !fields.has(id))).toEqual([])
})

it('states of recordings what stands in a paper that exists, and cites the provision as it is', () => {
  const sheet = testSheetLaw()
  const fields = new Set(fieldsOf(loadDefinition(sheet.paper)).map((field) => field.id))
  expect(sheet.wants.flatMap((want) => want.fields).filter((id) => !fields.has(id))).toEqual([])
  const asked = fieldsOf(loadDefinition(sheet.paper)).filter((f) =>
    f.requiredBy.includes(sheet.citation.clause),
  )
  const stated = new Set(sheet.wants.flatMap((want) => want.fields))
  expect(asked.filter((field) => !stated.has(field.id)).map((field) => field.id)).toEqual([])
  const { clause, cite, duty } = sheet.citation
  expect(realLaw().provisions.find((p) => p.id === clause)).toMatchObject({ cite, duty })
})

it('arranges case files by papers that exist, and the unnumbered ones name their volume', () => {
  const { order } = CaseFileLaw.parse(parse(readFileSync(join(lawDir, 'case-file.yaml'), 'utf8')))
  const named = [...order.main, ...order.sub].flatMap((group) => group.documents)
  const ids = new Set(definitionIds())
  const all = [...named, ...order.unnumbered, ...order.receipts]
  expect(all.filter((type) => !ids.has(type))).toEqual([])
  expect(order.unnumbered.filter((type) => loadDefinition(type).volumeField === undefined)).toEqual([])
  expect(definitionIds().filter((type) => loadDefinition(type).provesService)).toEqual(order.receipts)
})
