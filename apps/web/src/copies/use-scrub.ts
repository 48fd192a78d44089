import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { moveTo } from '../player/move.ts'

/** Plays and goes to any moment, and says where it is to the frame. */
export function useScrub(media: RefObject<HTMLVideoElement | null>, at: number, length: number) {
  const [now, setNow] = useState(at)
  const [playing, setPlaying] = useState(false)
  const begun = useRef(false)
  useEffect(() => {
    if (!playing) return undefined
    const look = (): void => {
      setNow(media.current?.currentTime ?? 0)
      frame = requestAnimationFrame(look)
    }
    let frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [playing, media])
  const seek = (seconds: number): void => {
    const to = Math.max(0, Math.min(seconds, length))
    if (media.current) moveTo(media.current, to)
    setNow(to)
  }
  return {
    now,
    playing,
    seek,
    toggle: () => {
      const element = media.current
      if (element) void (element.paused ? element.play().catch(() => undefined) : element.pause())
    },
    events: {
      onLoadedMetadata: () => {
        if (begun.current) return
        begun.current = true
        seek(at)
      },
      onPlay: () => setPlaying(true),
      onPause: () => {
        setPlaying(false)
        setNow(media.current?.currentTime ?? 0)
      },
    },
  }
}
export type Scrub = ReturnType<typeof useScrub>
