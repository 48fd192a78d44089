import { citationIn } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import { documentReached } from './document-state.ts'
import { named } from './fact-index.ts'
import { factsInStep } from './look-up.ts'
import { factsOf } from './world.ts'
import type { TimedFact, World } from './world.ts'

type Prohibition = Readonly<{ label: string; citation: Citation; noted: boolean }>

const NOTED = 'recording-prohibition-noted'

/** Whether any forbidden situation is told of anywhere in the record, or marked on the case. */
const mayBeProhibited = ({ caseLaw, flags, index }: World): boolean =>
  named(index, 'event', NOTED).length > 0 ||
  (flags.size > 0 &&
    caseLaw.packs.some(({ pack }) => pack.params.recording.prohibitions.some((rule) => flags.has(rule.flag))))

/** What is said of the situation in this step: noted there, or marked on the whole case. */
const notedIn = (facts: readonly TimedFact[], code: string): TimedFact | undefined =>
  facts.find((f) => f.kind === 'event' && f.name === NOTED && f.data?.['situation'] === code)

/**
 * Why recording is forbidden in a step, or for these recordings of it: the situation is there and nothing lifts it, neither
 * a mark on the case, nor a document, nor the device with which each of them was made (A14).
 */
export function prohibitionOn(
  facts: readonly TimedFact[],
  recordingsOf: () => readonly TimedFact[],
  world: World,
): Prohibition | undefined {
  if (!mayBeProhibited(world)) return undefined
  const recordings = recordingsOf()
  for (const pack of world.caseLaw.packs)
    for (const rule of pack.pack.params.recording.prohibitions) {
      const note = notedIn(facts, rule.code)
      if (note === undefined && !world.flags.has(rule.flag)) continue
      const { unless, unlessDocument, unlessData } = rule
      const lifted =
        (unless !== null && world.flags.has(unless)) ||
        (unlessDocument !== null && documentReached(world, unlessDocument, 'issued')) ||
        (unlessData !== null &&
          recordings.length > 0 &&
          recordings.every((r) => r.data?.[unlessData] === true))
      const citation = citationIn(pack, rule.clause)
      if (!lifted && citation !== undefined)
        return { label: rule.label, citation, noted: Boolean(note?.data?.['reason']) }
    }
  return undefined
}

const begins = ({ kind, name, state }: TimedFact): boolean =>
  (kind === 'recording' && state === 'made') || (kind === 'event' && name === 'recording-started')

/** Whether recordings may be forbidden in this case, and this fact is one that begins or is there. */
export const mayBeForbidden = (subject: TimedFact, world: World): boolean =>
  begins(subject) && mayBeProhibited(world)

/** A recording that may not be made: asked when it begins, and when it is there. */
export function forbiddenRecording(subject: TimedFact, world: World): Reason[] {
  if (!mayBeForbidden(subject, world)) return []
  const inStep =
    subject.step === undefined
      ? factsOf(world).filter((f) => f.step === undefined)
      : factsInStep(world, subject.step)
  const found = prohibitionOn(inStep, () => [subject], world)
  return found === undefined ? [] : [forbidden(found, '这一段')]
}

export const forbidden = ({ label, citation }: Prohibition, what: string): Reason => ({
  code: 'recording-prohibited',
  effect: 'refuse',
  message: `${what}属禁止音像记录的情形（${label}），不得音像记录`,
  todo: '停止音像记录，改以文字记录并写明理由；取得同意书或者改用符合规定的设备后方可录制，已形成的音像按规定单独处理',
  citations: [citation],
})

/** Where recording would be a must, text takes its place and says why. */
export const unexplained = ({ label, citation }: Prohibition, name: string): Reason => ({
  code: 'prohibition-unexplained',
  effect: 'warn',
  message: `“${name}”因${label}未作音像记录，没有登记理由`,
  todo: '以文字记录代替，并登记不录音像的理由',
  citations: [citation],
})
