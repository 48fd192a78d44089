import { canExportPackage } from '@liuhen/domain/case/can'
import { isGone } from '@liuhen/domain/case/shredded'
import type { Actor } from '@liuhen/domain/event'
import { deny, isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { findPackage, isFileInBatch, restartPackage } from './package-rows.ts'
import { queuePackage } from './queue-package.ts'

type Done = Readonly<{ version: number; id: string }>

/** Has a package that failed made again: the export is in the record already, so nothing is exported anew. */
export const remakePackage = (
  deps: CaseDeps,
  actor: Actor,
  caseId: string,
  packageId: string,
): Promise<Done | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    // An export moves the version at which a file is let go; this moves none. Asked first: afterwards it is shredded.
    const isInBatch = await isFileInBatch(tx, caseId)
    const opened = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(opened)) return opened
    const row = await findPackage(tx, packageId)
    if (row?.caseId !== caseId) return refuse('not-found', '没有找到这个案卷包', '请从案件中重新打开')
    const can = canExportPackage(opened.state, actor, row.plan.audience)
    if (can !== true) return deny(can)
    if (row.state === 'destroyed' || opened.state.shredded !== undefined) return isGone
    if (row.state === 'ready') return refuse('wrong-state', '案卷包已经制成', '请直接下载')
    if (isInBatch)
      return refuse('wrong-state', '案卷已列入销毁批次，不能重新制作案卷包', '确有需要的，请重新导出')
    if (await restartPackage(tx, packageId))
      await queuePackage(tx, { agencyId: actor.agencyId, caseId, packageId })
    return { version: opened.folded.version, id: packageId }
  })
