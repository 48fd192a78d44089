import { setTimeout as pause } from 'node:timers/promises'

export type Limit = (bytes: number) => Promise<void>
type Time = Readonly<{ nowMs: () => number; wait: (ms: number) => Promise<unknown> }>

const realTime: Time = { nowMs: () => performance.now(), wait: (ms) => pause(ms) }

/** So many bytes a second for all that share it. Whoever comes waits until those before are paid for. */
export const limitTo = (bytesPerSecond: number | undefined, time: Time = realTime): Limit => {
  if (bytesPerSecond === undefined) return () => Promise.resolve()
  let freeAt = time.nowMs()
  return async (bytes) => {
    const begin = Math.max(freeAt, time.nowMs())
    freeAt = begin + (bytes / bytesPerSecond) * 1000
    const ahead = begin - time.nowMs()
    if (ahead > 0) await time.wait(ahead)
  }
}

/** At most `count` at once of all that share it, in the order in which they came. */
export const atMost = (count: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let free = count
  const waiting: (() => void)[] = []
  const enter = (): Promise<void> =>
    new Promise((go) => {
      if (free === 0) waiting.push(go)
      else {
        free -= 1
        go()
      }
    })
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
