import type { Reason } from '@liuhen/law/evaluation'

/** Closed: every refusal of the system is one of these. The API maps each to a status in one exhaustive table. */
export const REFUSAL_CODES = [
  'law-gate', // a rule of law forbids it now
  'not-permitted', // the actor's role or rank does not allow it
  'wrong-state', // the thing is not in a state in which this can be done
  'stale-version', // somebody else acted first
  'not-found',
  'duplicate',
  'incomplete', // required elements are missing
  'bad-evidence', // bytes, hash or signature do not hold
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export type Refusal = Readonly<{
  refused: true
  code: RefusalCode
  reasons: readonly Reason[]
  /** What is wrong in a few words, where the code's own words would mislead. */
  title?: string
}>

export type Decision<E> = readonly E[] | Refusal

export const isRefusal = (d: unknown): d is Refusal =>
  typeof d === 'object' && d !== null && 'refused' in d && d.refused === true

/** A refusal that rests on no clause but on the state of things; still says what to do. */
export const refuse = (
  code: RefusalCode,
  message: string,
  todo: string,
  citations: Reason['citations'] = [],
): Refusal => ({
  refused: true,
  code,
  reasons: [{ code, effect: 'refuse', message, todo, citations }],
})

export const titled = (title: string, refusal: Refusal): Refusal => ({ ...refusal, title })

/** Times that cannot be: reversed, or ahead. Nothing is missing, so the title says what is wrong. */
export const refuseTime = (message: string, todo: string): Refusal =>
  titled('填写的时间不对', refuse('incomplete', message, todo))

/** What a `can` said no to, as a refusal. */
export const deny = (reasons: readonly Reason[]): Refusal => ({
  refused: true,
  code: 'not-permitted',
  reasons,
})

/** The same, where a `can` also asks for the state of things: who may not is told before what cannot be now. */
export const denyOrNotNow = (reasons: readonly Reason[]): Refusal => ({
  refused: true,
  code: reasons.some((r) => r.code === 'not-permitted') ? 'not-permitted' : 'wrong-state',
  reasons,
})
