export type Turns = Readonly<{
  /** Resolves when this many bytes may be held, in the order of asking; `end` gives them back. */
  take: (bytes: number, cut: () => void) => Promise<Readonly<{ end: () => void }>>
}>

type Waiting = Readonly<{ bytes: number; go: () => void }>

/**
 * How many bytes of bodies are in memory at once, whoever sends: the others are not read meanwhile, and their senders
 * wait. One that keeps its turn for `patienceMs` while others wait is cut off: it goes on later from its last chunk.
 */
export const createTurns = (capacityBytes: number, patienceMs: number): Turns => {
  const waiting: Waiting[] = []
  let free = capacityBytes

  const admit = (): void => {
    for (let first = waiting[0]; first && first.bytes <= free; first = waiting[0]) {
      waiting.shift()
      free -= first.bytes
      first.go()
    }
  }

  const hold = (bytes: number, cut: () => void) => {
    const watch = setInterval(() => {
      if (waiting.length > 0) cut()
    }, patienceMs)
    watch.unref()
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      clearInterval(watch)
      free += bytes
      admit()
    }
    return { end }
  }

  return {
    take: (asked, cut) => {
      const bytes = Math.min(asked, capacityBytes)
      return new Promise((resolve) => {
        waiting.push({ bytes, go: () => resolve(hold(bytes, cut)) })
        admit()
      })
    },
  }
}
