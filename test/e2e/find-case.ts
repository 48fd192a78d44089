import { listCases } from '@liuhen/api/routes/cases'
import { sessionOf } from './visit.ts'

/** The demonstration's finished case: who can be signed in can find it. */
export const findCase = async (): Promise<string> => {
  const officer = await sessionOf('officer')
  const { items } = await officer.call(listCases, { query: { status: 'archived' } })
  const found = items[0]
  if (found === undefined) throw new Error('the demonstration has no archived case')
  return found.id
}
