import {
  labelRecording,
  linkRecording,
  markRecordingPoints,
  reportInterruption,
} from '@liuhen/api/routes/recordings'
import { call } from '../../api/client.ts'
import { isWhole } from '../../recording/labels-for.ts'
import { keepTake, takesNow } from '../takes.ts'
import type { Take, Told } from '../take.ts'

/** Codes that are the app's own and no text's. */
const OWN = new Set(['moment', 'opening-stated', 'interruption-explained'])

const pointsOf = ({ marks }: Take) => {
  const first = new Map<string, number>()
  for (const { code, atSeconds } of marks) if (!OWN.has(code) && !first.has(code)) first.set(code, atSeconds)
  return [...first].map(([code, atSeconds]) => ({ code, atSeconds }))
}

/** Settled: it went on, or somebody was told that it would not. */
const isSettled = ({ break: b, isUnexplained }: Take): boolean =>
  b !== undefined && isUnexplained !== true && (b.to !== undefined || b.abandoned !== undefined)

/** What is told about a run once its bytes are in the store; each once. */
const STEPS: readonly Readonly<{
  what: Told
  do: (take: Take, id: string) => Promise<unknown> | undefined
}>[] = [
  {
    what: 'link',
    do: ({ work }, id) => {
      if (work === undefined) return undefined
      const { caseId, step, scene } = work
      return call(linkRecording, { params: { id }, body: { caseId, step, scene } })
    },
  },
  {
    what: 'label',
    do: ({ work }, id) =>
      work && isWhole(work.labels) ? call(labelRecording, { params: { id }, body: work.labels }) : undefined,
  },
  {
    what: 'points',
    do: (take, id) => {
      const points = pointsOf(take)
      return points.length === 0 ? undefined : call(markRecordingPoints, { params: { id }, body: { points } })
    },
  },
  {
    what: 'break',
    do: (take, id) =>
      take.break && isSettled(take)
        ? call(reportInterruption, { params: { id }, body: take.break })
        : undefined,
  },
]

/** A refusal of the law does not hold the bytes back: it is shown, and the desk has the same to do. */
export const tell = async (chain: string): Promise<void> => {
  for (const step of STEPS) {
    const take = takesNow().find((one) => one.chain === chain)
    if (take?.recordingId === undefined || take.told.includes(step.what)) continue
    const going = step.do(take, take.recordingId)
    if (going === undefined) continue
    await going
    const now = takesNow().find((one) => one.chain === chain) ?? take
    await keepTake({ ...now, told: [...now.told, step.what] })
  }
}
