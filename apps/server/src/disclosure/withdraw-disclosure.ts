import { withdrawDisclosure as decideWithdrawal } from '@liuhen/domain/case/record'
import { maskText } from '@liuhen/domain/disclosure/mask'
import { knownOf } from '@liuhen/domain/disclosure/summary'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { actOnCase, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'

export type Withdrawal = Readonly<{ reason: string; since?: Instant | undefined }>

/** Takes a published summary off the public site and leaves the reason there, masked like the summary was (pen-48). */
export const withdrawDisclosure = (
  deps: CaseDeps,
  c: CaseCommand,
  { reason, since }: Withdrawal,
): Promise<CaseDone | Refusal> =>
  actOnCase(deps, c, ({ state, ctx }) => {
    const { party, informant } = state
    const told = party === undefined ? reason : maskText(reason, knownOf(party, informant))
    return decideWithdrawal(state, present({ reason: told, since }), ctx)
  })
