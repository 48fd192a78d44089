import type { BatchRow } from '@liuhen/api/routes/disposals'

/** How a batch stands for those who look: approved is two things, before and after it has cooled. */
export type Look = BatchRow['status'] | 'cooled'

type Cooling = Pick<BatchRow, 'status'> & Readonly<{ coolsUntil?: string | undefined }>

export const lookOf = ({ status, coolsUntil }: Cooling, now: string | number): Look => {
  if (status !== 'approved' || coolsUntil === undefined) return status
  return new Date(now).getTime() < new Date(coolsUntil).getTime() ? 'approved' : 'cooled'
}

export const TONES: Readonly<Record<Look, string>> = {
  proposed: 'default',
  reviewed: 'default',
  approved: 'warning',
  cooled: 'warning',
  ordered: 'processing',
  'carried-out': 'processing',
  certified: 'success',
  rejected: 'default',
  stopped: 'default',
}

const HOUR_MS = 3_600_000

/** What is left of the cooling, in days, and in hours on the last day. */
export const leftOf = (
  until: string,
  now: string | number,
): Readonly<{ unit: 'days' | 'hours'; n: number }> | undefined => {
  const ms = new Date(until).getTime() - new Date(now).getTime()
  if (ms <= 0) return undefined
  const hours = Math.ceil(ms / HOUR_MS)
  return hours > 24 ? { unit: 'days', n: Math.ceil(hours / 24) } : { unit: 'hours', n: hours }
}

export type Named =
  | Readonly<{ recordingId: string; fileName: string }>
  | Readonly<{ caseFile: string; caseNo?: string | undefined }>

/** Id of a recording, or of the case whose file it is. */
export const refOf = (item: Named): string => ('caseFile' in item ? item.caseFile : item.recordingId)

/** What people call it: a film by its file, a case file by the case's number, with the word for it. */
export const titleOf = (item: Named, file: (caseNo: string) => string): string =>
  'caseFile' in item ? file(item.caseNo ?? '') : item.fileName
