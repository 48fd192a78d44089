import type { CheckResult, Manifest } from './events.ts'

/** Recorders note the beginning or the end, to the minute at the worst. */
const TOLERANCE_SECONDS = 60
/** Many recorders write their local time where the format wants UTC. */
const CHINA_SECONDS = 8 * 3600

const outside = (at: number, from: number, to: number): number => Math.max(from - at, at - to, 0) / 1000

/** A file that says of itself that it was made at another time than it was registered for is marked; it is never refused. */
export const withClock = <C extends CheckResult>(check: C, m: Manifest): C => {
  const { madeAt } = check
  if (madeAt === undefined) return check
  const [from, to] = [Date.parse(m.madeFrom), Date.parse(m.madeTo)]
  const [asSaid, asLocal] = [0, -CHINA_SECONDS * 1000].map((shift) =>
    outside(Date.parse(madeAt) + shift, from, to),
  )
  const seconds = Math.min(asSaid ?? 0, asLocal ?? 0)
  if (seconds <= TOLERANCE_SECONDS) return check
  const words = '文件自身记载的录制时间与登记的时间不一致，请核对设备时钟和登记的起止时间。'
  return {
    ...check,
    note: check.note === undefined ? words : `${check.note}${words}`,
    clockDiffers: { fileSays: madeAt, seconds: Math.round(seconds) },
  }
}
