/** What a check found, for placeholders in messages. */
export type CheckFacts = Readonly<Record<string, string | number>>

export type Check = Readonly<{
  holds: boolean
  facts: CheckFacts
  /** The clauses that name what is missing, where they say it more exactly than the rule's own. */
  clauses?: readonly string[]
  /** It says nothing of the case, so that what follows from it may be kept with the law. */
  ofLaw?: true
}>

export const yes: Check = { holds: true, facts: {} }
const bareNo: Check = { holds: false, facts: {}, ofLaw: true }

export const no = (facts?: CheckFacts): Check => (facts === undefined ? bareNo : { holds: false, facts })
export const when = (holds: boolean, facts?: CheckFacts): Check => (holds ? yes : no(facts))
