import { describe, expect, test } from 'vitest'
import { after, archivist, head, keeper, who } from '../../../../test/disposal-people.ts'
import type { Actor } from '../event.ts'
import { type Decision, isRefusal } from '../refusal.ts'
import { orderDisposal, releaseItem } from './carry-out.ts'
import { approveDisposal, type DisposalContext, proposeDisposal, reviewDisposal } from './commands.ts'
import type { WeighedFile } from './due.ts'
import type { DisposalEvent, RecordingItem } from './events.ts'
import { type Acted, releasesIn } from './lawful.ts'
import { type BatchState, evolveBatch, initialBatch } from './state.ts'

const bounds = { items: 500, bytes: 1_000_000, coolingDays: 30 }
const limits = { items: 3, bytes: 1000, coolingDays: 30 }
const file: WeighedFile = {
  caseFile: 'c',
  caseNo: '案1',
  archiveNo: '20260001',
  standing: 'archived',
  parts: 12,
  papers: [{ sha256: 'a'.repeat(64), sizeBytes: 100 }],
  sizeBytes: 100,
  isShredded: false,
  isPublished: false,
  recordingsLeft: 0,
  packagesMaking: 0,
  kept: { rule: 'until', keptThrough: '2026-07-01', why: '保存十年', citations: [] },
}
const film: RecordingItem = {
  recordingId: 'c',
  sha256: 'a'.repeat(64),
  sizeBytes: 100,
  fileName: '1.mp4',
  medium: 'video',
  madeFrom: after(-400),
  madeTo: after(-400),
  caseId: 'x',
  caseNo: '案1',
  evidence: false,
  keptThrough: '2026-07-01',
  why: '保存六个月',
  citations: [],
}
const witness = { personId: '承办人', name: '承办人' }

/** What the commands themselves make of a batch: proposed, reviewed, approved, ordered, let go. */
const history = (): readonly Acted[] => {
  let s: BatchState = initialBatch
  const acted: Acted[] = []
  const act = (
    actor: Actor,
    day: number,
    decide: (s: BatchState, at: DisposalContext) => Decision<DisposalEvent>,
  ) => {
    const now = after(day)
    const decided = decide(s, { now, actor })
    if (isRefusal(decided)) throw new Error(decided.reasons.map((r) => r.message).join())
    for (const event of decided) {
      s = evolveBatch(s, event, actor)
      acted.push({ event, recordedAt: new Date(Date.parse(now) + 900).toISOString(), actor, given: [] })
    }
  }
  const asked = { weighed: [file], number: '销〔2026〕1号', limits }
  act(keeper, 0, (b, at) => proposeDisposal(b, asked, at))
  act(archivist, 1, (b, at) => reviewDisposal(b, { opinion: '同意', seen: ['c'], struck: [] }, at))
  act(head, 2, (b, at) => approveDisposal(b, { opinion: '同意', weighed: [file] }, at))
  act(keeper, 32, (b, at) => orderDisposal(b, { witness, weighed: [file] }, at))
  act(keeper, 32, (b, { now }) => releaseItem(b, file, now))
  return acted
}
const STEPS = ['DisposalProposed', 'DisposalReviewed', 'DisposalApproved', 'DisposalOrdered'] as const
type Step = (typeof STEPS)[number]

/** The release in other words. */
const releasing = (internal: object): readonly Acted[] =>
  history().map((one) =>
    one.event?.type === 'DisposalItemReleased'
      ? { ...one, event: { ...one.event, data: { internal } } as DisposalEvent }
      : one,
  )
/** The same batch of a film in the place of the case file. */
const ofFilm = (internal: object): readonly Acted[] =>
  releasing(internal).map((one) => {
    if (one.event?.type !== 'DisposalProposed') return one
    const { limits } = one.event.data.internal
    return {
      ...one,
      event: { ...one.event, data: { ...one.event.data, internal: { items: [film], limits } } },
    }
  })

const judge = (acted: readonly Acted[]) => releasesIn(acted, bounds).map(({ ref, why }) => [ref, why])
const instead = (step: Step, more: (one: Acted) => Partial<Acted>): readonly Acted[] =>
  history().map((one) => (one.event?.type === step ? { ...one, ...more(one) } : one))
/** Another writing of what an event says, at a path in its data. */
const saying = (step: Step, path: readonly string[], value: unknown): readonly Acted[] =>
  instead(step, ({ event }) => {
    const copy: unknown = structuredClone(event?.data)
    let at = copy
    for (const key of path.slice(0, -1)) at = Reflect.get(at as object, key)
    Reflect.set(at as object, path.at(-1) ?? '', value)
    return { event: { ...event, data: copy } as DisposalEvent }
  })

