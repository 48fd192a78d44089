import { expect, test } from 'vitest'
import type { RecordedEvent } from '@liuhen/domain/event'
import { lawDir } from '../../../../test/fixtures/load-definitions.ts'
import { describePackage } from './describe-package.ts'
import { loadSchemes } from './load-schemes.ts'

const schemes = await loadSchemes(lawDir)
const AT = '2026-04-20T10:00:00+08:00'
const actor = { userId: 'u1', personId: 'p1', name: '李伟东', roles: [], agencyId: 'a' }
const recorded = (streamId: string, type: string, data: RecordedEvent['data']): RecordedEvent => ({
  id: type,
  agencyId: 'a',
  streamType: streamId === 'c' ? 'case' : 'recording',
  streamId,
  version: 1,
  type,
  schemaVersion: 1,
  occurredAt: AT,
  recordedAt: AT,
  clock: 'real',
  actor,
  data,
})
const lead = recorded('c', 'LeadRegistered', {
  public: {
    leadNo: '案源〔2026〕1号',
    procedure: 'p',
    law: { base: 'b', overlays: [], settings: {} },
    source: 'report',
    receivedAt: AT,
  },
  internal: { title: '占道案', summary: '' },
})
const submitted = recorded('c', 'DocumentSubmitted', {
  public: { documentId: 'd1', type: 't', step: 's', version: 1, dataHash: '' },
  internal: { data: {} },
})
const agency = { id: 'a', name: '办事处', code: '1142' }
const file = { sha256: '0'.repeat(64), sizeBytes: 1 }
const plan = {
  summary: { v: 1 as const, caseId: 'c', caseNo: '1', title: '', agency, clock: 'real' as const },
  documents: [
    { ...file, name: '正卷/001.pdf', documentId: 'd1', title: '甲', volume: 'main' as const, pages: 1 },
  ],
  recordings: [
    { ...file, name: '001.mp4', recordingId: 'r1', title: '乙', mime: 'video/mp4', from: AT, to: AT },
  ],
}
const described = (ofCase: readonly RecordedEvent[], ofFilm: readonly RecordedEvent[]) =>
  describePackage({ schemes, plan, agency, events: new Map(Object.entries({ c: ofCase, r1: ofFilm })) })

test('what the record does not tell of an object is named', () => {
  const film = recorded('r1', 'RecordingRegistered', { internal: {} })
  const whole = described([lead, submitted], [film])
  expect(whole.documents.map((d) => [d.metadataPath, d.acts.map((a) => a.act)])).toEqual([
    ['metadata/da-t-46/正卷/001.xml', ['草拟']],
  ])
  expect(whole).toMatchObject({ recordings: [], without: ['data/media/001.mp4'] })
  expect(described([], [])).toMatchObject({ without: ['data/documents/正卷/001.pdf', 'data/media/001.mp4'] })
})
