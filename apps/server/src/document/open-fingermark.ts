import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { fingermarkPng } from '../pdf/fingermark.ts'
import { withAgency } from '../postgres/transaction.ts'

type Wanted = Readonly<{ caseId: string; documentId: string; n: number }>

/** The print beside a signature, for whoever may read the paper on which it is printed. */
export const openFingermark = (deps: CaseDeps, actor: Actor, wanted: Wanted): Promise<Uint8Array | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, wanted.caseId)
    if (isRefusal(c)) return c
    const print = c.state.documents[wanted.documentId]?.signatures[wanted.n]?.fingermark
    return print === undefined
      ? refuse('not-found', '这个签名没有捺印，或者个人信息已经依法销毁。', '请从文书中重新打开。')
      : fingermarkPng(print)
  })
