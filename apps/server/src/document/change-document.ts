import type { JsonRecord } from '@liuhen/domain/case/events'
import type { Fingermark } from '@liuhen/domain/document/fingermark'
import * as decide from '@liuhen/domain/document/decide'
import { retractService as decideRetraction } from '@liuhen/domain/document/retract-service'
import { serveDocument as decideService } from '@liuhen/domain/document/serve'
import { isSignedByAgency } from '@liuhen/domain/document/progress'
import { submitDocument as decideSubmission } from '@liuhen/domain/document/submit'
import { voidDocument as decideVoiding } from '@liuhen/domain/document/void'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Instant } from '@liuhen/law/fact'
import { canonicalJson } from '@liuhen/ledger/canonical'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import { claimBlank, type GivenNumber, registerNumber } from '../case-stream/numbers.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPeople, findPerson, findRoles, findUser } from '../case-stream/people.ts'
import { computedIn } from './correction-draft.ts'
import { dropDraft } from './drafts.ts'
import { emptyFrames } from './pictures.ts'
import type { Stroke } from '../pdf/render-input.ts'

type Outcome = Promise<CaseDone | Refusal>

export type Submission = Readonly<{
  type: string
  step: string
  data: JsonRecord
  documentId?: string | undefined
  about?: string | undefined
  reason?: string | undefined
  /** The number of the blank on which it was written by hand. */
  preNumber?: string | undefined
}>

const noBlank = refuse(
  'wrong-state',
  '这个预编号不在您领用的空白文书里，或者已经使用、作废、交回。',
  '请在“文号”中核对号码；号码由领用人本人补录。',
)

/** What was written by hand on a numbered blank bears that number: the blank is taken with the same transaction. */
const claimed = async (
  { ctx, tx }: Attempt,
  s: Submission,
  definition: DocumentDefinition | undefined,
): Promise<GivenNumber | undefined | Refusal> => {
  if (s.preNumber === undefined || s.documentId !== undefined) return undefined
  const { agencyId, personId: holderId } = ctx.actor
  const { numbering } = definition ?? {}
  if (numbering?.preNumbered !== true || holderId === undefined) return noBlank
  return (await claimBlank(tx, { agencyId, word: numbering.word, number: s.preNumber, holderId })) ?? noBlank
}

export const submitDocument = (deps: CaseDeps, c: CaseCommand, s: Submission): Outcome =>
  actOnCase(deps, c, async (attempt) => {
    const { state, ctx, tx } = attempt
    const definition = ctx.law.document(s.type)
    const frames = definition && (await emptyFrames(tx, { state }, definition, s.data))
    if (frames) return refuse('incomplete', frames.message, frames.todo)
    const blank = await claimed(attempt, s, definition)
    if (isRefusal(blank)) return blank
    const key = { caseId: c.caseId, ...s }
    const at = { state, law: ctx.law, now: ctx.now }
    const computed = definition === undefined ? {} : await computedIn(tx, at, definition, key)
    const decided = decideSubmission(state, present({ ...s, data: { ...s.data, ...computed } }), ctx)
    if (isRefusal(decided)) return decided
    await dropDraft(tx, { ...s, caseId: c.caseId })
    const documentId = decided.find((e) => e.type === 'DocumentSubmitted')?.data.public.documentId
    if (blank !== undefined && documentId !== undefined)
      await registerNumber(tx, blank, { streamId: c.caseId, documentId, at: ctx.now })
    return decided
  })

export type Opinion = Readonly<{ documentId: string; opinion: string }>
export const approveDocument = (deps: CaseDeps, c: CaseCommand, o: Opinion): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decide.approveDocument(state, o, ctx))
export const returnDocument = (deps: CaseDeps, c: CaseCommand, o: Opinion): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decide.returnDocument(state, o, ctx))

export type Voiding = Readonly<{ documentId: string; reason: string }>
export const voidDocument = (deps: CaseDeps, c: CaseCommand, v: Voiding): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decideVoiding(state, v, ctx))

export type Signing = Readonly<{
  documentId: string
  role: string
  name?: string | undefined
  personId?: string | undefined
  strokes?: readonly Stroke[] | undefined
  fingermark?: Fingermark | undefined
  handedOver?: boolean | undefined
  refusal?: { reason: string; witnesses: string[] } | undefined
  signedAt?: Instant | undefined
}>

const commandOf = async ({ tx }: Attempt, s: Signing): Promise<decide.SignDocument | Refusal> => {
  const { personId, strokes, ...rest } = s
  const by = await findPerson(tx, personId)
  if (personId !== undefined && by === undefined)
    return refuse('not-found', '签名人不在本机关的人员名单中。', '请重新选择签名人，或者填写姓名。')
  const named = by === undefined ? undefined : { ...by, as: s.role }
  const ink = strokes === undefined ? undefined : canonicalJson(strokes)
  // A party may bear an officer's name; in a slot of the agency a name alone must not pass for that officer.
  const user = personId !== undefined || isSignedByAgency(s.role) ? await findUser(tx, s) : undefined
  const roles = await findRoles(tx, personId)
  return present({ ...rest, by: named, user, roles, strokes: ink })
}

export const signDocument = (deps: CaseDeps, c: CaseCommand, s: Signing): Outcome =>
  actOnCase(deps, c, async (at) => {
    const command = await commandOf(at, s)
    return 'refused' in command ? command : decide.signDocument(at.state, command, at.ctx)
  })

export type ServingInput = Readonly<{
  documentId: string
  mode: string
  servedAt: Instant
  recipient: string
  relation?: string | undefined
  party?: string | undefined
  place?: string | undefined
  officerIds: readonly string[]
  receiptId?: string | undefined
  recordingIds: readonly string[]
  proof?: string | undefined
  reason?: string | undefined
}>

export const serveDocument = (deps: CaseDeps, c: CaseCommand, s: ServingInput): Outcome =>
  actOnCase(deps, c, async ({ state, ctx, tx }) => {
    const { officerIds, ...rest } = s
    const people = await findPeople(tx, officerIds)
    if ('refused' in people) return people
    const by = people.map((p) => ({ ...p, as: 'officer' }))
    return decideService(state, present({ ...rest, by }), ctx)
  })

export type Retraction = Readonly<{ documentId: string; serving: number; reason: string }>
export const retractService = (deps: CaseDeps, c: CaseCommand, r: Retraction): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decideRetraction(state, r, ctx))
