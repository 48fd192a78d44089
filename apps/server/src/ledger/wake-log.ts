import type { Pool } from 'pg'

/**
 * Tells the sequencer that leaves are waiting, at most every 50 ms and outside the writers' transactions: a NOTIFY inside
 * them would make all commits of the database wait for one another.
 */
export const createWake = (pool: Pool): (() => void) => {
  let planned = false
  return () => {
    if (planned) return
    planned = true
    setTimeout(() => {
      planned = false
      // Nobody hears it: the sequencer looks by itself every 200 ms.
      pool.query('NOTIFY log_pending').catch(() => undefined)
    }, 50).unref()
  }
}
