import type { PartName } from '@liuhen/ledger/leaf'
import type { RecordedCaseEvent } from '../case-stream/folded-case.ts'
import { sentenceOf } from '../case-stream/sentence.ts'
import type { PackagePlan } from './package-rows.ts'

/** Types whose sentence reads nothing but the public part, or names nobody without the personal one. */
const PUBLIC_SENTENCE: ReadonlySet<string> = new Set([
  'DocumentSubmitted',
  'DocumentIssued',
  'DocumentCorrected',
  'DocumentRendered',
  'DocumentServed',
  'CaseNumbered',
  'CaseArchived',
  'PartyNamed',
  'RecordingLinked',
])

/** What the recipient may read of the event, and nothing else of it. */
const reduced = (e: RecordedCaseEvent, names: readonly PartName[]): RecordedCaseEvent => {
  const { data } = e
  const read = {
    public: data.public,
    // An internal part that is not told is not one that was destroyed.
    internal: names.includes('internal') ? data.internal : {},
    personal: names.includes('personal') ? data.personal : undefined,
  }
  return { ...e, data: read } as RecordedCaseEvent
}

/** The system's own sentence for an event of the case, where the recipient may read all that it says. */
export const tellSentence = (
  e: RecordedCaseEvent,
  names: readonly PartName[],
  { words, papers }: Pick<PackagePlan, 'words' | 'papers'>,
): string | undefined => {
  const isWhole = names.includes('internal') && names.includes('personal')
  if (e.streamType !== 'case' || (!isWhole && !(names.includes('public') && PUBLIC_SENTENCE.has(e.type))))
    return undefined
  let isKnown = true
  const word =
    (of: Readonly<Record<string, string>>) =>
    (id: string): string => {
      isKnown &&= of[id] !== undefined
      return of[id] ?? ''
    }
  const terms = {
    stepName: word(words.steps),
    factName: word(words.facts),
    sceneName: word(words.scenes),
    flagName: word(words.flags),
  }
  const told = sentenceOf(isWhole ? e : reduced(e, names), { terms, documentName: word(papers) })
  return isKnown ? told : undefined
}
