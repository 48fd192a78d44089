import type { Citation, Reason } from '@liuhen/law/evaluation'
import type { Rank } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import type { OpenCase } from './state.ts'

export type Can = true | readonly Reason[]

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

const has = (actor: Actor, roles: readonly Role[]): boolean => actor.roles.some((r) => roles.includes(r))

export const isHandler = (s: OpenCase, actor: Actor): boolean =>
  s.handlers.some((h) => h.personId === actor.personId)

/** Who may open the case. Administrators of system, security and audit see no case content. */
export const canReadCase = (s: OpenCase, actor: Actor, registeredBy: string): Can => {
  if (has(actor, READS_ALL) || isHandler(s, actor)) return true
  if (actor.userId === registeredBy) return true
  if (has(actor, ['officer']) && s.handlers.length === 0) return true
  return no('您不是本案承办人，也不担任可以查看本案的岗位', '请向承办机构负责人申请')
}

/** Who may carry the case on: its handlers; before any is assigned, an officer or the head of the unit. */
export const canHandleCase = (s: OpenCase, actor: Actor): Can => {
  if (isHandler(s, actor)) return true
  if (s.handlers.length === 0 && has(actor, ['officer', 'intake-clerk', 'unit-head'])) return true
  return no('您不是本案承办人', '请由本案承办人办理，或由承办机构负责人改派')
}

/** The step's own roles, e.g. legal review by a legal reviewer; an officer's step is for the case's handlers. */
export const canCarryOutStep = (s: OpenCase, actor: Actor, by: readonly string[]): Can => {
  const mine = actor.roles.filter((r) => by.includes(r))
  if (mine.length === 0) return no('本环节不由您的岗位办理', `请由有权岗位办理：${by.join('、')}`)
  if (mine.every((r) => r === 'officer')) return canHandleCase(s, actor)
  return true
}

/** Ranks that an actor's roles carry. */
const RANK_ROLES: Readonly<Record<Exclude<Rank, 'handler' | 'collective'>, Role>> = {
  'unit-head': 'unit-head',
  'deputy-head': 'deputy-head',
  'agency-head': 'agency-head',
}

export const holdsRank = (s: OpenCase, actor: Actor, rank: Rank): boolean => {
  switch (rank) {
    case 'handler':
      return isHandler(s, actor)
    case 'collective':
      return actor.roles.includes('agency-head')
    case 'unit-head':
    case 'deputy-head':
    case 'agency-head':
      return actor.roles.includes(RANK_ROLES[rank])
  }
}

export const RANK_NAMES: Readonly<Record<Rank, string>> = {
  handler: '承办人',
  'unit-head': '承办机构负责人',
  'deputy-head': '分管负责人',
  'agency-head': '机关负责人',
  collective: '集体讨论',
}
