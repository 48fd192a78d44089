import type { Reporter } from 'vitest/node'

/** Closes a run with one plain line that any machine can read. */
export const counter: Reporter = {
  onTestRunEnd: (modules) => {
    const states = modules.flatMap((m) => [...m.children.allTests()].map((t) => t.result().state))
    const count = (state: string): number => states.filter((s) => s === state).length
    const skipped = count('skipped')
    console.log(
      `\n${count('passed')} passed, ${count('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
    )
  },
}
