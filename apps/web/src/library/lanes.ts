import type { LibraryRow } from '@liuhen/api/routes/library'

export type LaneBy = 'device' | 'officer' | 'case'
export type Bar = Readonly<{
  row: LibraryRow
  fromMs: number
  toMs: number
  /** Bars of one lane that overlap stand below each other. */
  level: number
  /** Its true time lies within this much on either side; absent: nobody compared its clock. */
  slackMs?: number
}>
/** Time that is missing inside one recording that the device has cut. */
export type Hole = Readonly<{ fromMs: number; toMs: number }>
export type LaneOf = Readonly<{
  key: string
  name: string
  bars: readonly Bar[]
  levels: number
  holes: readonly Hole[]
}>

/** A photo has no length; it is drawn as long as somebody needs to see it. */
const MOMENT_MS = 20_000
/** Recorders need so long from one file to the next. */
const CUT_MS = 2_000

/** True time: what the device said, less what its clock was ahead. */
const barOf = (row: LibraryRow): Omit<Bar, 'level'> => {
  const ahead = row.clock?.offsetMs ?? 0
  const fromMs = Date.parse(row.madeFrom) - ahead
  const toMs = Math.max(Date.parse(row.madeTo) - ahead, fromMs + MOMENT_MS)
  return { row, fromMs, toMs, ...(row.clock && { slackMs: row.clock.uncertaintyMs ?? 0 }) }
}

const levelled = (bars: readonly Omit<Bar, 'level'>[]): readonly Bar[] => {
  const ends: number[] = []
  return bars.map((bar) => {
    const free = ends.findIndex((end) => end <= bar.fromMs)
    const level = free < 0 ? ends.length : free
    ends[level] = bar.toMs
    return { ...bar, level }
  })
}

const holesIn = (bars: readonly Bar[]): readonly Hole[] =>
  bars.flatMap((bar): readonly Hole[] => {
    const { session, deviceId } = bar.row
    if (session === undefined) return []
    const next = bars.find(
      ({ row }) =>
        row.deviceId === deviceId &&
        row.session?.id === session.id &&
        row.session.segment > session.segment &&
        !bars.some(
          (b) =>
            b.row.session?.id === session.id &&
            b.row.deviceId === deviceId &&
            b.row.session.segment > session.segment &&
            b.row.session.segment < (row.session?.segment ?? 0),
        ),
    )
    return next !== undefined && next.fromMs - bar.toMs > CUT_MS
      ? [{ fromMs: bar.toMs, toMs: next.fromMs }]
      : []
  })

type Named = Readonly<{ key: string; name: string }>

const placeIn = (row: LibraryRow, by: LaneBy, loose: string): Named => {
  if (by === 'device') return { key: row.deviceId, name: row.deviceId }
  if (by === 'officer') return { key: row.officerId, name: row.officerName }
  if (row.caseId === undefined) return { key: '', name: loose }
  return { key: row.caseId, name: row.caseNo ?? row.caseId }
}

/** Recordings as lanes along the time, in the order of their names; `loose` names what is in no case. */
export const lanesOf = (rows: readonly LibraryRow[], by: LaneBy, loose: string): readonly LaneOf[] => {
  const lanes = new Map<string, { name: string; bars: Omit<Bar, 'level'>[] }>()
  for (const row of rows) {
    const { key, name } = placeIn(row, by, loose)
    const lane = lanes.get(key) ?? { name, bars: [] }
    lane.bars.push(barOf(row))
    lanes.set(key, lane)
  }
  return [...lanes]
    .map(([key, { name, bars: unsorted }]) => {
      const bars = levelled(unsorted.toSorted((a, b) => a.fromMs - b.fromMs))
      const levels = Math.max(1, ...bars.map((b) => b.level + 1))
      return { key, name, bars, levels, holes: holesIn(bars) }
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
}

/** What part of a lane's time nothing covers is seen by the eye; this is how much it is covered, for the ear. */
export const coveredMs = (bars: readonly Bar[], fromMs: number, toMs: number): number => {
  let [covered, end] = [0, fromMs]
  for (const bar of bars.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const begin = Math.max(end, bar.fromMs)
    const stop = Math.min(toMs, bar.toMs)
    if (stop > begin) covered += stop - begin
    end = Math.max(end, stop)
  }
  return covered
}
