import type { Reporter } from 'vitest/node'

/** What a test left running holds the run open for ever; that is a failure too, and is told within this time. */
const PATIENCE_MS = 180_000

const endInTime = (): void => {
  setTimeout(() => {
    console.error('FAIL: the tests ended, but something that one of them started still runs')
    process.exit(1)
  }, PATIENCE_MS).unref()
}

let isWatching = false

/** Closes a run with one plain line that any machine can read. */
export const counter: Reporter = {
  onInit: ({ config }) => {
    isWatching = config.watch
  },
  onTestRunEnd: (modules) => {
    const states = modules.flatMap((m) => [...m.children.allTests()].map((t) => t.result().state))
    const count = (state: string): number => states.filter((s) => s === state).length
    const skipped = count('skipped')
    console.log(
      `\n${count('passed')} passed, ${count('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
    )
    if (!isWatching) endInTime()
  },
}
