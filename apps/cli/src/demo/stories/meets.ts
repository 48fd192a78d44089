import { refusalOf } from '../play.ts'

/** The system refuses, for this reason among others, and names articles. Answers their clauses. */
export const refusedFor = async (
  code: string,
  attempt: () => Promise<unknown>,
): Promise<readonly string[]> => {
  const { codes, cites } = await refusalOf(attempt)
  if (!codes.includes(code)) throw new Error(`refused for ${codes.join('、')}, not for ${code}`)
  if (cites.length === 0) throw new Error(`${code} names no article`)
  return cites
}
