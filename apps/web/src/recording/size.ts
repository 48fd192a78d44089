const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** 12.3 MB: what a person reads, never what is computed with. */
export function sizeOf(bytes: number): string {
  let [n, unit] = [bytes, 0]
  while (n >= 1000 && unit < UNITS.length - 1) {
    n /= 1000
    unit += 1
  }
  return `${unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${UNITS[unit]}`
}
