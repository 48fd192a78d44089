import type { CaseContext } from '@liuhen/domain/case/context'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { CaseFileLaw } from '@liuhen/domain/case-file/order'
import { explainRetention, type Retention } from '@liuhen/domain/case-file/retention'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Fact } from '@liuhen/law/fact'

/** How long this case's file is kept if it is archived now: as the law evaluates it, and not below the national period. */
export function retentionOf(
  fileLaw: CaseFileLaw,
  s: OpenCase,
  ctx: Pick<CaseContext, 'law' | 'now'>,
): Retention {
  const archived: Fact = { kind: 'event', name: 'case-archived', at: ctx.now }
  const { keeping } = ctx.law.evaluate({
    startedAt: s.receivedAt,
    facts: [...s.facts, archived],
    flags: s.flags,
    now: ctx.now,
  })
  const kept = keeping.find((k) => k.item === 'case-file')
  return explainRetention({ from: chinaDate(ctx.now), kept, national: fileLaw.retention })
}
