import type { Instant } from './fact.ts'

/** Where a rule comes from, ready to be shown: 《…》第十六条. `quoted` is our own wording of the duty, never the article's text. */
export type Citation = Readonly<{
  clause: string
  cite: string
  duty: string
  layer: 'national' | 'base' | 'overlay' | 'agency'
}>

/** Why something may not be done (refuse) or is done with a mark (warn), and what to do next. In Chinese, for people. */
export type Reason = Readonly<{
  code: string
  effect: 'refuse' | 'warn'
  message: string
  /** The next thing to do, as an instruction. */
  todo: string
  citations: readonly Citation[]
  /** It says of a part what the reason with this code says of the whole: people are told once. */
  partOf?: string
  /** Facts of the matter, e.g. uncovered minutes, the person concerned; `wanting`: who of several has not received a paper, for the screen alone. They are never kept. */
  facts?: Readonly<Record<string, string | number>>
}>

export type StepStatus = 'done' | 'begun' | 'possible' | 'blocked' | 'not-needed'

export type StepView = Readonly<{
  id: string
  name: string
  stage: string
  status: StepStatus
  /** Optional steps may be skipped; the others must be done before the case is closed. */
  optional: boolean
  /** Issued papers are corrected here, once a paper of this type approved it. */
  corrects?: string
  /** Roles that may carry it out. */
  by: readonly string[]
  documents: readonly Readonly<{ type: string; required: boolean; done: boolean }>[]
  recordings: readonly Readonly<{
    scene: string
    strength: 'must' | 'as-needed' | 'may' | 'must-not'
    done: boolean
    /** Not asked yet: it will be, if what it hangs on happens (service in this mode). */
    ahead?: true
    /** A moment of an activity: a recording of the whole shows it, once somebody says that it does. */
    part?: true
    citations: readonly Citation[]
  }>[]
  /** When its present occurrence began. */
  begunAt?: Instant
  /** An event that ends the step; nobody reports it as done. */
  endsBy?: Readonly<{ name: string; label: string }>
  /** Why the step may not begin (effect refuse) or begins with a mark (warn). */
  before: readonly Reason[]
  /** What is still missing for the step to be completed. */
  missing: readonly Reason[]
  citations: readonly Citation[]
}>

export type DutyState = 'open' | 'met' | 'met-late' | 'overdue' | 'excused'

/** What a text that gives more time comes to; without a day where it fixes none, or none can be computed yet. */
export type LaterLimit = Readonly<{ citations: readonly Citation[]; due?: Instant }>

export type Duty = Readonly<{
  /** Stable within a case: rule id, and the fact that opened it when a rule opens several. */
  id: string
  rule: string
  what: string
  step?: string
  /** Every text that comes to this last day. */
  citations: readonly Citation[]
  /** Texts of the case that come to a later one. */
  later?: readonly LaterLimit[]
  /** How the dates were computed, in one sentence a person can follow. */
  why: string
  since: Instant
  /** The thing whose fact opened it: a paper that was served. */
  openedBy?: string
  /** Not rolled to a workday (decisions.md 5); end of day unless the limit is in hours. Absent: no number in law ("及时"). */
  target?: Instant
  /** Rolled. A duty met by `due` is met. */
  due?: Instant
  state: DutyState
  metAt?: Instant
  metBy?: string
  effect: 'refuse' | 'warn'
}>

export type Finding = Readonly<{
  code: string
  severity: 'error' | 'warning' | 'info'
  message: string
  citations: readonly Citation[]
  facts?: Readonly<Record<string, string | number>>
}>

/** How long a thing of the record must be kept, and why: a recording by its `ref`, or `case-file`. */
export type KeptItem = Readonly<{
  item: string
  rule: 'until' | 'permanent' | 'long-term' | 'open'
  /** Last day on which it must be kept; disposal may be proposed from the day after. */
  keptThrough?: string
  disposableFrom?: string
  why: string
  citations: readonly Citation[]
}>

export type Evaluation = Readonly<{
  steps: readonly StepView[]
  duties: readonly Duty[]
  findings: readonly Finding[]
  keeping: readonly KeptItem[]
}>
