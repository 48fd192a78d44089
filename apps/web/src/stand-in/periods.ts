import type { ResponseOf } from '@liuhen/api/route'
import type { listStandIns, StandInView } from '@liuhen/api/routes/stand-ins'

type Items = ResponseOf<typeof listStandIns>['items']
type Asked = Readonly<{
  personId?: string | undefined
  delegateId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}>

export const isOpen = (one: StandInView): boolean => one.state === 'running' || one.state === 'coming'

/** Periods, coming or running, in which somebody decides in this person's place, the first one first. */
export const takenFor = (items: Items, personId: string | undefined): Items =>
  items.filter((one) => one.personId === personId && isOpen(one)).toReversed()

/**
 * The period that stands in the way of what is asked: of the head who is away (`overlap`), or of the delegate, who is away
 * on one of these days, too (`awayToo`). Days are yyyy-MM-dd and both count.
 */
export const inTheWay = (
  items: Items,
  { personId, delegateId, from, to }: Asked,
): Readonly<{ why: 'overlap' | 'awayToo'; one: StandInView }> | undefined => {
  if (from === undefined || to === undefined) return undefined
  const meets = (one: StandInView): boolean => one.from <= to && from <= one.to
  const own = takenFor(items, personId).find(meets)
  if (own !== undefined) return { why: 'overlap', one: own }
  const away = takenFor(items, delegateId).find(meets)
  return away === undefined ? undefined : { why: 'awayToo', one: away }
}
