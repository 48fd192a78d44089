import { civilDateOf, instantOfMs, msOf } from '@liuhen/law/civil-date'

/** yyyy-MM-dd in China at an instant; a civil date is handed back as it is. */
export const chinaDate = (value: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : civilDateOf(value)

/** 2026年3月5日, from a date or an instant. */
export function printDate(value: string): string {
  const [year, month, day] = chinaDate(value).split('-')
  return `${Number(year)}年${Number(month)}月${Number(day)}日`
}

/** 2026年3月5日9时05分, from an instant. */
export function printDatetime(instant: string): string {
  const [hour, minute] = instantOfMs(msOf(instant)).slice(11, 16).split(':')
  return `${printDate(instant)}${Number(hour)}时${minute}分`
}

const clockParts = (instant: string): readonly string[] => instantOfMs(msOf(instant)).slice(11, 19).split(':')

/** 09:05:07, from an instant. */
export const chinaClock = (instant: string): string => clockParts(instant).join(':')

/** 2026年3月5日9时05分07秒, from an instant. */
export function printSecond(instant: string): string {
  const [hour, minute, second] = clockParts(instant)
  return `${printDate(instant)}${Number(hour)}时${minute}分${second}秒`
}
