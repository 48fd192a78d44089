import { archiveCase as decideArchiving } from '@liuhen/domain/case/record'
import { chinaDate } from '@liuhen/domain/document/china-time'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import { actOnCase, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import { takeNumber } from '../event-store/take-number.ts'
import type { FileDeps } from './file-law.ts'
import { retentionOf } from './retention-of.ts'

/** 归档号: the year and four digits that begin again with each year, without gaps. */
const archiveNoOf = (year: number, seq: number): string => `${year}${String(seq).padStart(4, '0')}`

export const archiveCase = (
  deps: FileDeps,
  c: CaseCommand,
  reason: string | undefined,
): Promise<CaseDone | Refusal> =>
  actOnCase(deps, c, async ({ state, ctx, tx }) => {
    const day = chinaDate(ctx.now)
    const { keptUntil, why } = retentionOf(deps.fileLaw.caseFile, state, ctx)
    const year = Number(day.slice(0, 4))
    // A refusal rolls the transaction back and gives the number back with it.
    const seq = await takeNumber(tx, { agencyId: ctx.actor.agencyId, word: 'archive', year })
    return decideArchiving(state, present({ archiveNo: archiveNoOf(year, seq), keptUntil, why }), reason, ctx)
  })
