import type { DisposalLimits } from '@liuhen/domain/disposal/events'
import { getAgency } from '../case-stream/agency.ts'
import type { LawLibrary } from '../law/library.ts'
import type { Tx } from '../postgres/transaction.ts'

const GIB = 1024 ** 3

/** What holds where the agency has set nothing is written with each setting. */
export const limitsOf = async ({ law }: LawLibrary, tx: Tx, agencyId: string): Promise<DisposalLimits> => {
  const { settings } = await getAgency(tx, agencyId)
  const number = (id: string): number => {
    const value = settings[id] ?? law.settings.get(id)?.default
    if (typeof value !== 'number') throw new Error(`the setting ${id} has no number`)
    return value
  }
  return {
    items: number('disposal-batch-items'),
    bytes: number('disposal-batch-gib') * GIB,
    coolingDays: number('disposal-cooling-days'),
  }
}
