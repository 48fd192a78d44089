/** The query of an address as people read and type it: every value is a text, nothing is quoted. */
export const plainSearch = {
  parse: (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search)),
  /** What is not set, or empty, is left out. */
  stringify(search: Readonly<Record<string, unknown>>): string {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(search))
      if (
        typeof value === 'number' ||
        typeof value === 'boolean' ||
        (typeof value === 'string' && value !== '')
      )
        query.set(key, `${value}`)
    return query.size > 0 ? `?${query}` : ''
  },
} as const
