const CHINA_OFFSET_MS = 8 * 3_600_000
const two = (n: number): string => String(n).padStart(2, '0')

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

const read = (instant: string | number): Readonly<Record<string, string>> =>
  Object.fromEntries(parts.formatToParts(new Date(instant)).map((p) => [p.type, p.value]))

/** 2026-03-05, as the calendar stands in China. */
export function chinaDay(instant: string | number): string {
  const p = read(instant)
  return `${p['year']}-${p['month']}-${p['day']}`
}
/** 2026-03-05 09:07 */
export function chinaMinute(instant: string | number): string {
  const p = read(instant)
  return `${chinaDay(instant)} ${p['hour']}:${p['minute']}`
}
/** 09:07 */
export const chinaClock = (instant: string | number): string => chinaMinute(instant).slice(11)
/** 09:07:32 */
export function chinaSecond(instant: string | number): string {
  const p = read(instant)
  return `${p['hour']}:${p['minute']}:${p['second']}`
}
/** 03-05 09:07, with the year only when it is another one. */
export function chinaShort(instant: string | number, now: string | number): string {
  const full = chinaMinute(instant)
  return full.slice(0, 4) === chinaDay(now).slice(0, 4) ? full.slice(5) : full
}

/** The same with its seconds: films of one minute are told apart. */
export const chinaShortSecond = (instant: string | number, now: string | number): string =>
  `${chinaShort(instant, now).slice(0, -5)}${chinaSecond(instant)}`

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** True for an instant with its offset; what a person typed is none until it was read. */
export const isInstant = (text: string): boolean => INSTANT.test(text) && !Number.isNaN(Date.parse(text))

/** The value of a `datetime-local` input, in China time whatever the machine's zone. */
export const toWall = (instant: string | undefined): string =>
  instant === undefined || instant === '' ? '' : chinaMinute(instant).replace(' ', 'T')

/** The same with its seconds. */
export const toWallSecond = (instant: string | undefined): string =>
  instant === undefined || instant === '' ? '' : `${chinaDay(instant)}T${chinaSecond(instant)}`

/** An instant from the value of a `datetime-local` input; empty stays empty. */
export function fromWall(wall: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wall)) return undefined
  return wall.length === 16 ? `${wall}:00+08:00` : `${wall.slice(0, 19)}+08:00`
}

/** 2026-3-5, 2026/03/05 or 20260305 as yyyy-MM-dd; undefined when it is no day of the calendar. */
export function readDay(typed: string): string | undefined {
  const found = /^\s*(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})\s*$/.exec(typed)
  if (!found) return undefined
  const day = `${found[1]}-${two(Number(found[2]))}-${two(Number(found[3]))}`
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined
}

/** 2026-3-5 9:05 as 2026-03-05T09:05, 9:05:30 with its seconds; undefined when it is no moment of the calendar. */
export function readWall(typed: string): string | undefined {
  const found = /^\s*(\S+)[\sT]+(\d{1,2})[:\uff1a](\d{2})(?:[:\uff1a]([0-5]\d))?\s*$/.exec(typed)
  const day = found && readDay(found[1] ?? '')
  if (!found || !day || Number(found[2]) > 23 || Number(found[3]) > 59) return undefined
  return `${day}T${two(Number(found[2]))}:${found[3]}${found[4] === undefined ? '' : `:${found[4]}`}`
}

/** An instant written in China time, to the second. */
export function chinaInstant(ms: number): string {
  const d = new Date(ms + CHINA_OFFSET_MS)
  const day = `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
  return `${day}T${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}+08:00`
}

/** 1:02:07 or 02:07 */
export function clockOf(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  const rest = `${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
  return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest
}
