import type { PlaybackRegisterRow } from '@liuhen/api/routes/playback'
import { expect, test } from 'vitest'
import { registerCsv } from './register-csv.ts'

const row: PlaybackRegisterRow = {
  id: '0',
  fileName: '=HYPERLINK("x").mp4',
  medium: 'video',
  mime: 'video/mp4',
  deviceId: 'BWC-07',
  officerName: '王建国',
  madeFrom: '2026-03-10T09:30:00+08:00',
  madeTo: '2026-03-10T09:50:00+08:00',
  storedAt: '2026-03-10T11:00:00+08:00',
  verdict: 'playable',
  sha256: 'a'.repeat(64),
  sizeBytes: 12,
  enteredAt: '2026-03-10T12:00:00+08:00',
  entry: { officer: '王建国', certNo: '42011200001', date: '2026-03-10', period: '09:30—09:50' },
  looks: [
    {
      as: 'keeper',
      by: { personId: 'p', name: '钱保管' },
      at: '2026-03-10T11:30:00+08:00',
      playable: true,
      watchedSeconds: 12,
    },
  ],
}

test('ft-23-6 the exported list names officer, certificate, day and hours, and who looked', () => {
  const [head, first] = registerCsv({ rows: [row], cut: false }).split('\r\n')
  expect(head).toMatch(/^\uFEFF"记录执法人员姓名","执法证号","日期","时段"/)
  expect(first).toMatch(/^"王建国","42011200001","2026-03-10","09:30—09:50"/)
  expect(first).toContain('"钱保管 2026-03-10 11:30 能正常回放，看了 12 秒"')
})

test('no cell is a formula', () => {
  expect(registerCsv({ rows: [row], cut: false })).toContain(`"'=HYPERLINK(""x"").mp4"`)
})

test('a list that was cut says so in its last line', () => {
  const rows = [row]
  expect(registerCsv({ rows, cut: false })).not.toContain('未完')
  expect(registerCsv({ rows, cut: true }).trimEnd().split('\r\n').at(-1)).toMatch(
    /^"未完：只导出了最近登记的 1 条/,
  )
})
