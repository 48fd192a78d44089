import { expect, test } from 'vitest'
import type { RecordedEvent } from '@liuhen/domain/event'
import { recordingTitle, servedOnFilm } from './recording-title.ts'

test('a recording is called by its step, its scene where that says more, and the paper served', () => {
  const title = (step: string, scene: string, ...papers: string[]) => recordingTitle({ step, scene, papers })
  expect(title('询问', '案情重大复杂')).toBe('询问（案情重大复杂）')
  expect(title('送达', '直接送达')).toBe('直接送达')
  expect(title('送达', '直接送达', '行政处罚决定书')).toBe('直接送达（行政处罚决定书）')
  expect(title('告知', '直接送达', '行政处罚事先告知书')).toBe('直接送达（行政处罚事先告知书）')
  expect(title('现场检查', '现场')).toBe('现场检查')
})

test('of papers served on one film each is named once', () => {
  const served = (documentId: string, recordingIds: string[]) =>
    ({
      type: 'DocumentServed',
      data: { public: { documentId }, internal: { recordingIds } },
    }) as unknown as RecordedEvent
  const names: Record<string, string> = { d1: '决定书', d2: '清单' }
  const films = servedOnFilm(
    [served('d1', ['r1']), served('d2', ['r1', 'r2']), served('d1', ['r1'])],
    (id) => names[id],
  )
  expect([...films]).toEqual([
    ['r1', ['决定书', '清单']],
    ['r2', ['清单']],
  ])
})
