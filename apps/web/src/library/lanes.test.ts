import { describe, expect, it } from 'vitest'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { coveredMs, lanesOf } from './lanes.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 10, 1, minute)).toISOString()
const film = (id: string, from: number, to: number, more: Partial<LibraryRow> = {}): LibraryRow => ({
  id,
  version: 1,
  status: 'checked',
  fileName: `${id}.mp4`,
  medium: 'video',
  mime: 'video/mp4',
  deviceId: 'DSJ-01',
  officerId: 'p1',
  officerName: '王建国',
  madeFrom: at(from),
  madeTo: at(to),
  sha256: '0'.repeat(64),
  sizeBytes: 1,
  labelled: true,
  evidence: false,
  registeredAt: at(60),
  hasPoster: false,
  destroyed: false,
  disposing: false,
  looked: true,
  ...more,
})

describe('lanes along the time', () => {
  it('are by device, by officer or by case; what is in no case has a lane of its own', () => {
    const rows = [film('a', 0, 10), film('b', 5, 15, { deviceId: 'DSJ-02', caseId: 'c1', caseNo: '1号' })]
    expect(lanesOf(rows, 'device', '未归案').map((l) => l.name)).toEqual(['DSJ-01', 'DSJ-02'])
    expect(lanesOf(rows, 'officer', '未归案')).toMatchObject([{ name: '王建国', levels: 2 }])
    expect(
      lanesOf(rows, 'case', '未归案')
        .map((l) => l.name)
        .toSorted(),
    ).toEqual(['1号', '未归案'])
  })

  it('stand at the true time, with how far that may be off; a clock that nobody compared says nothing', () => {
    const ahead = { offsetMs: 60_000, uncertaintyMs: 700 }
    const [lane] = lanesOf([film('a', 1, 10, { clock: ahead }), film('b', 20, 30)], 'device', '')
    expect(lane?.bars[0]).toMatchObject({ fromMs: Date.parse(at(0)), slackMs: 700 })
    expect(lane?.bars[1]).not.toHaveProperty('slackMs')
  })

  it('show what is missing between the files of one recording, and only there', () => {
    const session = (segment: number) => ({ session: { id: 's', segment } })
    const rows = [film('a', 0, 10, session(1)), film('b', 12, 20, session(2)), film('c', 40, 50)]
    const [lane] = lanesOf(rows, 'device', '')
    expect(lane?.holes).toEqual([{ fromMs: Date.parse(at(10)), toMs: Date.parse(at(12)) }])
  })

  it('count time that two films cover once', () => {
    const [lane] = lanesOf([film('a', 0, 10), film('b', 5, 15)], 'device', '')
    expect(coveredMs(lane?.bars ?? [], Date.parse(at(0)), Date.parse(at(60)))).toBe(15 * 60_000)
  })
})
