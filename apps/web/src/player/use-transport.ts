import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { frameAfter, frameBefore } from '@liuhen/domain/recording/frame-runs'
import type { FrameRun } from '@liuhen/domain/recording/frame-runs'
import { loopedTo, nextSpeed, withEnd } from './loop.ts'
import type { Loop } from './loop.ts'
import { moveTo, runAt } from './move.ts'
import type { Viewing } from './use-viewing.ts'

type Options = Readonly<{
  media: RefObject<HTMLVideoElement | null>
  viewing: Viewing
  frames: readonly FrameRun[]
  /** Where no frame is known, so many a second are taken. */
  fps: number | undefined
  /** Seconds, as the check of the file read them. */
  checked: number | undefined
  /** Somebody stopped or went somewhere: the address says where. */
  onRest: (seconds: number) => void
}>

/** A frame's own time belongs to the frame before on some decoders: so much behind it, it surely is this one. */
const INSIDE_SECONDS = 0.001
const SHOWN_EVERY_SECONDS = 0.08
const USUAL_FPS = 25

const hundredth = (seconds: number): number => Math.round(seconds * 100) / 100

/** Plays, steps frame by frame, repeats a stretch, and tells the viewing what was played. */
export function useTransport({ media, viewing, frames, fps, checked, onRest }: Options) {
  const [now, setNow] = useState(0)
  const [own, setOwn] = useState(0)
  // A film of a browser's recorder has no length written in it.
  const length = own || (checked ?? 0)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const [loop, setLoop] = useState<Loop>({})
  useRunning(media, viewing, { playing, loop, onNow: setNow })

  const seek = (seconds: number): void => {
    const element = media.current
    if (!element) return
    const to = Math.max(0, Math.min(seconds, length || seconds))
    viewing.movedTo(to)
    moveTo(element, to)
    setNow(to)
    onRest(hundredth(to))
  }
  const step = (by: 1 | -1): void => {
    const element = media.current
    if (!element) return
    element.pause()
    const at = element.currentTime
    const known = by === 1 ? frameAfter(frames, at) : frameBefore(frames, at)
    if (frames.length > 0 && known === undefined) return
    seek(known === undefined ? at + by / (fps ?? USUAL_FPS) : known + INSIDE_SECONDS)
  }
  const run = (to: number): void => {
    setSpeed(to)
    if (media.current) runAt(media.current, to)
  }
  return {
    now,
    length,
    playing,
    speed,
    loop,
    seek,
    step,
    run,
    faster: (by: 1 | -1) => run(nextSpeed(speed, by)),
    toggle: () => {
      const element = media.current
      if (element) void (element.paused ? element.play().catch(() => undefined) : element.pause())
    },
    setEnd: (end: 'a' | 'b') =>
      setLoop((old) => withEnd(old, end, hundredth(media.current?.currentTime ?? 0))),
    clearLoop: () => setLoop({}),
    /** For the element itself. */
    events: eventsOf(media, viewing, { speed, onRest, setOwn, setPlaying, setNow }),
  }
}
export type Transport = ReturnType<typeof useTransport>

type Running = Readonly<{ playing: boolean; loop: Loop; onNow: (seconds: number) => void }>

/** While it plays: what is played is told, a repeated stretch begins again, and the time is shown now and then. */
function useRunning(media: Options['media'], viewing: Viewing, { playing, loop, onNow }: Running): void {
  const stretch = useRef(loop)
  useEffect(() => {
    stretch.current = loop
  }, [loop])
  useEffect(() => {
    if (!playing) return undefined
    let shown = -1
    const look = (): void => {
      const at = media.current?.currentTime ?? 0
      viewing.playedTo(at)
      const back = loopedTo(stretch.current, at)
      if (back !== undefined && media.current) {
        moveTo(media.current, back)
        viewing.movedTo(back)
      }
      if (Math.abs(at - shown) >= SHOWN_EVERY_SECONDS) {
        shown = at
        onNow(at)
      }
      frame = requestAnimationFrame(look)
    }
    let frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [playing, viewing, media, onNow])
}

type Told = Readonly<{
  speed: number
  onRest: Options['onRest']
  setOwn: (seconds: number) => void
  setPlaying: (on: boolean) => void
  setNow: (seconds: number) => void
}>

/** What the element tells of itself. */
const eventsOf = (
  media: Options['media'],
  viewing: Viewing,
  { speed, onRest, setOwn, setPlaying, setNow }: Told,
) => ({
  onLoadedMetadata: () => {
    const element = media.current
    if (!element) return
    runAt(element, speed)
    setOwn(Number.isFinite(element.duration) ? element.duration : 0)
  },
  // Of such a film the browser learns the length when it has come to its end.
  onDurationChange: () => {
    const found = media.current?.duration ?? 0
    if (Number.isFinite(found)) setOwn(found)
  },
  onPlay: () => {
    viewing.movedTo(media.current?.currentTime ?? 0)
    setPlaying(true)
  },
  onPause: () => {
    const at = media.current?.currentTime ?? 0
    viewing.playedTo(at)
    viewing.report()
    setPlaying(false)
    setNow(at)
    onRest(hundredth(at))
  },
  onSeeked: () => setNow(media.current?.currentTime ?? 0),
})
