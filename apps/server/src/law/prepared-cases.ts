import { type CaseRecord, prepare, type PreparedCase } from '@liuhen/law/evaluate'
import type { Law } from '@liuhen/law/law'
import { isSameRecord } from '@liuhen/law/same-record'

/** A fact of a prepared case takes some 1.5 KB and a case without facts as much as fifty, so all of them together take 30 MB in each process at most. */
const MOST_FACTS = 20_000
const CASE_ITSELF = 50

type Kept = Readonly<{ record: CaseRecord; prepared: PreparedCase }>

/** Used least lately first. */
const kept = new WeakMap<Law, Map<string, Kept>>()

/** Where such a record lies if it is kept. Two cases in one place only take turns. */
const placeOf = ({ procedure, startedAt, selection, facts }: CaseRecord): string =>
  JSON.stringify([procedure, startedAt, selection.base, facts.length, facts[0]?.at, facts.at(-1)?.at])

function keptFor(law: Law): Map<string, Kept> {
  const found = kept.get(law) ?? new Map<string, Kept>()
  kept.set(law, found)
  return found
}

/** Only a record that says the same finds it: nothing has to tell that a stream, a setting or a register has changed. */
function find(record: CaseRecord, law: Law): PreparedCase | undefined {
  const [cases, place] = [keptFor(law), placeOf(record)]
  const found = cases.get(place)
  if (found === undefined || !isSameRecord(found.record, record)) return undefined
  cases.delete(place)
  // One request asks several times; what it has read is compared at a glance then.
  cases.set(place, { record, prepared: found.prepared })
  return found.prepared
}

const weightOf = ({ record }: Kept): number => CASE_ITSELF + record.facts.length

function keep(record: CaseRecord, law: Law): PreparedCase {
  const cases = keptFor(law)
  const place = placeOf(record)
  const prepared = prepare(record, law)
  cases.delete(place)
  cases.set(place, { record, prepared })
  let facts = 0
  for (const one of cases.values()) facts += weightOf(one)
  for (const [oldest, one] of cases) {
    if (facts <= MOST_FACTS) break
    cases.delete(oldest)
    facts -= weightOf(one)
  }
  return prepared
}

/** The case made ready for asking, kept for those who ask the same case next. */
export const preparedCase = (record: CaseRecord, law: Law): PreparedCase =>
  find(record, law) ?? keep(record, law)

/** The same for one question. What a case would be while a command is decided is seldom asked again, so it is not kept. */
export const preparedOnce = (record: CaseRecord, law: Law): PreparedCase =>
  find(record, law) ?? prepare(record, law)
