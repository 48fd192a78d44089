import type { DisposalLimits } from '@liuhen/domain/disposal/events'
import { getAgency } from '../case-stream/agency.ts'
import type { LawLibrary } from '../law/library.ts'
import type { Tx } from '../postgres/transaction.ts'

const GIB = 1024 ** 3
const ofNumbers = (number: (id: string) => number): DisposalLimits => ({
  items: number('disposal-batch-items'),
  bytes: number('disposal-batch-gib') * GIB,
  coolingDays: number('disposal-cooling-days'),
})

/** What holds where the agency has set nothing is written with each setting. */
export const limitsOf = async ({ law }: LawLibrary, tx: Tx, agencyId: string): Promise<DisposalLimits> => {
  const { settings } = await getAgency(tx, agencyId)
  const number = (id: string): number => {
    const value = settings[id] ?? law.settings.get(id)?.default
    if (typeof value !== 'number') throw new Error(`the setting ${id} has no number`)
    return value
  }
  return ofNumbers(number)
}

/** What no agency may go beyond: the shortest cooling, the largest batch. Asked of batches of all times: never tightened. */
export const boundsOf = ({ law }: LawLibrary): DisposalLimits =>
  ofNumbers((id) => {
    const { number } = law.settings.get(id) ?? {}
    if (number === undefined) throw new Error(`the setting ${id} has no number`)
    return id === 'disposal-cooling-days' ? number.min : number.max
  })
