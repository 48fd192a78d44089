import type { CheckResult, Manifest } from './events.ts'

/** Recorders close a file at a key frame: so much may lie between what they say and what the file holds. */
export const LENGTH_TOLERANCE_SECONDS = 2

/** 1小时2分3秒 */
export const spanOf = (seconds: number): string => {
  const whole = Math.round(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return `${h > 0 ? `${h}小时` : ''}${h > 0 || m > 0 ? `${m}分` : ''}${s}秒`
}

/** A file that is shorter or longer than the time for which it was registered is marked; it is never refused. */
export const withLength = <C extends CheckResult>(check: C, m: Manifest): C => {
  const { durationSeconds: fileSeconds } = check
  if (m.medium === 'photo' || check.verdict !== 'playable' || fileSeconds === undefined) return check
  const declaredSeconds = (Date.parse(m.madeTo) - Date.parse(m.madeFrom)) / 1000
  if (Math.abs(declaredSeconds - fileSeconds) <= LENGTH_TOLERANCE_SECONDS) return check
  const words = `登记的录制时段长${spanOf(declaredSeconds)}，文件实长${spanOf(fileSeconds)}，请核对起止时间或者补传其余分段。`
  return {
    ...check,
    note: check.note === undefined ? words : `${check.note}${words}`,
    lengthDiffers: { declaredSeconds, fileSeconds },
  }
}
