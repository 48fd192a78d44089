import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { StepView } from '@liuhen/api/schema/evaluation'
import { currentStep } from '../step/current-step.ts'

type File = Pick<
  CaseWorkspace,
  | 'id'
  | 'caseNo'
  | 'leadNo'
  | 'title'
  | 'status'
  | 'handlers'
  | 'can'
  | 'evaluation'
  | 'documents'
  | 'recordings'
>
export type Work = Readonly<{
  caseId: string
  caseNo: string
  caseTitle: string
  kind: 'assign' | 'begin' | 'go-on' | 'wait' | 'sign' | 'watch'
  step?: Readonly<{ id: string; name: string }>
  /** The paper that waits for one's signature. */
  document?: Readonly<{ id: string; name: string }>
  /** The recording that nobody has watched, and what is to be said of it. */
  recording?: Readonly<{ id: string; name: string; checks: readonly string[] }>
  /** What the step waits for, where it cannot begin yet. */
  until?: string
  /** What is still to be done before the step can be completed. */
  lacks: readonly string[]
}>

/** Papers that wait for the signature of the one who looks, in their own hand. */
const toSign = ({ documents }: File): readonly File['documents'][number][] =>
  documents.filter((d) => d.signatures.some((s) => s.ownHand && s.can === true && s.got.length < s.need))

/** Recordings of which somebody who has watched them is still to say something. */
const toWatch = ({ recordings }: File): readonly File['recordings'][number][] =>
  recordings.filter((r) => r.watch === true && r.unwatched.length > 0)

/** A step that nobody can begin while nobody has another one to do: it waits for one that may be left out, or for a day. */
function toAwait(file: File, mine: readonly StepView[]): StepView | undefined {
  const must = file.evaluation.steps.filter((s) => !s.optional)
  const goesOn = file.evaluation.steps.some((s) => s.status === 'begun')
  if (goesOn || must.some((s) => s.status === 'possible')) return undefined
  const first = must.find((s) => s.status === 'blocked')
  return first !== undefined && mine.includes(first) ? first : undefined
}

/** What the one who looks can do next in this case: sign a paper, watch a recording, name its handlers, go on with a step, or begin the next one. */
export function nextWork(file: File): readonly Work[] {
  // A closed case is still to be assembled, archived and published.
  if (file.status === 'archived') return []
  const head = { caseId: file.id, caseNo: file.caseNo ?? file.leadNo, caseTitle: file.title }
  const { steps } = file.evaluation
  const mine = steps.filter((s) => file.can.steps[s.id] === true)
  const step = currentStep(
    mine.filter((s) => s.status === 'begun' || (s.status === 'possible' && !s.optional)),
  )
  const waits = step === undefined ? toAwait(file, mine) : undefined
  const refused = waits?.before.find((r) => r.effect === 'refuse')
  // Handlers are named once the lead is taken up; where the filing is the first step, while it is under way.
  const taken = steps.some((s) => s.status === 'done' || s.status === 'begun')
  const assign =
    file.status === 'open' && taken && file.handlers.length === 0 && file.can.assignHandlers === true
  return [
    ...toSign(file).map(({ id, name }) => ({
      ...head,
      kind: 'sign' as const,
      document: { id, name },
      lacks: [],
    })),
    ...toWatch(file).map(({ id, sceneName, unwatched }) => ({
      ...head,
      kind: 'watch' as const,
      recording: { id, name: sceneName, checks: unwatched },
      lacks: [],
    })),
    ...(assign ? [{ ...head, kind: 'assign' as const, lacks: [] }] : []),
    ...(step
      ? [
          {
            ...head,
            kind: step.status === 'begun' ? ('go-on' as const) : ('begin' as const),
            step: { id: step.id, name: step.name },
            lacks:
              step.status === 'begun'
                ? step.missing.filter((r) => r.effect === 'refuse').map((r) => r.todo)
                : [],
          },
        ]
      : []),
    ...(waits && refused
      ? [
          {
            ...head,
            kind: 'wait' as const,
            step: { id: waits.id, name: waits.name },
            until: refused.todo,
            lacks: [],
          },
        ]
      : []),
  ]
}
