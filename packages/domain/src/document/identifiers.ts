import { daysInMonth } from '@liuhen/law/civil-date'

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'

const ORG_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORG_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** True for a day that exists in the Gregorian calendar, given as yyyy-MM-dd. */
export function isCivilDate(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return false
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The check character of a resident identity number (GB 11643) from its first 17 digits. */
export function idNumberCheck(first17: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0)
  return ID_CHECKS[sum % 11] ?? ''
}

/** 18 characters, a birthday that exists, and the right check character (GB 11643). */
export function isIdNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false
  const birthday = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  return isCivilDate(birthday) && idNumberCheck(text) === text[17]
}

/** The check character of a unified social credit code (GB 32100) from its first 17 characters. */
export function orgCodeCheck(first17: string): string {
  const sum = ORG_WEIGHTS.reduce(
    (total, weight, i) => total + weight * ORG_ALPHABET.indexOf(first17[i] ?? ''),
    0,
  )
  return ORG_ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

/** The check character of the organisation number within the code (GB 11714), from its 8 characters. */
export function innerCodeCheck(first8: string): string {
  const value = (c: string): number => (c >= 'A' ? c.charCodeAt(0) - 55 : Number(c))
  const sum = INNER_WEIGHTS.reduce((total, weight, i) => total + weight * value(first8[i] ?? '0'), 0)
  const check = 11 - (sum % 11)
  if (check === 10) return 'X'
  return check === 11 ? '0' : String(check)
}

/** 18 characters of the code's alphabet with the right outer check character (GB 32100). */
export function isOrgCode(text: string): boolean {
  return (
    /^[0-9A-HJ-NP-RT-UWXY]{2}\d{6}[0-9A-HJ-NP-RT-UWXY]{10}$/.test(text) && orgCodeCheck(text) === text[17]
  )
}

/** A mainland mobile, a landline with area code, or a service number. */
export function isPhone(text: string): boolean {
  return /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4}|\d{5,8})$/.test(text)
}
