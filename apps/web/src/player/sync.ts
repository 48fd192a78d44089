/** A camera on the common timeline: milliseconds of true time. */
export type Track = Readonly<{ id: string; fromMs: number; toMs: number }>

type Clocked = Readonly<{
  id: string
  from: string
  to: string
  clockOffsetMs?: number | undefined
}>

/** Device times minus what the device's clock was ahead. Where nobody compared it, it is taken at its word. */
export const trackOf = ({ id, from, to, clockOffsetMs = 0 }: Clocked): Track => ({
  id,
  fromMs: Date.parse(from) - clockOffsetMs,
  toMs: Date.parse(to) - clockOffsetMs,
})

export const spanOf = (tracks: readonly Track[]): Readonly<{ fromMs: number; toMs: number }> => ({
  fromMs: Math.min(...tracks.map((t) => t.fromMs)),
  toMs: Math.max(...tracks.map((t) => t.toMs)),
})

/** Second of a film at a moment; undefined while the camera did not run. */
export const secondAt = (track: Track, atMs: number, seconds: number): number | undefined => {
  const at = (atMs - track.fromMs) / 1000
  return at < 0 || at > seconds ? undefined : at
}

const LEAP_SECONDS = 0.35
const EXACT_SECONDS = 0.02
const PULL = 0.08

/** How to bring a film that stands at `at` to where it should be: leap, or run a little faster or slower. */
export const correction = (
  at: number,
  target: number,
  speed: number,
): Readonly<{ leapTo: number } | { rate: number }> => {
  const behind = target - at
  if (Math.abs(behind) > LEAP_SECONDS * Math.max(1, speed)) return { leapTo: target }
  if (Math.abs(behind) < EXACT_SECONDS) return { rate: speed }
  return { rate: speed * (1 + Math.sign(behind) * PULL) }
}

/** How far apart the films are at this moment, in milliseconds of true time. */
export const spreadMs = (stands: readonly Readonly<{ track: Track; at: number }>[]): number => {
  const moments = stands.map(({ track, at }) => track.fromMs + at * 1000)
  return moments.length < 2 ? 0 : Math.max(...moments) - Math.min(...moments)
}

/** Cameras that ran at the same time as this one, itself first; four at the most. */
export const besideOf = <C extends Clocked>(cameras: readonly C[], id: string): readonly C[] => {
  const own = cameras.find((c) => c.id === id)
  if (own === undefined) return []
  const { fromMs, toMs } = trackOf(own)
  const others = cameras.filter((c) => {
    const other = trackOf(c)
    return c.id !== id && other.fromMs < toMs && fromMs < other.toMs
  })
  return [own, ...others].slice(0, 4)
}
