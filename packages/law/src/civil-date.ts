/** A civil date yyyy-MM-dd as people in China write it. Arithmetic on day numbers, so no clock and no time zone of the machine comes in. */
export type CivilDate = string

const CHINA_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 30)

/** Days since 1970-01-01 (Howard Hinnant's civil calendar arithmetic: March-based years). */
export function dayNumberOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Days are written again and again, and a day is written in one way only. */
const written = new Map<number, CivilDate>()
const DAYS_KEPT = 20_000

export function dateOfDayNumber(dayNumber: number): CivilDate {
  const before = written.get(dayNumber)
  if (before !== undefined) return before
  if (written.size >= DAYS_KEPT) written.clear()
  const date = writeDay(dayNumber)
  written.set(dayNumber, date)
  return date
}

function writeDay(dayNumber: number): CivilDate {
  const z = dayNumber + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

export const partsOf = (date: CivilDate): { year: number; month: number; day: number } => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
})

export function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  return dayNumberOf(year, month, day)
}

export const addDays = (date: CivilDate, days: number): CivilDate => dateOfDayNumber(dayNumber(date) + days)

/** The corresponding day `months` later; the last day of the month where there is none (民法典第二百零二条). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const y = Math.floor(index / 12)
  const m = index - y * 12 + 1
  return `${pad(y, 4)}-${pad(m)}-${pad(Math.min(day, daysInMonth(y, m)))}`
}

/** 0 Sunday … 6 Saturday. */
export const weekday = (date: CivilDate): number => (((dayNumber(date) + 4) % 7) + 7) % 7

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)

/** `yyyy-MM-ddTHH:mm:ss+08:00`, as nearly every instant of a record is written; reading it takes a tenth of Date.parse. */
const CANONICAL = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00$/

/** Milliseconds since 1970; NaN where the text is no instant. */
export function msOf(instant: string): number {
  if (instant.length !== 25 || !CANONICAL.test(instant)) return Date.parse(instant)
  const [year, month, day] = [two(instant, 0) * 100 + two(instant, 2), two(instant, 5), two(instant, 8)]
  const [hour, minute, second] = [two(instant, 11), two(instant, 14), two(instant, 17)]
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  if (!isDay || hour > 23 || minute > 59 || second > 59) return Date.parse(instant)
  const seconds = dayNumberOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  return seconds * 1000 - CHINA_OFFSET_MS
}

/** The date in China on which an instant falls. */
export const civilDateOf = (instant: string): CivilDate =>
  instant.length === 25 && CANONICAL.test(instant) ? instant.slice(0, 10) : civilDateAt(msOf(instant))

/** The same of an instant that was read before. */
export const civilDateAt = (ms: number): CivilDate =>
  dateOfDayNumber(Math.floor((ms + CHINA_OFFSET_MS) / DAY_MS))

/** Writes an instant in China time, to the second; milliseconds only where there are any. */
export function instantOfMs(ms: number): string {
  const local = ms + CHINA_OFFSET_MS
  const days = Math.floor(local / DAY_MS)
  const rest = local - days * DAY_MS
  const h = Math.floor(rest / 3_600_000)
  const m = Math.floor((rest % 3_600_000) / 60_000)
  const s = Math.floor((rest % 60_000) / 1000)
  const milli = rest % 1000
  const fraction = milli === 0 ? '' : `.${pad(milli, 3)}`
  return `${dateOfDayNumber(days)}T${pad(h)}:${pad(m)}:${pad(s)}${fraction}+08:00`
}

/**
 * The last instant of a day. A limit expires at 24:00, which is 00:00 of the next day; an inclusive end is easier to
 * compare and to show, so the last millisecond stands for it.
 */
export const endOfDay = (date: CivilDate): string => `${date}T23:59:59.999+08:00`
