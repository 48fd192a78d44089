const OFFSET_MS = 8 * 3_600_000

export type CivilTime = Readonly<{ year: number; month: number; day: number; hour: number; minute: number }>

/** The wall clock in China (UTC+8, no daylight saving) at an instant given as ISO 8601 with offset. */
export function civilTime(instant: string): CivilTime {
  const ms = Date.parse(instant) + OFFSET_MS
  const days = Math.floor(ms / 86_400_000)
  const minutes = Math.floor((ms - days * 86_400_000) / 60_000)
  return { ...civilDay(days), hour: Math.floor(minutes / 60), minute: minutes % 60 }
}

/** Days since 1970-01-01 to a civil date (proleptic Gregorian, eras of 400 years). */
function civilDay(days: number): Pick<CivilTime, 'year' | 'month' | 'day'> {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

/** yyyy-MM-dd in China at an instant; a civil date is handed back as it is. */
export function chinaDate(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const { year, month, day } = civilTime(value)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 2026年3月5日, from a date or an instant. */
export function printDate(value: string): string {
  const [year, month, day] = chinaDate(value).split('-')
  return `${Number(year)}年${Number(month)}月${Number(day)}日`
}

/** 2026年3月5日9时05分, from an instant. */
export function printDatetime(instant: string): string {
  const { hour, minute } = civilTime(instant)
  return `${printDate(instant)}${hour}时${String(minute).padStart(2, '0')}分`
}
