import type { AgencyEvent } from '@liuhen/domain/agency/events'
import { type AgencyState, evolveAgency, initialAgency } from '@liuhen/domain/agency/state'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import { type Decision, isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import { readStream } from '../event-store/read-stream.ts'
import type { Job, Store } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

/** Events of an agency stream were written by the agency's own decide. */
const own = (event: RecordedEvent) => event as RecordedEvent & AgencyEvent

export type AgencyCommand = Readonly<{ commandId: string; actor: Actor; what: string }>

export type AgencyDone = Readonly<{ version: number; id?: string }>

/** A command on the agency of the one who acts; answers with the id of the proposal that it is about. */
export const actOnAgency = async (
  store: Store,
  c: AgencyCommand,
  decide: (
    state: AgencyState,
    at: Readonly<{ now: string; tx: Tx }>,
  ) => Decision<AgencyEvent> | Promise<Decision<AgencyEvent>>,
  jobs: (events: readonly AgencyEvent[]) => readonly Job[] = () => [],
): Promise<AgencyDone | Refusal> => {
  let version = 0
  const outcome = await execute<AgencyState, AgencyEvent>(store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'agency',
    streamId: c.actor.agencyId,
    what: c.what,
    initial: initialAgency,
    evolve: (s, e) => evolveAgency(s, e, e.actor),
    decide: (state, at) => {
      version = at.version
      return decide(state, at)
    },
    jobs,
    result: (events) => {
      const [about] = events.flatMap((e) => ('proposalId' in e.data.public ? [e.data.public.proposalId] : []))
      return { version: version + events.length, ...(about === undefined ? {} : { id: about }) }
    },
  })
  return isRefusal(outcome) ? outcome : (outcome.result as AgencyDone)
}

export const readAgency = async (store: Pick<Store, 'pool'>, agencyId: string): Promise<AgencyState> =>
  (await readStream(store, agencyId, agencyId)).reduce(
    (s, e) => evolveAgency(s, own(e), e.actor),
    initialAgency,
  )
