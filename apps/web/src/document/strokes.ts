export type Point = Readonly<{ x: number; y: number; t: number; p: number }>
export type Stroke = readonly Point[]

type PadPoint = Readonly<{ x: number; y: number; pressure: number; time: number }>

const tenth = (n: number): number => Math.round(n * 10) / 10

/** The pen's strokes as they are recorded: places in pixels of the pad, milliseconds since the pen first touched it, pressure from 0 to 1. */
export function strokesOf(groups: readonly Readonly<{ points: readonly PadPoint[] }>[]): readonly Stroke[] {
  const start = groups[0]?.points[0]?.time ?? 0
  return groups.map(({ points }) =>
    points.map(({ x, y, time, pressure }) => ({
      x: tenth(x),
      y: tenth(y),
      t: Math.round(time - start),
      p: Math.round(pressure * 100) / 100,
    })),
  )
}
