import type { Fact } from './fact.ts'
import type { EventDeclaration, Leaving } from './schema/procedure.ts'

/** A copy of a recording that is to leave: for what, of which kind, to whom, and when it was made. */
export type Copy = Readonly<{
  recordingId: string
  purpose: string
  kind: string
  recipient: string
  madeAt: string
}>
type Named = Leaving & Readonly<{ name: string }>

/** What the law of a case calls it when this copy leaves; absent where it knows no such event. */
export const leavingOf = (
  events: readonly EventDeclaration[],
  { purpose, kind }: Pick<Copy, 'purpose' | 'kind'>,
): Named | undefined =>
  events
    .flatMap(({ name, leaving }) => leaving.map((one) => ({ name, ...one })))
    .find((one) => one.purpose === purpose && (one.copy ?? kind) === kind)

/** The copy leaves now: the fact that the rules are asked about. */
export const asFact = ({ name, data, receiver }: Named, copy: Copy, now: string): Fact => ({
  kind: 'event',
  name,
  at: now,
  about: copy.recordingId,
  data: {
    ...Object.fromEntries(Object.entries(data).map(([key, [first = '']]) => [key, first])),
    ...(receiver !== undefined && { [receiver]: copy.recipient }),
  },
})

const said = (fact: Fact, key: string): string => {
  const value = fact.data?.[key]
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * Whether an entry of the case lets this copy leave: all that it must say is said, of this recording, for this
 * receiver where it names one, and not before the copy was there.
 */
export const lets = ({ name, data, receiver }: Named, fact: Fact, copy: Copy): boolean =>
  fact.kind === 'event' &&
  fact.name === name &&
  fact.about === copy.recordingId &&
  Date.parse(fact.at) >= Date.parse(copy.madeAt) &&
  Object.entries(data).every(([key, values]) => values.includes(said(fact, key))) &&
  (receiver === undefined || ['', copy.recipient.trim()].includes(said(fact, receiver)))
