import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '@liuhen/domain/case/events'
import type { CaseTerms } from './terms.ts'
import { sentenceOf } from './sentence.ts'

const named =
  (names: Record<string, string>) =>
  (code: string): string =>
    names[code] ?? code
const terms: CaseTerms = {
  procedure: { id: 'p', name: '普通程序', act: '行政处罚' },
  stages: [],
  packs: { base: 'national', baseTitle: '国家规定', overlays: [] },
  stepName: named({ inspection: '现场检查' }),
  documentName: named({ decision: '行政处罚决定书' }),
  resultOf: () => undefined,
  sceneName: named({ inspection: '现场检查全过程' }),
  flags: ['hearing-required'],
  flagName: named({ 'hearing-required': '应当告知听证' }),
  factName: named({ 'statement-waived': '放弃陈述申辩' }),
  notes: [],
  labelFields: [],
  checks: [],
  filming: { notices: [], opening: [], keyContent: [], forbidden: [], continuity: [], interruption: [] },
}
const tell = (e: CaseEvent) => sentenceOf(e, { terms, documentName: () => '行政处罚决定书' })
const at = '2026-03-02T09:00:00+08:00'
const base = { schemaVersion: 1 as const, occurredAt: at }
const wang = { personId: 'p1', name: '王建国' }

describe('sentenceOf', () => {
  it('tells who began which step and where', () => {
    const event: CaseEvent = {
      ...base,
      type: 'StepBegun',
      data: {
        public: { step: 'inspection', from: at },
        internal: { officers: [wang], place: '走马岭大道' },
      },
    }
    expect(tell(event)).toBe('开始“现场检查”，参加人：王建国，地点：走马岭大道')
  })
  it('tells in words where a decision was made public', () => {
    const published = (channel: string): CaseEvent => ({
      ...base,
      type: 'DisclosurePublished',
      data: { public: { disclosureId: 'd', documentId: 'p', summary: {}, channel } },
    })
    expect(tell(published('portal'))).toBe('公示决定摘要（本机关公示网站）')
    expect(tell(published('province'))).toBe('公示决定摘要（省统一平台推送）')
  })
  it('tells the number of a paper that was issued', () => {
    const event: CaseEvent = {
      ...base,
      type: 'DocumentIssued',
      data: {
        public: {
          documentId: 'd',
          type: 'decision',
          number: '走街罚决〔2026〕3号',
          issuedOn: '2026-03-02',
          dataHash: 'h',
        },
      },
    }
    expect(tell(event)).toBe('《行政处罚决定书》制发，文号走街罚决〔2026〕3号')
  })
  it('tells of an event whose content was destroyed according to law what is public, and that the rest is gone', () => {
    const gone = {
      ...base,
      type: 'StepBegun',
      data: { public: { step: 'inspection', from: at } },
    } as CaseEvent
    expect(tell(gone)).toBe('开始“现场检查”；其余内容已依法销毁')
    const nameless: CaseEvent = {
      ...base,
      type: 'PartyNamed',
      data: { public: { kind: 'person' }, personal: undefined },
    }
    expect(tell(nameless)).toBe('登记当事人：（已依法销毁）')
  })
  it('tells that somebody refused to sign, and why', () => {
    const event: CaseEvent = {
      ...base,
      type: 'DocumentSigned',
      data: {
        public: { documentId: 'd', role: 'party', method: 'refused', dataHash: 'h', signedAt: at },
        internal: { refusal: { reason: '当事人离开现场', witnesses: ['赵六'] } },
        personal: { name: '李某' },
      },
    }
    expect(tell(event)).toBe('李某拒绝在《行政处罚决定书》上签名：当事人离开现场')
  })
  it('still tells of a signer whose name was lawfully destroyed', () => {
    const event: CaseEvent = {
      ...base,
      type: 'DocumentSigned',
      data: {
        public: { documentId: 'd', role: 'party', method: 'handwriting', dataHash: 'h', signedAt: at },
        internal: { strokes: '[]' },
      },
    }
    expect(tell(event)).toBe('签名人在《行政处罚决定书》上签名')
  })
  it('tells which warning was overridden and for which reason', () => {
    const event: CaseEvent = {
      ...base,
      type: 'WarningOverridden',
      data: {
        public: { on: 'inspection', codes: ['late'], clauses: ['zml-1-1'] },
        internal: { reason: '道路中断', messages: ['一般应在24小时内上传'] },
      },
    }
    expect(tell(event)).toBe('经提示“一般应在24小时内上传”后继续办理，理由：道路中断')
  })
})
