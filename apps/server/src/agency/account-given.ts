import type { AccountGiven } from '@liuhen/domain/agency/settings'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import type { PersonEvent } from '@liuhen/domain/person/events'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

const isPersonEvent = (e: RecordedEvent): e is RecordedEvent & PersonEvent => e.streamType === 'person'

const howGiven = (e: PersonEvent): AccountGiven['how'] | undefined => {
  if (e.type === 'PasswordReset') return 'reset'
  if (e.type === 'AccountOpened') return 'opened'
  return e.type === 'PersonRegistered' && e.data.internal.login !== undefined ? 'opened' : undefined
}

/** Who has held the password of a person, by the events of that person. */
export const givenIn = (events: readonly RecordedEvent[]): readonly AccountGiven[] =>
  events.flatMap((e) => {
    const how = isPersonEvent(e) ? howGiven(e) : undefined
    return how === undefined ? [] : [{ by: e.actor.userId, at: e.occurredAt, how }]
  })

/** Who has held the password of the one who acts, as the record tells. */
export const accountGivenTo = async (
  tx: Tx,
  { personId }: Pick<Actor, 'personId'>,
): Promise<readonly AccountGiven[]> =>
  personId === undefined ? [] : givenIn(await readStreamIn(tx, personId))
