import type { DisclosureEvent } from '@liuhen/domain/disclosure/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type CaseDeps, openCase } from '../case-stream/open-case.ts'
import { execute } from '../event-store/execute.ts'

type Withdrawal = Readonly<{ commandId: string; actor: Actor; caseId: string; reason: string }>

/** Takes a published summary off the public site, with the reason; it is gone with the transaction (pen-48). */
export const withdrawDisclosure = async (
  deps: CaseDeps,
  c: Withdrawal,
): Promise<Readonly<{ version: number; id: string }> | Refusal> => {
  const found = await openCase(deps, c.actor, c.caseId)
  if (isRefusal(found)) return found
  const disclosureId = found.state.disclosure?.disclosureId
  if (disclosureId === undefined) return refuse('wrong-state', '本案决定没有公示', '无需撤下')
  const { agencyId } = c.actor
  const done = await execute<number, DisclosureEvent>(deps.store, {
    commandId: c.commandId,
    agencyId,
    actor: c.actor,
    streamType: 'disclosure',
    streamId: disclosureId,
    what: 'withdrawDisclosure',
    initial: 0,
    evolve: (n) => n + 1,
    decide: (n, { now }) =>
      n > 0
        ? refuse('wrong-state', '本案公示已经撤下', '无需重复撤下')
        : [
            {
              type: 'DisclosureWithdrawn',
              schemaVersion: 1,
              occurredAt: now,
              data: { public: { disclosureId, caseId: c.caseId, reason: c.reason } },
            },
          ],
  })
  return isRefusal(done) ? done : { version: 1, id: disclosureId }
}
