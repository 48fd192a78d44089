import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Citation, Evaluation, Reason } from '@liuhen/law/evaluation'
import type { Fact, FactPerson, Instant, Rank } from '@liuhen/law/fact'
import type { EventDeclaration } from '@liuhen/law/schema/procedure'
import type { Actor, Role } from '../event.ts'
import type { StandIn } from '../person/stand-in.ts'

/** What its declaration says about registering an event. */
export type NotingRule = Pick<
  EventDeclaration,
  'by' | 'officers' | 'span' | 'afterArchiving' | 'anew' | 'means' | 'sends' | 'numbered'
>

/** The law as one case sees it: its packs in force when it began, national law by date. The server and the CLI build it from packages/law. */
export type CaseLaw = Readonly<{
  evaluate(input: LawQuestion): Evaluation
  /** Why the case, as it is, does not allow this fact: gates of its step and guards on it. Empty when lawful. */
  against(input: LawQuestion, attempted: Fact): readonly Reason[]
  document(type: string): DocumentDefinition | undefined
  /** Who registers this event, and until when; nothing where the procedure does not declare it. */
  event(name: string): NotingRule | undefined
  /** Approvers in order, pack parameters resolved. */
  approvers(type: string): readonly Rank[]
  /** Those of the clauses that bind the case, ready to be shown. */
  cite(clauses: readonly string[]): readonly Citation[]
  /** What it rests on that nobody approves a paper or a case of one's own. */
  ownNotApproved: readonly Citation[]
  /** Which posts take back a service that was registered wrongly, and on what that rests. */
  retraction: Readonly<{ posts: readonly Role[]; citations: readonly Citation[] }>
  /** The document whose number becomes the case's number. */
  caseNumberFrom: string | undefined
}>

export type LawQuestion = Readonly<{
  startedAt: Instant
  facts: readonly Fact[]
  flags: readonly string[]
  now: Instant
}>

/** What decide is given besides state and command. `ids` and `hash` come in so that the core stays pure. */
export type CaseContext = Readonly<{
  now: Instant
  actor: Actor
  /** The actor as the law sees them, when the actor is a person. */
  self: FactPerson | undefined
  /** For which heads, who are away, the actor decides today. */
  standIns?: readonly StandIn[]
  law: CaseLaw
  newId: () => string
  /** Lower-case hex SHA-256 of canonical JSON. */
  hash: (value: unknown) => string
  /**
   * The next number of a word, reserved in the same transaction; called at most once per decision. `holderId`: of this
   * officer's booklet, where there is one with a blank left.
   */
  nextNumber: (word: string, date: string, holderId?: string) => string
}>
