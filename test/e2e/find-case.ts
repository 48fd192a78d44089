import { listCases } from '@liuhen/api/routes/cases'
import { sessionOf } from './visit.ts'

/** The demonstration's finished case, or one that is under way: who can be signed in can find it. */
export const findCase = async (status: 'archived' | 'open' = 'archived'): Promise<string> => {
  const officer = await sessionOf('officer')
  const { items } = await officer.call(listCases, { query: { status } })
  const found = items[0]
  if (found === undefined) throw new Error('the demonstration has no such case')
  return found.id
}
