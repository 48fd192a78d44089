import { useEffect, useMemo } from 'react'
import { beginViewing, reportWatched } from '@liuhen/api/routes/playback'
import type { Purpose } from '@liuhen/domain/recording/viewing'
import { call } from '../api/client.ts'
import { newId } from '../api/new-id.ts'
import { asProblem } from '../api/problem.ts'
import { keepViewing } from './open-viewings.ts'
import { openOutbox } from './outbox.ts'
import { movedTo, NOTHING_PLAYED, playedTo, reportOf } from './played.ts'

export type Viewing = Readonly<{
  /** The player plays and stands here. */
  playedTo(seconds: number): void
  /** Somebody went there. */
  movedTo(seconds: number): void
  /** Tells the server what was played since the last time. */
  report(): void
  /** The same, and waits until the server has it. */
  tell(): Promise<void>
}>

const EVERY_MS = 15_000

/** Not for want of a connection, of a session or of time. */
const isRefused = (error: unknown): boolean => {
  const { status } = asProblem(error)
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status)
}

const openViewing = (recordingId: string, purpose: Purpose, derivativeId?: string): Viewing => {
  // The same key again is the same viewing.
  const key = newId()
  const outbox = openOutbox({
    begin: async () => {
      const body = { purpose, ...(derivativeId !== undefined && { derivativeId }) }
      return (await call(beginViewing, { params: { id: recordingId }, body }, { key })).id
    },
    tell: (id, { part, ranges }) =>
      call(reportWatched, { params: { id }, body: { part, ranges: [...ranges] } }, { keepalive: true }),
    refused: isRefused,
  })
  void outbox.open()
  let played = NOTHING_PLAYED
  /** Also when the page goes away: what cannot be told then is lost, and the opening is on record all the same. */
  const send = (): Promise<void> => {
    const ranges = reportOf(played)
    played = { ...NOTHING_PLAYED, at: played.at }
    return outbox.send(ranges)
  }
  return {
    playedTo: (seconds) => {
      played = playedTo(played, seconds)
    },
    movedTo: (seconds) => {
      played = movedTo(played, seconds)
    },
    report: () => void send(),
    tell: send,
  }
}

/** A viewing of this recording, or of a copy of it, for this purpose, reported on its way, on leaving and when the page is hidden. */
export function useViewing(recordingId: string, purpose: Purpose, derivativeId?: string): Viewing {
  const viewing = useMemo(
    () => openViewing(recordingId, purpose, derivativeId),
    [recordingId, purpose, derivativeId],
  )
  useEffect(() => keepViewing(viewing.tell), [viewing])
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
