const isObject = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x)

const keysOf = (x: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(x).filter((key) => x[key] !== undefined)

/** Whether two values say the same; the order of keys does not matter, and absent is undefined. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => isSame(one, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = keysOf(a)
  return keys.length === keysOf(b).length && keys.every((key) => isSame(a[key], b[key]))
}

/** Nothing was filled in, whether the field was never touched or emptied again. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
