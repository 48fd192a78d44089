/** Each calls itself by the names of others, too: the first that fits is its own. */
const NAMES: readonly (readonly [string, RegExp])[] = [
  ['Edge', /Edg(A|iOS)?\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
]

/** Which browser it is, for people who tell one from another in a list. */
export const browserOf = (userAgent: string): string | undefined =>
  NAMES.find(([, sign]) => sign.test(userAgent))?.[0]
