import type { CaseEvent } from '@liuhen/domain/case/events'
import { noteFact } from '@liuhen/domain/case/noting'
import { evolveCase } from '@liuhen/domain/case/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { caseContext } from '../case-stream/case-context.ts'
import type { OpenedCase } from '../case-stream/open-case.ts'
import type { StreamAppend } from '../event-store/append.ts'
import type { Tx } from '../postgres/transaction.ts'

/** What the law calls the three acts of a disposal. */
export type Act = 'disposal-requested' | 'disposal-approved' | 'disposal-carried-out'

/** `item`: id of the recording or of the case; `about`: what the case's law calls it. */
export type About = Readonly<{ item: string; about: string; caseId: string }>
export type Told = Readonly<{
  appends: readonly StreamAppend[]
  /** What the law says against single items. */
  refused: ReadonlyMap<string, Refusal>
}>

type Telling = Readonly<{ tx: Tx; actor: Actor; act: Act; number: string }>

/** Each case is told of its own recordings and of its file, and with that the law is asked; one item that it refuses stops no other. */
export const tellCases = async (
  { tx, actor, act, number }: Telling,
  cases: ReadonlyMap<string, OpenedCase>,
  items: readonly About[],
): Promise<Told> => {
  const appends: StreamAppend[] = []
  const refused = new Map<string, Refusal>()
  for (const [caseId, opened] of cases) {
    const { now, law, folded } = opened
    const ctx = await caseContext({ tx, now, actor, law })
    let { state } = opened
    const events: CaseEvent[] = []
    for (const { item, about } of items.filter((i) => i.caseId === caseId)) {
      const asked = { name: act, at: now, about, data: {}, reason: `销毁批次 ${number}` }
      const decided = noteFact(state, asked, ctx)
      if (isRefusal(decided)) {
        refused.set(item, decided)
        continue
      }
      events.push(...decided)
      for (const e of decided) {
        const next = evolveCase(state, e, actor)
        if (next.kind === 'open') state = next
      }
    }
    if (events.length > 0)
      appends.push({ streamType: 'case', streamId: caseId, expectedVersion: folded.version, events })
  }
  return { appends, refused }
}
