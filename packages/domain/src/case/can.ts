import type { Citation, Reason } from '@liuhen/law/evaluation'
import type { Rank } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { HEADS } from '../person/stand-in.ts'
import type { OpenCase } from './state.ts'
import { ROLE_NAMES, wordFor } from './words.ts'

export type Can = true | readonly Reason[]

/** All that is asked of the case and of the one who acts, so that a screen can ask the same beforehand. */
export type Handled = Pick<OpenCase, 'handlers' | 'register'>
export type Who = Readonly<{ personId?: Actor['personId']; roles: readonly Role[] }>

const no = (message: string, todo: string, citations: readonly Citation[] = []): Can => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations },
]

/** Roles that read every case of their agency. */
export const READS_ALL: readonly Role[] = [
  'unit-head',
  'deputy-head',
  'agency-head',
  'legal-reviewer',
  'av-custodian',
  'archivist',
  'publisher',
  'supervisor',
]

/** Posts that keep the registers of their agency: all but the administrators of system, security and audit. */
export const KEEPS_REGISTERS: readonly Role[] = [...READS_ALL, 'officer', 'intake-clerk']

const has = (actor: Pick<Who, 'roles'>, roles: readonly Role[]): boolean =>
  actor.roles.some((r) => roles.includes(r))

export const isHandler = (s: Handled, actor: Who): boolean =>
  s.handlers.some((h) => h.personId === actor.personId)

/** Who may open the case. Administrators of system, security and audit see no case content. */
export const canReadCase = (s: OpenCase, actor: Actor, registeredBy: string): Can => {
  if (has(actor, READS_ALL) || isHandler(s, actor)) return true
  if (s.register && has(actor, KEEPS_REGISTERS)) return true
  if (actor.userId === registeredBy) return true
  if (has(actor, ['officer']) && s.handlers.length === 0) return true
  return no('您不是本案承办人，也不担任可以查看本案的岗位', '请向承办机构负责人申请')
}

export const canKeepRegisters = (actor: Pick<Who, 'roles'>): Can =>
  has(actor, KEEPS_REGISTERS) || no('管理员不登记台账', '请由执法、审核、档案等业务岗位登记')

/** Who may carry the case on: its handlers; before any is assigned, an officer or the head of the unit. */
export const canHandleCase = (s: Handled, actor: Who): Can => {
  if (s.register) return canKeepRegisters(actor)
  if (isHandler(s, actor)) return true
  if (s.handlers.length === 0 && has(actor, ['officer', 'intake-clerk', 'unit-head'])) return true
  return no('您不是本案承办人', '请由本案承办人办理，或由承办机构负责人改派')
}

const mayAlso = (handles: Can, actor: Who, roles: readonly Role[]): Can =>
  handles === true || has(actor, roles) ? true : handles

/** Flags and reasons for a duty not met: the handlers, and those who answer for them. A register has no handlers: its heads. */
export const canSteerCase = (s: Handled, actor: Who): Can => {
  if (!s.register) return mayAlso(canHandleCase(s, actor), actor, ['unit-head', 'agency-head'])
  return has(actor, HEADS) || no('台账的标记和未按期办理的原因由负责人登记', '请由承办机构或者机关负责人办理')
}

/** Officers name themselves while nobody is named; afterwards handlers and the head of the unit reassign. */
export const canAssignHandlers = (s: Handled, actor: Who): Can =>
  mayAlso(canHandleCase(s, actor), actor, ['unit-head'])

/** One signs for oneself; the pad for others is held by those who handle the case or who wrote the paper. */
export const canHoldPad = (
  s: OpenCase,
  actor: Actor,
  doc: Readonly<{ submittedBy: Readonly<{ personId: string }> }> | undefined,
  signer: string | undefined,
): Can => {
  const own = actor.personId !== undefined && actor.personId === signer
  const wrote = actor.personId !== undefined && actor.personId === doc?.submittedBy.personId
  return own || wrote ? true : canHandleCase(s, actor)
}

/** Recordings come into a case by its handlers or by the custodian who received them. */
export const canTakeRecording = (s: Handled, actor: Who): Can =>
  mayAlso(canHandleCase(s, actor), actor, ['av-custodian'])

/** The file is put together by the handlers or by the archivist. */
export const canAssembleFile = (s: Handled, actor: Who): Can =>
  mayAlso(canHandleCase(s, actor), actor, ['archivist'])

export const canArchiveCase = (actor: Who): Can =>
  has(actor, ['archivist']) || no('只有档案管理员可以归档', '请由档案管理员办理归档')

export const canPublishDisclosure = (actor: Who): Can =>
  has(actor, ['publisher']) || no('只有公示发布员可以公示', '请由公示发布员办理')

/**
 * A package takes papers and recordings out of the house. The whole one holds the sub volume and everybody's particulars:
 * archivist and head of the agency only. The party's one may also be made by the handlers and their head.
 */
export const canExportPackage = (s: Handled, actor: Who, audience: 'whole' | 'party'): Can => {
  if (has(actor, ['archivist', 'agency-head'])) return true
  if (audience === 'party' && (isHandler(s, actor) || has(actor, ['unit-head']))) return true
  return audience === 'whole'
    ? no('整卷案卷包含有副卷和个人信息，不由您的岗位导出', '请由档案管理员或者机关负责人办理')
    : no('您不是本案承办人，不能导出当事人案卷包', '请由本案承办人、档案管理员或者负责人办理')
}

/** The step's own roles, e.g. legal review by a legal reviewer; an officer's step is for the case's handlers. */
export const canCarryOutStep = (s: Handled, actor: Who, by: readonly string[]): Can => {
  const mine = actor.roles.filter((r) => by.includes(r))
  if (mine.length === 0)
    return no(
      '本环节不由您的岗位办理',
      `请由有权岗位办理：${by.map((r) => wordFor(ROLE_NAMES, r)).join('、')}`,
    )
  if (mine.every((r) => r === 'officer')) return canHandleCase(s, actor)
  return true
}

/** Ranks that a role carries by itself. A handler's rank comes with the case; the head reports what was deliberated. */
const RANKS_OF_ROLE: Readonly<Partial<Record<Role, readonly Rank[]>>> = {
  'unit-head': ['unit-head'],
  'deputy-head': ['deputy-head'],
  'agency-head': ['agency-head', 'collective'],
}

export const ranksOf = (actor: Actor): readonly Rank[] =>
  actor.roles.flatMap((role) => RANKS_OF_ROLE[role] ?? [])

export const holdsRank = (s: OpenCase, actor: Actor, rank: Rank): boolean =>
  rank === 'handler' ? isHandler(s, actor) : ranksOf(actor).includes(rank)
