import { randomUUID } from 'node:crypto'
import type { StoresEvent } from '@liuhen/domain/stores/events'
import { isRefusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'

type Told = {
  [E in StoresEvent as E['type']]: Readonly<{ type: E['type']; data: E['data'] }>
}[StoresEvent['type']]

/** One stream of the stores for each agency: its id follows from the agency's. */
export const storesStream = (agencyId: string): string => derivedId('stores', agencyId)

/** Writes an event into the stream of one agency. `once` names what it is about, so that telling it again has no effect. */
export const tellAgency = async (
  store: Store,
  agencyId: string,
  event: Told,
  once?: string,
): Promise<void> => {
  const outcome = await execute<undefined, StoresEvent>(store, {
    commandId: once === undefined ? randomUUID() : derivedId(event.type, once, agencyId),
    agencyId,
    actor: systemActor(agencyId),
    streamType: 'stores',
    streamId: storesStream(agencyId),
    initial: undefined,
    evolve: () => undefined,
    decide: (_state, { now }) => [{ ...event, schemaVersion: 1, occurredAt: now } as StoresEvent],
  })
  if (isRefusal(outcome)) throw new Error(`an event of the stores was refused: ${outcome.code}`)
}
