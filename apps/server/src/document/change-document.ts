import type { JsonRecord } from '@liuhen/domain/case/events'
import * as decide from '@liuhen/domain/document/decide'
import { isSignedByAgency } from '@liuhen/domain/document/progress'
import { submitDocument as decideSubmission } from '@liuhen/domain/document/submit'
import { voidDocument as decideVoiding } from '@liuhen/domain/document/void'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { canonicalJson } from '@liuhen/ledger/canonical'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPeople, findPerson, findRoles, findUser } from '../case-stream/people.ts'
import { dropDraft } from './drafts.ts'
import type { Stroke } from '../pdf/render-input.ts'

type Outcome = Promise<CaseDone | Refusal>

export type Submission = Readonly<{
  type: string
  step: string
  data: JsonRecord
  documentId?: string | undefined
  about?: string | undefined
  reason?: string | undefined
}>

export const submitDocument = (deps: CaseDeps, c: CaseCommand, s: Submission): Outcome =>
  actOnCase(deps, c, async ({ state, ctx, tx }) => {
    const decided = decideSubmission(state, present(s), ctx)
    if (!isRefusal(decided)) await dropDraft(tx, { ...s, caseId: c.caseId })
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
    return decide.serveDocument(state, present({ ...rest, by }), ctx)
  })
