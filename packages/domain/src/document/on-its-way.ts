import type { Fact, Instant } from '@liuhen/law/fact'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'
import { present } from '../present.ts'

/** A paper that was sent, with what was registered of it: the number of the letter, where the notice hangs. */
export type Sent = Readonly<{
  mode: string
  at: Instant
  /** The registered fact. */
  ref?: string
  data: NonNullable<Fact['data']>
  /** The datum that tells one letter from another of the same paper (`numbered` in law/). A notice has none. */
  numbered?: string
  /** A service was registered after it. */
  arrived: boolean
}>

type Known = Pick<OpenCase, 'facts'>
type Law = Pick<CaseLaw, 'event'>

type Data = Sent['data']

/** The number of the letter that these data name, if they name one. */
const numberIn = (data: Data, { numbered }: Sent): unknown =>
  numbered === undefined ? undefined : (data[numbered] ?? undefined)

/** What came back in one way: the letter of that number, or all that went so where no number is told. */
const withoutReturned = (sent: readonly Sent[], data: Data): readonly Sent[] =>
  sent.filter((one) => {
    const number = numberIn(data, one)
    return one.mode !== data['mode'] || (number !== undefined && numberIn(one.data, one) !== number)
  })

/** A service is of those letters that a receipt of the paper names; of all that were sent where none names any. */
const arrivedBy = (sent: readonly Sent[], receipts: readonly Data[]): readonly Sent[] => {
  const named = new Set(sent.flatMap((one) => receipts.map((data) => numberIn(data, one))))
  named.delete(undefined)
  return sent.map((one) =>
    named.size === 0 || named.has(numberIn(one.data, one)) ? { ...one, arrived: true } : one,
  )
}

/**
 * How a paper was sent last; what is still on its way comes before what arrived. What came back, or was otherwise found not to
 * have arrived in that way, is on its way no more. Letters are told apart by their numbers. Facts stand in the order in which
 * they were registered; which events send, and which tell of a failure, is data.
 */
export const lastSent = ({ facts }: Known, documentId: string, law: Law): Sent | undefined => {
  let sent: readonly Sent[] = []
  const receipts: Data[] = []
  for (const fact of facts) {
    const { at, ref, about, data = {} } = fact
    if (fact.kind === 'document' && ref === documentId && fact.state === 'served')
      sent = arrivedBy(sent, receipts)
    if (about !== documentId) continue
    if (fact.kind === 'document') receipts.push(data)
    if (fact.kind !== 'event') continue
    const { sends, numbered, means } = law.event(fact.name) ?? {}
    if (sends !== undefined)
      sent = [...sent, { mode: sends, at, ...present({ ref, numbered }), data, arrived: false }]
    else if (means === 'not-served') sent = withoutReturned(sent, data)
  }
  return sent.findLast((one) => !one.arrived) ?? sent.at(-1)
}

/** Sent, and neither served nor known not to have arrived. */
export const onItsWay = (s: Known, documentId: string, law: Law): Sent | undefined => {
  const sent = lastSent(s, documentId, law)
  return sent?.arrived === false ? sent : undefined
}
