import type { Reason } from '@liuhen/law/evaluation'
import type { Actor, Role } from '../event.ts'

export type Verdict = true | readonly Reason[]

export const DOCKS: readonly Role[] = ['officer', 'av-custodian']
/** Who sees what lies at the stations: those who dock, and those who answer for it. */
export const SEES_DOCKINGS: readonly Role[] = [...DOCKS, 'unit-head', 'agency-head', 'supervisor']

const no = (message: string, todo: string): readonly Reason[] => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations: [] },
]
const has = (actor: Actor, roles: readonly Role[]) => actor.roles.some((r) => roles.includes(r))

/** An officer docks what the officer took out; what others made is set aside then. A custodian docks for everybody. */
export const canDock = (actor: Actor): Verdict =>
  has(actor, DOCKS) ||
  no('只有执法人员和音像管理员可以在采集站导入设备中的文件。', '请由执法人员或者音像管理员登录采集站。')

/** What was set aside is looked at by the custodian alone; so is the emptying of a device. */
export const canSettleDocking = (actor: Actor): Verdict =>
  has(actor, ['av-custodian']) || no('待认领的文件和设备清空由音像管理员办理。', '请联系本机关的音像管理员。')