describe('whether three people had decided what was let go', () => {
  test('is found by asking each step again', () => {
    expect(judge(history())).toEqual([['c', undefined]])
  })
  test.each(STEPS)('nothing is lawful without its %s', (step) => {
    expect(judge(history().filter((one) => one.event?.type !== step))).toEqual([['c', expect.any(String)]])
  })
  test.each(STEPS)('nothing is lawful when %s cannot be read', (step) => {
    expect(judge(instead(step, () => ({ event: undefined })))).toEqual([['c', expect.any(String)]])
  })
  test.each<[string, readonly Acted[], string]>([
    [
      'who proposed reviews',
      instead('DisposalReviewed', () => ({ actor: { ...archivist, userId: '保管员' } })),
      '提出销毁的人不能自己复核',
    ],
    [
      'who reviewed approves',
      instead('DisposalApproved', () => ({ actor: { ...head, userId: '档案员' } })),
      '不能自己批准',
    ],
    [
      'who approves has no such post',
      instead('DisposalApproved', () => ({ actor: who('某人') })),
      '由机关负责人批准',
    ],
    [
      'who proposes has no such post',
      instead('DisposalProposed', () => ({ actor: who('某人', 'officer') })),
      '可以提出销毁',
    ],
    [
      'the head approved and carries out',
      instead('DisposalOrdered', () => ({ actor: head })),
      '批准的人不能自己执行',
    ],
    [
      'who carries out watches',
      saying('DisposalOrdered', ['internal', 'witness', 'personId'], '保管员'),
      '监销人',
    ],
    [
      'the password of who approves was given by who proposed',
      instead('DisposalApproved', () => ({ given: [{ by: '保管员', at: after(0), how: 'reset' }] })),
      '口令刚由其重置',
    ],
    [
      'the cooling that was announced is none',
      saying('DisposalApproved', ['public', 'coolsUntil'], after(2)),
      '冷静期',
    ],
    [
      'the month is not over',
      instead('DisposalOrdered', () => ({ recordedAt: after(31) })),
      '冷静期还没有结束',
    ],
    [
      'the batch gave itself no month',
      saying('DisposalProposed', ['internal', 'limits', 'coolingDays'], 0),
      '冷静期只有 0 日',
    ],
    [
      'the batch gave itself another ceiling',
      saying('DisposalProposed', ['internal', 'limits', 'items'], 9_999),
      '上限超过',
    ],
    [
      'the batch is over its ceiling',
      saying('DisposalProposed', ['internal', 'limits', 'bytes'], 99),
      '上限',
    ],
    [
      'the month is one with which nobody can reckon',
      saying('DisposalProposed', ['internal', 'limits', 'coolingDays'], 1e15),
      '冷静期',
    ],
    [
      'a case file goes that is named as a film',
      releasing({ recordingId: 'c', sha256: 'a'.repeat(64) }),
      '不在批里',
    ],
    ['a case file goes with a film beside it', releasing({ caseFile: 'c', sha256: 'a'.repeat(64) }), '不符'],
    ['a film goes that is named as a case file', ofFilm({ caseFile: 'c', papers: [] }), '不在批里'],
    ['other bytes go than those of the film', ofFilm({ recordingId: 'c', sha256: 'b'.repeat(64) }), '不符'],
    [
      'papers go with a film',
      ofFilm({
        recordingId: 'c',
        sha256: 'a'.repeat(64),
        papers: [{ sha256: 'b'.repeat(64), sizeBytes: 1 }],
      }),
      '不符',
    ],
    [
      'a film goes with a case file beside it',
      ofFilm({ recordingId: 'c', caseFile: 'd', sha256: 'a'.repeat(64) }),
      '不在批里',
    ],
    [
      'the batch was of something else',
      saying('DisposalProposed', ['internal', 'items', '0', 'caseFile'], 'd'),
      '不在批里',
    ],
  ])('nothing is lawful when %s', (_name, acted, why) => {
    expect(judge(acted)).toEqual([['c', expect.stringContaining(why)]])
  })
  test('a film goes as it stands in the batch', () => {
    expect(judge(ofFilm({ recordingId: 'c', sha256: 'a'.repeat(64) }))).toEqual([['c', undefined]])
  })
  test('an item goes once: what a second release says of it counts for nothing', () => {
    const acted = history()
    expect(judge([...acted, ...acted.slice(-1)])).toEqual([
      ['c', undefined],
      ['c', expect.stringContaining('两次')],
    ])
  })
  test('an item that was taken out or never was in it does not taint the others', () => {
    const acted = history()
    const last = acted.at(-1)
    if (last?.event?.type !== 'DisposalItemReleased') throw new Error('nothing was let go')
    const other = { ...last, event: { ...last.event, data: { internal: { caseFile: 'd' } } } }
    expect(judge([...acted.slice(0, -1), other, last])).toEqual([
      ['d', expect.stringContaining('不在批里')],
      ['c', undefined],
    ])
  })
})
