/** Runs work in turn; undefined where too many wait already. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T | undefined>

/** At most so many at once, and so many more that wait: what is heavy is done one after the other instead of all at once. */
export const turns = ({ atOnce, waiting }: Readonly<{ atOnce: number; waiting: number }>): Turns => {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) return undefined
      // Whoever ends hands its place over, so that nobody comes between.
      await new Promise<void>((next) => queue.push(next))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
