import type { PlaybackRegisterRow, PlaybackRow } from '@liuhen/api/routes/playback'
import { civilDateOf, instantOfMs, msOf } from '@liuhen/law/civil-date'
import { csvOf, type Table } from '../tables/table.ts'
import { xlsxOf } from '../tables/xlsx.ts'

type Kept = Readonly<{ rows: readonly PlaybackRegisterRow[]; cut: boolean }>
type Look = PlaybackRow['looks'][number]

const VERDICTS = { playable: '可播放', broken: '不可播放', 'not-checked': '未检查' } as const
const minute = (at: string): string => `${civilDateOf(at)} ${instantOfMs(msOf(at)).slice(11, 16)}`
const lookOf = (looks: readonly Look[], as: Look['as']): string => {
  const look = looks.findLast((l) => l.as === as)
  if (look === undefined) return ''
  return `${look.by.name} ${minute(look.at)} ${look.playable ? '能正常回放' : '不能正常回放'}，看了 ${look.watchedSeconds} 秒`
}

const COLUMNS: readonly (readonly [string, (r: PlaybackRegisterRow) => string])[] = [
  ['记录执法人员姓名', (r) => r.entry.officer],
  ['执法证号', (r) => r.entry.certNo ?? ''],
  ['日期', (r) => r.entry.date],
  ['时段', (r) => r.entry.period],
  ['设备编号', (r) => r.deviceId],
  ['文件名', (r) => r.fileName],
  ['案号', (r) => r.caseNo ?? ''],
  ['机器检查', (r) => VERDICTS[r.verdict ?? 'not-checked']],
  ['记录人确认', (r) => lookOf(r.looks, 'officer')],
  ['专人确认', (r) => lookOf(r.looks, 'keeper')],
  ['登记时间', (r) => minute(r.enteredAt)],
  ['文件大小（字节）', (r) => String(r.sizeBytes)],
  ['SHA-256', (r) => r.sha256],
]

/** The list as a table. A list that was cut says so itself. */
const tableOf = ({ rows, cut }: Kept): Table => {
  const rest = `未完：只导出了最近登记的 ${rows.length} 条，更早的没有列出，请缩短日期范围后分次导出。`
  const lines = rows.map((r) => COLUMNS.map(([, of]) => of(r)))
  return { name: '音像台账', head: COLUMNS.map(([name]) => name), rows: cut ? [...lines, [rest]] : lines }
}

export const registerCsv = (kept: Kept): string => csvOf(tableOf(kept))
export const registerXlsx = (kept: Kept): Uint8Array => xlsxOf([tableOf(kept)])
