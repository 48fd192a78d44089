import { expect, it } from 'vitest'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { namesOf } from '@liuhen/law/schema/fact-pattern'
import { loadDefinitions } from './fixtures/load-definitions.ts'
import { realLaw } from './law/real-law.ts'

/** Fields in which a paper tells how to seek review and to sue. */
const TELLS = new Set(['reconsiderationBody', 'remedy'])

/** Papers that speak of remedies and from whose service no period runs, and why. */
const NO_PERIOD: Readonly<Record<string, string>> = {
  'penalty-advance-notice': 'tells the remedies against the decision that is to come',
  'rights-notice': 'tells the remedies against the decision that is to come',
  'suspension-decision': 'decides nothing yet; the remedy is told only where there is one',
  'non-filing-notice': 'told to the informant; the remedy is told only where there is one',
}

const untold = (clause: string): string[] => {
  const types = loadDefinitions()
    .filter((d) => d.served && fieldsOf(d).some(({ id }) => TELLS.has(id)))
    .map((d) => d.id)
  return realLaw().procedures.flatMap(({ id, steps, periods }) => {
    const papers = new Set(steps.flatMap((step) => step.documents.map(({ type }) => type)))
    const told = periods.filter((p) => p.clauses.includes(clause)).flatMap((p) => namesOf(p.opens))
    return types.filter((type) => papers.has(type) && !told.includes(type)).map((type) => `${id}: ${type}`)
  })
}

/** rec-23: against a penalty on the spot review comes first, so no period to sue runs from it. */
const REVIEW_FIRST = ['penalty-simple: on-the-spot-decision']

it.each([
  ['rec-20', []],
  ['lit-46', REVIEW_FIRST],
])('%s: every served paper that tells the remedies opens their periods', (clause, except) => {
  const bare = untold(clause)
  expect(bare.filter((one) => NO_PERIOD[one.replace(/.*: /, '')] === undefined)).toEqual(except)
  for (const type of Object.keys(NO_PERIOD)) expect(bare.join(' ')).toContain(type)
})
