import { READS_ALL } from '@liuhen/domain/case/can'
import type { Actor } from '@liuhen/domain/event'

export type Filter = Readonly<{ sql: string; values: readonly unknown[] }>

/** `canReadCase` as a condition on `app.case_row c`, with its parameters numbered from `first`. A test holds the two equal. */
export const visibleTo = (actor: Actor, first: number): Filter => {
  if (actor.roles.some((r) => READS_ALL.includes(r))) return { sql: 'true', values: [] }
  const own = `c.registered_by = $${first} OR c.handler_ids @> ARRAY[$${first + 1}]`
  return {
    sql: actor.roles.includes('officer') ? `${own} OR c.handler_ids = '{}'` : own,
    values: [actor.userId, actor.personId ?? ''],
  }
}
