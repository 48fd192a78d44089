import type { Instant } from '@liuhen/law/fact'
import { deny, refuse } from '../refusal.ts'
import { canKeepRegisters } from './can.ts'
import type { CaseContext } from './context.ts'
import type { LawSelection } from './events.ts'
import type { Decided } from './open.ts'
import type { CaseState } from './state.ts'

export type OpenRegister = Readonly<{
  registerNo: string
  procedure: string
  law: LawSelection
  openedAt: Instant
  title: string
}>

/**
 * A register (台账) is a stream like a case, under a procedure of kind `register`: its entries are facts, its rules are the
 * same rules. It is never closed.
 */
export const openRegister = (state: CaseState, c: OpenRegister, ctx: CaseContext): Decided => {
  if (state.kind === 'open') return refuse('duplicate', '这本台账已经开立', '请打开它登记')
  const can = canKeepRegisters(ctx.actor)
  if (can !== true) return deny(can)
  const { title, ...rest } = c
  return [
    {
      type: 'RegisterOpened',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: rest, internal: { title } },
    },
  ]
}
