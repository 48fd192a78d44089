import { useEffect, useMemo } from 'react'
import { beginViewing, reportWatched } from '@liuhen/api/routes/playback'
import type { Purpose } from '@liuhen/domain/recording/viewing'
import { call } from '../api/client.ts'
import { movedTo, NOTHING_PLAYED, playedTo, reportOf } from './played.ts'

export type Viewing = Readonly<{
  /** The player plays and stands here. */
  playedTo(seconds: number): void
  /** Somebody went there. */
  movedTo(seconds: number): void
  /** Tells the server what was played since the last time. */
  report(): void
}>

const EVERY_MS = 15_000

const openViewing = (recordingId: string, purpose: Purpose): Viewing => {
  const begun = call(beginViewing, { params: { id: recordingId }, body: { purpose } }).then(
    ({ id }) => id,
    () => undefined,
  )
  let played = NOTHING_PLAYED
  let part = 0
  const send = async (): Promise<void> => {
    const ranges = reportOf(played)
    if (ranges.length === 0) return
    played = { ...NOTHING_PLAYED, at: played.at }
    const body = { part, ranges }
    part += 1
    const id = await begun
    // Also when the page goes away; what cannot be told then is lost, and the opening is on record all the same.
    if (id !== undefined)
      await call(reportWatched, { params: { id }, body }, { keepalive: true }).catch(() => undefined)
  }
  return {
    playedTo: (seconds) => {
      played = playedTo(played, seconds)
    },
    movedTo: (seconds) => {
      played = movedTo(played, seconds)
    },
    report: () => void send(),
  }
}

/** A viewing of this recording for this purpose, reported on its way, on leaving and when the page is hidden. */
export function useViewing(recordingId: string, purpose: Purpose): Viewing {
  const viewing = useMemo(() => openViewing(recordingId, purpose), [recordingId, purpose])
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') viewing.report()
    }
    const timer = setInterval(viewing.report, EVERY_MS)
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', viewing.report)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('pagehide', viewing.report)
      viewing.report()
    }
  }, [viewing])
  return viewing
}
