import type { Instant } from '@liuhen/law/fact'

type FormPerson = Readonly<{ personId: string; name?: string; certNo?: string }>

/**
 * What the case already knows when a form is opened. A field's `from` is a path into it:
 * `party.name`, `handlers`, `documents.filing-approval.number`, `documents.penalty-decision.fine`.
 */
export type FormContext = Readonly<{
  agency: Readonly<{
    name: string
    shortName?: string
    address?: string
    phone?: string
    reconsiderationBody?: string
    court?: string
    paymentBank?: string
    paymentAccount?: string
  }>
  case: Readonly<{
    /** How the matter ended, in one line, as the paper tells it that ended it. */
    outcome?: string
    caseNo?: string
    leadNo?: string
    /** The kind of act, in the words of its procedure: 行政处罚. */
    act?: string
    title: string
    summary?: string
    /** One of the sources of a case; `sourceLabel` is its Chinese name. */
    source?: string
    sourceLabel?: string
    place?: string
    occurredAt?: Instant
    receivedAt?: Instant
    violation?: string
  }>
  party?: Readonly<{
    kind: string
    name: string
    idNumber?: string
    orgCode?: string
    address?: string
    phone?: string
    representative?: string
    /** Who speaks for the party: a natural person for themselves. */
    speaker?: string
  }>
  handlers: readonly FormPerson[]
  step?: Readonly<{ startedAt?: Instant; endedAt?: Instant; place?: string }>
  /** Steps that are done, by their id: `steps.closing.endedAt`. */
  steps: Readonly<Record<string, Readonly<{ endedAt: Instant }>>>
  actor?: Readonly<{ name: string; certNo?: string }>
  now: Readonly<{ date: string; datetime: Instant }>
  /** The latest issued document of each type: its form data, and its number and date. */
  documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** The paper that decides in this procedure, and the one whose number the case has: their data, number and date. */
  decision?: Readonly<Record<string, unknown>>
  opening?: Readonly<Record<string, unknown>>
  /** The latest of the events of each name that were noted: when it happened, and its data: `events.penalty-paid.at`. */
  events?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  recordings: readonly Readonly<{
    id: string
    scene: string
    from: Instant
    to: Instant
    deviceNo?: string
    sha256: string
  }>[]
  /**
   * The recordings that were marked as evidence: `films` and `photos` are rows as the disc list and the photo sheet want
   * them; who converted the last of them to a disc, and when.
   */
  evidence?: Readonly<{
    films: readonly Readonly<Record<string, unknown>>[]
    photos: readonly Readonly<Record<string, unknown>>[]
    convertedBy?: string
    convertedAt?: Instant
  }>
  /** What the form is about: the served document (name, number, its last `service`: mode, at, place, recipient, by, and of several whom the paper names `party` with its `receiver`; of several on whom it is served, the next who is `wanting`; how it was `sent`: mode, and what was registered of it; `said`: its form; `of`: name and number of what it is about), the described recording (from, to, sha256 …). */
  about?: Readonly<Record<string, unknown>>
  /** The assembled case file: items[{ number, author, title, date, page }], documents, pages, recordings, retention, archiveNo. */
  file?: Readonly<Record<string, unknown>>
}>
