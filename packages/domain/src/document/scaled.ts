import type { Field } from '@liuhen/law/document-definition'
import type { FormData } from './form-data.ts'

/** A number as a standard writes it: at most two places behind the point. */
export const FACTOR = /^\d{1,4}(?:\.\d{1,2})?$/
const HUNDREDTHS = { times: 100n, percent: 10_000n } as const

/** 1.5 → 150. */
const inHundredths = (factor: string): bigint => {
  const [whole = '0', places = ''] = factor.split('.')
  return BigInt(whole) * 100n + BigInt(places.padEnd(2, '0'))
}

/**
 * What the amount comes to, in fen, rounded half up, where it is so many times another or so many per cent of it; undefined
 * where it is not, or where something of it is not given yet.
 */
export function scaledAmount(field: Field, data: FormData): string | undefined {
  if (field.kind !== 'money' || field.scaled === undefined) return undefined
  const { scaled } = field
  const [base, factor, unit] = [scaled.base, scaled.factor, scaled.unit].map((id) => data[id])
  if (unit !== 'times' && unit !== 'percent') return undefined
  if (typeof base !== 'string' || !/^\d{1,15}$/.test(base)) return undefined
  if (typeof factor !== 'string' || !FACTOR.test(factor)) return undefined
  const divisor = HUNDREDTHS[unit]
  return String((BigInt(base) * inHundredths(factor) + divisor / 2n) / divisor)
}
