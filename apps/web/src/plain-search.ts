/** The query of an address as people read and type it: every value is a text, nothing is quoted. */
export const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search))

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '')

/** What is not set, or empty, is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (isPlain(value)) query.set(key, `${value}`)
  return query.size > 0 ? `?${query}` : ''
}
