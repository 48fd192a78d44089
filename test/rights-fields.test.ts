import { expect, it } from 'vitest'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import type { Field } from '@liuhen/law/document-definition'
import { loadDefinition, loadDefinitions } from './fixtures/load-definitions.ts'
import { realLaw } from './law/real-law.ts'

/** Sums and days of served papers that give and take nothing, and why. */
const NO_RIGHTS: Readonly<Record<string, string>> = {
  'penalty-decision.discretionBase': 'what the range is a multiple of, beside the fine that was fixed',
  'penalty-decision.discretionMin': 'the range of the agency’s scale, beside the fine that was fixed',
  'penalty-decision.discretionMax': 'the range of the agency’s scale, beside the fine that was fixed',
  'hearing-notice.requestedOn': 'what the party did, told back to it',
  'suspension-decision.suspendedOn': 'a day of the agency’s own work',
  'resumption-decision.resumedOn': 'a day of the agency’s own work',
  'resumption-decision.until': 'a day of the agency’s own work',
  'termination-decision.terminatedOn': 'a day of the agency’s own work',
}

const isSumOrDay = (field: Field): boolean =>
  field.kind === 'money' ||
  ((field.kind === 'date' || field.kind === 'datetime') && field.past !== true) ||
  (field.kind === 'rows' && field.columns.some((column) => isSumOrDay(column)))

const correctable = (): string[] => {
  const served = new Set(loadDefinitions().flatMap((d) => (d.served ? [d.id] : [])))
  const papers = realLaw()
    .procedures.filter((p) => p.steps.some((step) => step.corrects !== undefined))
    .flatMap((p) => p.steps.flatMap((step) => step.documents.map(({ type }) => type)))
  return [...new Set(papers)].filter((type) => served.has(type)).toSorted()
}

it('sums and days of papers that can be corrected say that they touch rights (ft-29-2)', () => {
  const types = correctable()
  expect(types).toContain('payment-deferral-notice')
  const unsaid = types.flatMap((type) =>
    fieldsOf(loadDefinition(type))
      .filter((field) => isSumOrDay(field) && field.rights === undefined)
      .map((field) => `${type}.${field.id}`),
  )
  expect(unsaid.filter((field) => NO_RIGHTS[field] === undefined)).toEqual([])
  expect(Object.keys(NO_RIGHTS).filter((field) => !unsaid.includes(field))).toEqual([])
})
