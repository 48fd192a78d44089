import { visibleText } from '@liuhen/ledger/visible-text'
import { isRecord } from './form-data.ts'

/** Every text within a value; numbers, answers and the names of fields stay. */
export const visibleIn = (value: unknown): unknown => {
  if (typeof value === 'string') return visibleText(value)
  if (Array.isArray(value)) return value.map(visibleIn)
  return isRecord(value) ? visibleData(value) : value
}

export const visibleData = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).map(([key, inner]) => [key, visibleIn(inner)]))
