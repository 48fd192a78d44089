import type { Field } from '@liuhen/law/document-definition'
import { Instant } from '@liuhen/law/fact'
import { chinaClock } from './china-time.ts'
import type { FormData } from './form-data.ts'

type Dialogue = Extract<Field, { kind: 'dialogue' }>

/** What ran beside a written record: its beginning in true time, and by how much its clock was ahead of that. */
export type Recorder = Readonly<{ device?: string; beganMs: number; aheadMs: number }>

/** The recorder that the form tells of; nothing as long as it does not say when that began. */
export function recorderOf({ stamped }: Dialogue, data: FormData): Recorder | undefined {
  if (stamped === undefined) return undefined
  const startAt = Instant.safeParse(data[stamped.startAt])
  if (!startAt.success) return undefined
  const ahead = data[stamped.ahead]
  const aheadMs = typeof ahead === 'number' ? ahead * 1000 : 0
  const device = data[stamped.device]
  return {
    beganMs: Date.parse(startAt.data) - aheadMs,
    aheadMs,
    ...(typeof device === 'string' && device !== '' ? { device } : {}),
  }
}

/** Second of a recording in which a line was begun; negative before the recording. */
export const secondOf = (at: Instant, recorder: Pick<Recorder, 'beganMs'>): number =>
  (Date.parse(at) - recorder.beganMs) / 1000

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')

/** 00:03:25 into the recording; the time of day where none is known, or none had begun yet. */
export function spokenAt(at: Instant, recorder: Pick<Recorder, 'beganMs'> | undefined): string {
  const second = recorder === undefined ? -1 : secondOf(at, recorder)
  return second < 0 ? chinaClock(at) : `${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`
}
