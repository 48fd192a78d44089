import type { JsonRecord, Party } from '@liuhen/domain/case/events'
import * as noting from '@liuhen/domain/case/noting'
import { noteDataProblems } from '@liuhen/domain/case/note-data'
import * as decide from '@liuhen/domain/case/open'
import { present } from '@liuhen/domain/present'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findOfficers } from '../case-stream/people.ts'

type Outcome = Promise<CaseDone | Refusal>

export const nameParty = (deps: CaseDeps, c: CaseCommand, party: Party, reason?: string): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decide.nameParty(state, party, ctx, reason))

/** Certificate and rank of each are read at this moment and frozen into the event. */
export const assignHandlers = (
  deps: CaseDeps,
  c: CaseCommand,
  personIds: readonly string[],
  reason?: string,
): Outcome =>
  actOnCase(deps, c, async ({ state, ctx, tx }) => {
    const people = await findOfficers(tx, personIds)
    return 'refused' in people ? people : decide.assignHandlers(state, people, ctx, reason)
  })

export type Flagging = Readonly<{ flag: string; on: boolean; reason: string }>
/** Only marks that the procedure knows: any other switches no rule on, and a mark is public. */
export const flagCase = (deps: CaseDeps, c: CaseCommand, f: Flagging): Outcome =>
  actOnCase(deps, c, ({ state, ctx, bound }) =>
    bound.terms.flags.includes(f.flag)
      ? decide.flagCase(state, f, ctx)
      : refuse('not-found', `本程序没有“${f.flag}”这一标记。`, '请从标记列表中选择。'),
  )

export type Noting = Readonly<{
  name: string
  at: Instant
  from?: Instant | undefined
  to?: Instant | undefined
  step?: string | undefined
  about?: string | undefined
  data: JsonRecord
  note?: string | undefined
  officerIds?: readonly string[] | undefined
  reason?: string | undefined
}>

/** A paper, recording or earlier fact of this case, or its file. */
const isOfCase = ({ state }: Attempt, ref: string): boolean =>
  ref === 'case-file' ||
  ref in state.documents ||
  state.recordings.some((r) => r.recordingId === ref) ||
  state.facts.some((f) => f.ref === ref)

/** Only facts that the case's procedure declares, about things that the case has: a misspelt one would wait for ever. */
export const noteFact = (deps: CaseDeps, c: CaseCommand, n: Noting): Outcome =>
  actOnCase(deps, c, async (at) => {
    const note = at.bound.terms.notes.find((t) => t.name === n.name)
    if (note === undefined)
      return refuse('not-found', `本程序没有“${n.name}”这一事项。`, '请从可记载事项的列表中选择。')
    if (n.about !== undefined && !isOfCase(at, n.about))
      return refuse(
        'not-found',
        '所关于的文书、音像或者事项不在本案中。',
        '请从本案的文书、音像和已登记的事项中选择。',
      )
    const reasons = noteDataProblems(note.fields, n.data)
    if (reasons.length > 0) return { refused: true, code: 'incomplete', reasons }
    const { officerIds, ...fact } = n
    const officers = officerIds === undefined ? undefined : await findOfficers(at.tx, officerIds)
    if (officers !== undefined && 'refused' in officers) return officers
    return noting.noteFact(at.state, present({ ...fact, officers }), at.ctx)
  })

export const excuseDuty = (
  deps: CaseDeps,
  c: CaseCommand,
  x: Readonly<{ duty: string; reason: string }>,
): Outcome => actOnCase(deps, c, ({ state, ctx }) => decide.excuseDuty(state, x, ctx))
