import type { Fact, Instant } from '@liuhen/law/fact'
import { deny, refuse, refuseTime } from '../refusal.ts'
import {
  canArchiveCase,
  canAssembleFile,
  canExportPackage,
  canPublishDisclosure,
  canTakeRecording,
} from './can.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent, CaseEventOf } from './events.ts'
import { evaluateCase, findStep, underLaw, unknownStep, unlessForbidden } from './gate.ts'
import { type Decided, isRegister, notOpen, onOpenFile, onUnarchivedCase } from './open.ts'
import type { CaseFileItem, CaseRecording, CaseState, OpenCase } from './state.ts'

export const notAssembled = refuse('wrong-state', '还没有组卷', '请先组卷')
export const alreadyPublished = refuse('duplicate', '本案决定已经公示', '如需变更，请先撤下')
export const notPublished = refuse('wrong-state', '本案决定没有公示', '不需要撤下')
export const nothingToExport = refuse('wrong-state', '案件还没有已经签发的文书', '请先办理并签发文书后再导出')

/** What is known of a recording is known of its one step: linked to another, the first would stand without it. */
export const alreadyLinked = refuse(
  'wrong-state',
  '这段音像已经归入本案的另一个环节',
  '请为这个环节另行采集、上传音像',
)

/** What a recording shows was registered here before. */
export const nothingShown = refuse(
  'not-found',
  '音像所反映的事项没有在这里登记',
  '请先登记这一事项，再把音像归入',
)

const isNoted = (s: OpenCase, about: string | undefined): boolean =>
  about === undefined || s.facts.some((f) => f.kind === 'event' && f.ref === about)

export type LinkRecording = Readonly<{ recording: CaseRecording; facts: readonly Fact[] }>

/** A recording that is stored becomes part of the case; linking it twice to the same step changes nothing. */
export const linkRecording = (state: CaseState, c: LinkRecording, ctx: CaseContext): Decided =>
  onUnarchivedCase(state, (s) => {
    const can = canTakeRecording(s, ctx.actor)
    if (can !== true) return deny(can)
    if (findStep(evaluateCase(s, ctx), c.recording.step) === undefined) return unknownStep(c.recording.step)
    const { recordingId } = c.recording
    // What was said of the recording itself is about nothing else.
    if (c.facts.some(({ ref, about }) => ref === recordingId && about !== recordingId && !isNoted(s, about)))
      return nothingShown
    const earlier = s.recordings.find((r) => r.recordingId === c.recording.recordingId)
    if (earlier?.step === c.recording.step) return []
    if (earlier !== undefined) return alreadyLinked
    const linked: CaseEvent = {
      type: 'RecordingLinked',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: c.recording, internal: { facts: [...c.facts] } },
    }
    return unlessForbidden(s, [linked], ctx)
  })

/**
 * A linked recording was labelled, checked or explained; anybody who may do that to the recording may let the case know.
 * It tells what is true of the bytes already, so no rule can refuse it: duties and findings say what follows.
 */
export const noteRecording = (
  state: CaseState,
  c: { recordingId: string; what: string; facts: readonly Fact[] },
  ctx: CaseContext,
): Decided =>
  onUnarchivedCase(state, (s) => {
    if (!s.recordings.some((r) => r.recordingId === c.recordingId)) return []
    const noted: CaseEvent = {
      type: 'RecordingNoted',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { recordingId: c.recordingId, what: c.what }, internal: { facts: [...c.facts] } },
    }
    return [noted]
  })

export const assembleFile = (
  state: CaseState,
  items: readonly CaseFileItem[],
  ctx: CaseContext,
  reason?: string,
): Decided =>
  onOpenFile(state, (s) => {
    const can = canAssembleFile(s, ctx.actor)
    if (can !== true) return deny(can)
    if (items.length === 0) return refuse('incomplete', '案卷里还没有材料', '请先办结案件')
    const assembled: CaseEvent = {
      type: 'CaseFileAssembled',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { items: [...items] } },
    }
    return underLaw(s, [assembled], reason, ctx)
  })

/** After archiving nothing that the file rests on changes; the case can still be disclosed and exported. */
export const archiveCase = (
  state: CaseState,
  c: CaseEventOf<'CaseArchived'>['data']['public'],
  reason: string | undefined,
  ctx: CaseContext,
): Decided =>
  onUnarchivedCase(state, (s) => {
    const can = canArchiveCase(ctx.actor)
    if (can !== true) return deny(can)
    if (s.file === undefined) return notAssembled
    const archived: CaseEvent = {
      type: 'CaseArchived',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: c },
    }
    return underLaw(s, [archived], reason, ctx)
  })

export const publishDisclosure = (
  state: CaseState,
  c: CaseEventOf<'DisclosurePublished'>['data']['public'],
  ctx: CaseContext,
  reason?: string,
): Decided => {
  if (state.kind === 'none') return notOpen
  const can = canPublishDisclosure(ctx.actor)
  if (can !== true) return deny(can)
  if (state.register) return isRegister
  if (state.disclosure !== undefined) return alreadyPublished
  const published: CaseEvent = {
    type: 'DisclosurePublished',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: { public: c },
  }
  return underLaw(state, [published], reason, ctx)
}

const withdrawalProblem = (s: OpenCase, since: Instant | undefined, ctx: CaseContext): Decided => {
  if (s.disclosure === undefined) return notPublished
  if (since === undefined) return []
  if (Date.parse(since) > Date.parse(ctx.now))
    return refuseTime('决定被变更、撤销的时间晚于现在', '请核对时间')
  return Date.parse(since) < Date.parse(s.receivedAt)
    ? refuseTime('决定被变更、撤销的时间早于本案线索', '请核对时间')
    : []
}

/** pen-48: a decision that was overturned is taken back, and the public is told why. It may be published anew. */
export const withdrawDisclosure = (
  state: CaseState,
  c: { reason: string; since?: Instant },
  ctx: CaseContext,
): Decided => {
  if (state.kind === 'none') return notOpen
  const can = canPublishDisclosure(ctx.actor)
  if (can !== true) return deny(can)
  const problem = withdrawalProblem(state, c.since, ctx)
  if ('refused' in problem || state.disclosure === undefined) return problem
  const { disclosureId, documentId } = state.disclosure
  const withdrawn: CaseEvent = {
    type: 'DisclosureWithdrawn',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: { public: { disclosureId, documentId, ...c } },
  }
  return underLaw(state, [withdrawn], c.reason, ctx)
}

/** Logged before the package is made, with the head of every stream in it: an omission shows. */
export const exportPackage = (
  state: CaseState,
  c: CaseEventOf<'PackageExported'>['data']['public'] & CaseEventOf<'PackageExported'>['data']['internal'],
  ctx: CaseContext,
): Decided => {
  if (state.kind === 'none') return notOpen
  const can = canExportPackage(state, ctx.actor, c.audience)
  if (can !== true) return deny(can)
  if (state.register) return isRegister
  const { recipient, purpose, enclosed, ...statement } = c
  const exported: CaseEvent = {
    type: 'PackageExported',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: { public: statement, internal: { recipient, purpose, ...(enclosed && { enclosed }) } },
  }
  return underLaw(state, [exported], purpose, ctx)
}
