/** A file of one device, as it was registered. Times are the device's. */
export type SequenceFile = Readonly<{
  id: string
  fileName: string
  fromMs: number
  toMs: number
  session?: Readonly<{ id: string; segment: number }> | undefined
}>

/** What is wrong between two files that follow each other; `otherId` is the neighbour. */
export type SequenceFinding = Readonly<
  | { kind: 'missing'; otherId: string; from: number; to: number }
  | { kind: 'gap'; otherId: string; seconds: number }
  | { kind: 'overlap'; otherId: string; seconds: number }
>

/** Closing one file and opening the next takes a recorder less than this. */
export const SEGMENT_GAP_SECONDS = 2

type Numbered = Readonly<{ series: string; number: number }>

/** The device's own count: by session, else by a counter at the end of the name. A name that is a time counts nothing. */
const numberOf = (f: SequenceFile): Numbered | undefined => {
  if (f.session) return { series: `session ${f.session.id}`, number: f.session.segment }
  const [, prefix = '', digits = ''] = /^(.*?\D)(\d{3,6})\.[A-Za-z0-9]+$/.exec(f.fileName) ?? []
  return digits === '' || /\d{8}/.test(prefix)
    ? undefined
    : { series: `${prefix} ${digits.length}`, number: Number(digits) }
}

const missingBetween = (a: SequenceFile, b: SequenceFile): SequenceFinding[] => {
  const [one, two] = [numberOf(a), numberOf(b)]
  if (one === undefined || two === undefined || one.series !== two.series) return []
  return two.number - one.number > 1
    ? [{ kind: 'missing', otherId: b.id, from: one.number + 1, to: two.number - 1 }]
    : []
}

const timeBetween = (a: SequenceFile, b: SequenceFile): SequenceFinding[] => {
  const seconds = Math.round((b.fromMs - a.toMs) / 1000)
  // One device records one film at a time: its clock was set back, or a file is not its own.
  if (seconds < -SEGMENT_GAP_SECONDS) return [{ kind: 'overlap', otherId: b.id, seconds: -seconds }]
  const sameSession = a.session !== undefined && a.session.id === b.session?.id
  return sameSession && seconds > SEGMENT_GAP_SECONDS ? [{ kind: 'gap', otherId: b.id, seconds }] : []
}

const between = (a: SequenceFile, b: SequenceFile): SequenceFinding[] => [
  ...missingBetween(a, b),
  ...timeBetween(a, b),
]

const turned = (findings: readonly SequenceFinding[], otherId: string): SequenceFinding[] =>
  findings.map((f) => ({ ...f, otherId }))

/** What is wrong between a file and those before and behind it on the same device. */
export const sequenceOf = (id: string, files: readonly SequenceFile[]): readonly SequenceFinding[] => {
  const inOrder = files.toSorted(
    (a, b) => a.fromMs - b.fromMs || (a.session?.segment ?? 0) - (b.session?.segment ?? 0),
  )
  const at = inOrder.findIndex((f) => f.id === id)
  const [before, own, after] = [inOrder[at - 1], inOrder[at], inOrder[at + 1]]
  if (own === undefined) return []
  return [...(before ? turned(between(before, own), before.id) : []), ...(after ? between(own, after) : [])]
}
