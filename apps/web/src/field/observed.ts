import { useSyncExternalStore } from 'react'

/** A value outside of the page's tree, which the camera and the network change and pages show. */
export type Observed<T> = Readonly<{
  get: () => T
  set: (value: T) => void
  subscribe: (changed: () => void) => () => void
}>

export const observed = <T>(first: T): Observed<T> => {
  let value = first
  const watching = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const changed of watching) changed()
    },
    subscribe: (changed) => {
      watching.add(changed)
      return () => watching.delete(changed)
    },
  }
}

export const useObserved = <T>({ get, subscribe }: Observed<T>): T => useSyncExternalStore(subscribe, get)
