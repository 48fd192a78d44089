import { canKeepRegisters, READS_ALL } from '@liuhen/domain/case/can'
import type { Actor } from '@liuhen/domain/event'

export type Filter = Readonly<{ sql: string; values: readonly unknown[] }>

/** `canReadCase` as a condition on `app.case_row c`, with its parameters numbered from `first`. A test holds the two equal. */
export const visibleTo = (actor: Actor, first: number): Filter => {
  if (actor.roles.some((r) => READS_ALL.includes(r))) return { sql: 'true', values: [] }
  const own = `c.registered_by = $${first} OR $${first + 1} = ANY (c.handler_ids)`
  const keeps = canKeepRegisters(actor) === true ? ' OR c.register' : ''
  return {
    sql: `${own}${actor.roles.includes('officer') ? " OR c.handler_ids = '{}'" : ''}${keeps}`,
    values: [actor.userId, actor.personId ?? ''],
  }
}

const REGISTERS = 'SELECT case_id FROM app.case_row WHERE agency_id = $1 AND register'

/**
 * Ids of the cases of somebody who does not read all, found by index; `visibleTo` still decides on each. `mine` is what
 * one handles, `agency` what one may read; a register is everybody's who keeps it, in both.
 */
export const idsOf = (actor: Actor, scope: 'mine' | 'agency', first: number): Filter => {
  const handled = `SELECT case_id FROM app.case_handler WHERE person_id = $${first}`
  const kept = canKeepRegisters(actor) === true ? [REGISTERS] : []
  if (scope === 'mine') return { sql: [handled, ...kept].join(' UNION '), values: [actor.personId ?? ''] }
  const registered = `SELECT case_id FROM app.case_row WHERE registered_by = $${first + 1}`
  const unassigned = `SELECT case_id FROM app.case_row WHERE agency_id = $1 AND handler_ids = '{}'`
  return {
    sql: [handled, registered, ...(actor.roles.includes('officer') ? [unassigned] : []), ...kept].join(
      ' UNION ',
    ),
    values: [actor.personId ?? '', actor.userId],
  }
}
