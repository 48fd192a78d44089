import type { StepView } from '@liuhen/law/evaluation'
import type { Actor } from '../event.ts'
import type { Refusal } from '../refusal.ts'
import {
  type Can,
  canArchiveCase,
  canAssembleFile,
  canAssignHandlers,
  canCarryOutStep,
  canExportPackage,
  canHandleCase,
  canPublishDisclosure,
  canSteerCase,
  canTakeRecording,
} from './can.ts'
import { isClosed, isStepClosed } from './closed.ts'
import type { CaseLaw } from './context.ts'
import { isRegister } from './open.ts'
import { isGone } from './shredded.ts'
import { alreadyPublished, notAssembled, nothingToExport, notPublished } from './record.ts'
import type { OpenCase } from './state.ts'

/** The right first, then the state of the case: in the order and the words in which the decisions refuse. */
const unless = (can: Can, ...hindrances: readonly (Refusal | false)[]): Can => {
  if (can !== true) return can
  const found = hindrances.find((h) => h !== false)
  return found === undefined ? true : found.reasons
}

const hasIssued = (s: OpenCase): boolean => Object.values(s.documents).some((d) => d.pdf !== undefined)

/** What this person may do with the case now, and why not, by command. What the law says of a step stands in its view. */
export const caseCan = (s: OpenCase, actor: Actor) => {
  const gone = s.shredded !== undefined && isGone
  const archived = gone || (s.archive !== undefined && isClosed)
  const register = s.register === true && isRegister
  const handle = unless(canHandleCase(s, actor), archived)
  return {
    nameParty: unless(canHandleCase(s, actor), archived, register),
    noteFact: handle,
    serveDocument: handle,
    assignHandlers: unless(canAssignHandlers(s, actor), archived, register),
    flagCase: unless(canSteerCase(s, actor), archived),
    excuseDuty: unless(canSteerCase(s, actor), gone),
    linkRecording: unless(canTakeRecording(s, actor), archived),
    assembleFile: unless(canAssembleFile(s, actor), archived, register),
    archiveCase: unless(canArchiveCase(actor), archived, register, s.file === undefined && notAssembled),
    publishDisclosure: unless(
      canPublishDisclosure(actor),
      gone,
      register,
      s.disclosure !== undefined && alreadyPublished,
    ),
    withdrawDisclosure: unless(canPublishDisclosure(actor), gone, s.disclosure === undefined && notPublished),
    exportWhole: unless(canExportPackage(s, actor, 'whole'), register, !hasIssued(s) && nothingToExport),
    exportParty: unless(canExportPackage(s, actor, 'party'), register, !hasIssued(s) && nothingToExport),
  } satisfies Record<string, Can>
}
export type CaseCan = ReturnType<typeof caseCan>

/** Whether this person carries out the step, in a case that still takes it. */
export const stepCan = (s: OpenCase, actor: Actor, view: StepView, law: Pick<CaseLaw, 'document'>): Can =>
  unless(
    canCarryOutStep(s, actor, view.by),
    s.shredded !== undefined && isGone,
    isStepClosed(s, view, law) && isClosed,
  )
