import type { Layout } from './layout.ts'

/** Where a key leads from an item; undefined when it is none of ours. */
export const moveBy = (key: string, from: number, { columns, total }: Layout): number | undefined => {
  const last = total - 1
  const clamp = (to: number): number => Math.min(last, Math.max(0, to))
  switch (key) {
    case 'ArrowDown':
      return clamp(from + columns)
    case 'ArrowUp':
      return clamp(from - columns)
    case 'ArrowRight':
      return columns > 1 ? clamp(from + 1) : undefined
    case 'ArrowLeft':
      return columns > 1 ? clamp(from - 1) : undefined
    case 'Home':
      return 0
    case 'End':
      return clamp(last)
    default:
      return undefined
  }
}
