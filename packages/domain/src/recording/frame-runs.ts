import { z } from 'zod'

/** Frames that are evenly apart: the first at `at`, then every `every` seconds, `count` of them. */
export const FrameRun = z.object({ at: z.number(), every: z.number().min(0), count: z.int().min(1) })
export type FrameRun = z.infer<typeof FrameRun>

/** Times are written to the millisecond by some formats: so much they may differ from evenness. */
const SLACK = 0.0015
const round = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/** Frame times in order, written short: an even film of an hour is one run. */
export const frameRuns = (times: readonly number[]): FrameRun[] => {
  const runs: { at: number; every: number; count: number }[] = []
  for (const at of times) {
    const run = runs.at(-1)
    if (run === undefined) runs.push({ at, every: 0, count: 1 })
    else if (run.count === 1) Object.assign(run, { every: round(at - run.at), count: 2 })
    else if (Math.abs(run.at + run.every * run.count - at) <= SLACK) run.count += 1
    else runs.push({ at, every: 0, count: 1 })
  }
  return runs
}

const last = (run: FrameRun): number => run.at + run.every * (run.count - 1)
const near = 1e-4

/** When the frame after the one that is shown at `now` begins; undefined at the end. */
export const frameAfter = (runs: readonly FrameRun[], now: number): number | undefined => {
  for (const run of runs) {
    if (run.at > now + near) return round(run.at)
    if (last(run) <= now + near || run.every === 0) continue
    return round(run.at + run.every * (Math.floor((now - run.at + near) / run.every) + 1))
  }
  return undefined
}

/** When the frame that is shown at `now` began. */
const frameAt = (runs: readonly FrameRun[], now: number): number | undefined => {
  const run = runs.findLast((r) => r.at <= now + near)
  if (run === undefined) return undefined
  if (run.every === 0) return round(run.at)
  return round(run.at + run.every * Math.min(run.count - 1, Math.floor((now - run.at + near) / run.every)))
}

/** When the frame before the one that is shown at `now` begins; undefined at the beginning. */
export const frameBefore = (runs: readonly FrameRun[], now: number): number | undefined => {
  const own = frameAt(runs, now)
  return own === undefined ? undefined : frameAt(runs, own - near * 3)
}
