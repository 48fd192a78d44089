import type { Recorder } from '@liuhen/domain/document/stamps'
import { chinaDay } from '../time/china.ts'

/** No recorder runs longer on one charge; what began before belongs to another day. */
const LONGEST_MS = 12 * 3_600_000

/** Whether a recording that began then may be running now. */
export const isRunning = ({ beganMs }: Pick<Recorder, 'beganMs'>, nowMs: number): boolean =>
  nowMs >= beganMs && nowMs - beganMs < LONGEST_MS

/** By how many seconds a clock is ahead that shows this now; undefined when it is no time of day. Around midnight the nearest counts. */
export function aheadOf(shown: string, nowMs: number): number | undefined {
  const found = /^\s*(\d{1,2})[:\uff1a](\d{2})[:\uff1a](\d{2})\s*$/.exec(shown)
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59 || Number(found[3]) > 59) return undefined
  const [, hour = '', minute = '', second = ''] = found
  const at = Date.parse(`${chinaDay(nowMs)}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`)
  const apart = Math.round((at - nowMs) / 1000)
  if (apart > 43_200) return apart - 86_400
  return apart < -43_200 ? apart + 86_400 : apart
}
