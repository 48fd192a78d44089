import { useSyncExternalStore } from 'react'

const watch =
  (query: string) =>
  (changed: () => void): (() => void) => {
    const media = matchMedia(query)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }

/** True when the window is at least this wide. */
export const useWide = (px: number): boolean => {
  const query = `(min-width: ${px}px)`
  return useSyncExternalStore(watch(query), () => matchMedia(query).matches)
}
