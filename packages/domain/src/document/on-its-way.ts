import type { Fact, Instant } from '@liuhen/law/fact'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'

/** A paper that was sent, with what was registered of it: the number of the letter, where the notice hangs. */
export type Sent = Readonly<{
  mode: string
  at: Instant
  /** The registered fact. */
  ref?: string
  data: NonNullable<Fact['data']>
  /** A service was registered after it. */
  arrived: boolean
}>

type Known = Pick<OpenCase, 'facts'>
type Law = Pick<CaseLaw, 'event'>

/**
 * How a paper was sent last. What came back, or was otherwise found not to have arrived in that way, is on its way no more.
 * Facts stand in the order in which they were registered; which events send, and which tell of a failure, is data.
 */
export const lastSent = ({ facts }: Known, documentId: string, law: Law): Sent | undefined => {
  let sent: Sent | undefined
  for (const fact of facts) {
    if (fact.kind === 'document' && fact.ref === documentId && fact.state === 'served' && sent !== undefined)
      sent = { ...sent, arrived: true }
    if (fact.kind !== 'event' || fact.about !== documentId) continue
    const { sends, means } = law.event(fact.name) ?? {}
    const { at, ref, data = {} } = fact
    if (sends !== undefined)
      sent = { mode: sends, at, ...(ref === undefined ? {} : { ref }), data, arrived: false }
    else if (means === 'not-served' && data['mode'] === sent?.mode) sent = undefined
  }
  return sent
}

/** Sent, and neither served nor known not to have arrived. */
export const onItsWay = (s: Known, documentId: string, law: Law): Sent | undefined => {
  const sent = lastSent(s, documentId, law)
  return sent?.arrived === false ? sent : undefined
}
