import { expect, it } from 'vitest'
import type { StandInView } from '@liuhen/api/routes/stand-ins'
import { inTheWay, takenFor } from './periods.ts'

const one = (personId: string, from: string, to: string, state: StandInView['state']): StandInView => ({
  id: personId + from,
  personId,
  name: personId,
  delegateId: 'deng',
  delegateName: '邓',
  ranks: [],
  rankNames: [],
  from,
  to,
  reason: '外出',
  namedBy: '某',
  namedAt: '2026-03-01T09:00:00+08:00',
  state,
  canEnd: true,
})
const items = [
  one('zhou', '2026-03-20', '2026-03-25', 'coming'),
  one('zhou', '2026-03-03', '2026-03-10', 'running'),
  one('zhou', '2026-03-12', '2026-03-14', 'ended'),
  one('chen', '2026-03-11', '2026-03-12', 'coming'),
]
const asked = (from: string, to: string) =>
  inTheWay(items, { personId: 'zhou', delegateId: 'chen', from, to })

it('tells the periods of a head that still hold, the first one first', () => {
  expect(takenFor(items, 'zhou').map((i) => i.from)).toEqual(['2026-03-03', '2026-03-20'])
})
it('names what overlaps, by one day already, and that the delegate is away, too', () => {
  expect(asked('2026-03-10', '2026-03-10')).toMatchObject({ why: 'overlap', one: { to: '2026-03-10' } })
  expect(asked('2026-03-12', '2026-03-13')).toMatchObject({ why: 'awayToo', one: { personId: 'chen' } })
  expect(asked('2026-03-13', '2026-03-19')).toBeUndefined()
})
