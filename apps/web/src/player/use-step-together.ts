import { useEffect, useRef, useState } from 'react'
import { correction, secondAt, spanOf, spreadMs } from './sync.ts'
import type { Track } from './sync.ts'

export type Film = Readonly<{ track: Track; element: HTMLVideoElement }>

const SHOWN_EVERY_MS = 120
const READY = 2

const runs = ({ track, element }: Film, atMs: number): number | undefined =>
  secondAt(track, atMs, Number.isFinite(element.duration) ? element.duration : 0)

/** A film that should run but has no picture yet holds up the others: they wait for each other. */
const isWaiting = (film: Film, atMs: number): boolean =>
  runs(film, atMs) !== undefined && film.element.readyState < READY

/** Brings one film to a moment: leaps when it stands still or is far off, else runs a little faster or slower. */
const bring = (film: Film, atMs: number, speed: number, playing: boolean): void => {
  const { element } = film
  const target = runs(film, atMs)
  if (target === undefined || !playing) element.pause()
  if (target === undefined) return
  if (!playing) {
    if (Math.abs(element.currentTime - target) > 0.001) element.currentTime = target
    return
  }
  const next = correction(element.currentTime, target, speed)
  if ('leapTo' in next) element.currentTime = next.leapTo
  else element.playbackRate = next.rate
  if (element.paused) void element.play().catch(() => undefined)
}

/** Several films on one clock of true time. */
export function useStepTogether(tracks: readonly Track[], start: number | undefined) {
  const span = spanOf(tracks)
  const films = useRef(new Map<string, Film>())
  const [atMs, setAtMs] = useState(start ?? span.fromMs)
  const [spread, setSpread] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const clock = useRef(atMs)
  useEffect(() => {
    if (!playing) return undefined
    const held = films.current
    let last = performance.now()
    let shown = 0
    const look = (time: number): void => {
      const all = [...held.values()]
      const passed = Math.min(250, time - last)
      last = time
      if (!all.some((film) => isWaiting(film, clock.current))) clock.current += passed * speed
      for (const film of all) bring(film, clock.current, speed, true)
      if (clock.current >= span.toMs) setPlaying(false)
      if (time - shown >= SHOWN_EVERY_MS) {
        shown = time
        setAtMs(clock.current)
        const running = all.filter((film) => runs(film, clock.current) !== undefined)
        setSpread(spreadMs(running.map(({ track, element }) => ({ track, at: element.currentTime }))))
      }
      frame = requestAnimationFrame(look)
    }
    let frame = requestAnimationFrame(look)
    return () => {
      cancelAnimationFrame(frame)
      for (const film of held.values()) bring(film, clock.current, 1, false)
      setAtMs(clock.current)
    }
  }, [playing, speed, span.toMs])
  const seek = (to: number): void => {
    clock.current = Math.max(span.fromMs, Math.min(span.toMs, to))
    setAtMs(clock.current)
    for (const film of films.current.values()) bring(film, clock.current, speed, playing)
  }
  return {
    span,
    atMs,
    spread,
    playing,
    speed,
    seek,
    setSpeed,
    toggle: () => setPlaying((old) => !old),
    /** A film that is there; undefined when it goes. */
    hold: (id: string, film: Film | undefined) => {
      if (film === undefined) films.current.delete(id)
      else {
        films.current.set(id, film)
        bring(film, clock.current, 1, false)
      }
    },
  }
}
export type StepTogether = ReturnType<typeof useStepTogether>
