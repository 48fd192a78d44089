import type { Access } from '@liuhen/api/route'
import * as file from '@liuhen/api/routes/case-file'
import * as cases from '@liuhen/api/routes/cases'
import { type Permission, told } from '@liuhen/api/schema/evaluation'
import type { Can } from '@liuhen/domain/case/can'
import { type CaseCan, caseCan, stepCan } from '@liuhen/domain/case/case-can'
import { evaluateCase } from '@liuhen/domain/case/gate'
import type { Actor } from '@liuhen/domain/event'
import type { OpenedCase } from '../case-stream/open-case.ts'

/** Who may call the command's route at all; a command that is not named here may be called by anybody signed in. */
const ACCESS: Readonly<Partial<Record<keyof CaseCan, Access>>> = {
  nameParty: cases.nameParty.access,
  assignHandlers: cases.assignHandlers.access,
  flagCase: cases.flagCase.access,
  excuseDuty: cases.excuseDuty.access,
  assembleFile: file.assembleFile.access,
  archiveCase: file.archiveCase.access,
  publishDisclosure: file.publishDisclosure.access,
  withdrawDisclosure: file.withdrawDisclosure.access,
  exportWhole: file.exportPackage.access,
  exportParty: file.exportPackage.access,
}

const wrongRole: Can = [
  {
    code: 'wrong-role',
    effect: 'refuse',
    message: '您的岗位不能办理这一事项',
    todo: '请由有相应岗位的人员办理',
    citations: [],
  },
]

const isLetIn = (access: Access | undefined, actor: Actor): boolean =>
  typeof access !== 'object' || actor.roles.some((role) => access.includes(role))

/** What the one who asks may do with the case now, and why not, command by command and step by step. */
export const permissionsOf = (c: OpenedCase, actor: Actor) => {
  const can = caseCan(c.state, actor)
  const of = (command: keyof CaseCan): Permission =>
    told(can[command] === true && !isLetIn(ACCESS[command], actor) ? wrongRole : can[command])
  const { steps } = evaluateCase(c.state, { law: c.law, now: c.now })
  return {
    nameParty: of('nameParty'),
    noteFact: of('noteFact'),
    serveDocument: of('serveDocument'),
    assignHandlers: of('assignHandlers'),
    flagCase: of('flagCase'),
    excuseDuty: of('excuseDuty'),
    linkRecording: of('linkRecording'),
    assembleFile: of('assembleFile'),
    archiveCase: of('archiveCase'),
    publishDisclosure: of('publishDisclosure'),
    withdrawDisclosure: of('withdrawDisclosure'),
    exportWhole: of('exportWhole'),
    exportParty: of('exportParty'),
    steps: Object.fromEntries(steps.map((view) => [view.id, told(stepCan(c.state, actor, view, c.law))])),
  }
}
