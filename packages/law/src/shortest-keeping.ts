import type { Unit } from './schema/limit.ts'
import type { Pack } from './schema/pack.ts'

export type ShortestKeeping = Readonly<{ days: number; title: string; clause: string }>

/** Counted low: whatever is locked for longer is locked past some day on which it could be disposed of. */
const DAYS: Readonly<Record<Unit, number>> = { hour: 0, day: 1, workday: 1, month: 28, year: 365 }

/** The shortest period after which a text lets any recording or file go; absent where none gives a number. */
export const shortestKeeping = (packs: readonly Pack[]): ShortestKeeping | undefined =>
  packs
    .flatMap(({ title, params: { retention } }) =>
      [retention?.caseFile, retention?.avDefault, retention?.patrolAV].flatMap((limit) => {
        const days = limit?.unit ? DAYS[limit.unit] : 0
        if (typeof limit?.value !== 'number' || days === 0) return []
        return [{ days: limit.value * days, title, clause: limit.clause }]
      }),
    )
    .toSorted((a, b) => a.days - b.days)[0]
