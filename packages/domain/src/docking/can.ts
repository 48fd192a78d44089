import type { Reason } from '@liuhen/law/evaluation'
import type { Actor, Role } from '../event.ts'

export type Verdict = true | readonly Reason[]

export const DOCKS: readonly Role[] = ['officer', 'av-custodian']
/** Those who answer for all recordings. */
export const SEES_ALL_DOCKINGS: readonly Role[] = ['av-custodian', 'unit-head', 'agency-head', 'supervisor']
export const SEES_DOCKINGS: readonly Role[] = ['officer', ...SEES_ALL_DOCKINGS]

const no = (message: string, todo: string): readonly Reason[] => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations: [] },
]
const has = (actor: Actor, roles: readonly Role[]) => actor.roles.some((r) => roles.includes(r))

/** An officer docks what the officer took out; what others made is set aside then. A custodian docks for everybody. */
export const canDock = (actor: Actor): Verdict =>
  has(actor, DOCKS) ||
  no('只有执法人员和音像管理员可以在采集站导入设备中的文件。', '请由执法人员或者音像管理员登录采集站。')

/** Whoever put the card in goes on with it, at any station; a custodian with every card. */
export const canWorkOn = (begunBy: string, actor: Actor): Verdict => {
  const can = canDock(actor)
  if (can !== true) return can
  return (
    actor.userId === begunBy ||
    has(actor, ['av-custodian']) ||
    no('这次采集由别人开始。', '请由开始采集的人或者音像管理员继续。')
  )
}

/** Names of files tell who was where and when: an officer sees the own dockings. */
export const canSeeDocking = (begunBy: string, actor: Actor): Verdict =>
  (has(actor, ['officer']) && actor.userId === begunBy) ||
  has(actor, SEES_ALL_DOCKINGS) ||
  no('这次采集由别人开始。', '请向音像管理员查询。')

/** What was set aside is looked at by the custodian alone; so is the emptying of a device. */
export const canSettleDocking = (actor: Actor): Verdict =>
  has(actor, ['av-custodian']) || no('待认领的文件和设备清空由音像管理员办理。', '请联系本机关的音像管理员。')
