/** Runs one after the other, however often it is asked for: each begins when the one before it has ended, well or not. */
export function inTurn<T>(): (run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const next = last.then(run, run)
    last = next
    return next
  }
}
