import type { Instant } from '@liuhen/law/fact'
import type { Tx } from '../postgres/transaction.ts'

/** What time it is for the record. Throttling, sessions and time-outs use the machine's time, never this. */
export type Clock = Readonly<{
  kind: 'real' | 'simulated'
  now(): Promise<Instant>
}>

export const systemClock: Clock = { kind: 'real', now: () => Promise.resolve(new Date().toISOString()) }

/** A demonstration's clock: the instant that is stored, until somebody moves it forward. */
export const simulatedClock = (database: Tx): Clock => ({
  kind: 'simulated',
  now: async () => {
    const { rows } = await database.query<{ at: string }>({
      name: 'clock',
      text: 'SELECT at FROM app.demonstration_clock',
    })
    const at = rows[0]?.at
    if (at === undefined) throw new Error('a demonstration has a clock')
    return at
  },
})

/** Moves a demonstration forward. False when the instant lies before the present one. */
export const moveClock = async (database: Tx, at: Instant): Promise<boolean> => {
  const moved = await database.query('UPDATE app.demonstration_clock SET at = $1 WHERE at <= $1', [at])
  return moved.rowCount === 1
}
