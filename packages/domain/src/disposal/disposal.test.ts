import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { carryOutDisposal, certifyDisposal, orderDisposal, releaseItem } from './carry-out.ts'
import { certificateText } from './certificate.ts'
import {
  approveDisposal,
  objectToDisposal,
  proposeDisposal,
  rejectDisposal,
  reviewDisposal,
} from './commands.ts'
import { blocksOf, type Weighed, type WeighedRecording } from './due.ts'
import { type DisposalEvent, refOf } from './events.ts'
import { type Batch, type BatchState, evolveBatch, initialBatch, remaining } from './state.ts'

const who = (userId: string, ...roles: Role[]): Actor => ({
  userId,
  personId: userId,
  name: userId,
  roles,
  agencyId: 'a',
})
const keeper = who('保管员', 'av-custodian')
const archivist = who('档案员', 'archivist')
const head = who('局长', 'agency-head')
const both = who('兼任', 'av-custodian', 'archivist', 'legal-reviewer', 'agency-head')
const unit = who('承办机构负责人', 'unit-head')
const DAY_MS = 86_400_000
const START = Date.parse('2026-09-01T02:00:00.000Z')
const after = (days: number) => new Date(START + days * DAY_MS).toISOString()

const due = (recordingId: string, more: Partial<WeighedRecording> = {}): WeighedRecording => ({
  recordingId,
  sha256: recordingId.padEnd(64, '0'),
  sizeBytes: 100,
  fileName: `${recordingId}.mp4`,
  medium: 'video',
  madeFrom: '2026-01-01T01:00:00.000Z',
  madeTo: '2026-01-01T02:00:00.000Z',
  evidence: false,
  isStored: true,
  isDestroyed: false,
  place: { caseId: 'c', caseNo: '案1', standing: 'archived' },
  kept: {
    rule: 'until',
    keptThrough: '2026-07-01',
    disposableFrom: '2026-07-02',
    why: '保存六个月',
    citations: [],
  },
  ...more,
})
const limits = { items: 3, bytes: 1000, coolingDays: 30 }
const fold = (events: readonly [DisposalEvent, Actor][]): BatchState =>
  events.reduce((s, [e, by]) => evolveBatch(s, e, by), initialBatch)
const then = (s: BatchState, decided: ReturnType<typeof proposeDisposal>, by: Actor): BatchState => {
  if (isRefusal(decided)) throw new Error(decided.reasons.map((r) => r.message).join())
  return decided.reduce((t, e) => evolveBatch(t, e, by), s)
}
const batchOf = (s: BatchState): Batch => {
  if (s.status === 'none') throw new Error('no batch')
  return s
}
const propose = (weighed: readonly Weighed[], actor = keeper, at = 0, most = limits) =>
  proposeDisposal(initialBatch, { weighed, number: '销〔2026〕1号', limits: most }, { now: after(at), actor })
const proposed = (weighed: readonly Weighed[]) => then(initialBatch, propose(weighed), keeper)
const idsOf = (s: BatchState) => batchOf(s).items.map(refOf)
const review = (s: BatchState, actor = archivist, struck: { item: string; reason: string }[] = []) =>
  reviewDisposal(s, { opinion: '同意', seen: idsOf(s), struck }, { now: after(1), actor })
const approve = (s: BatchState, weighed: readonly Weighed[], actor = head) =>
  approveDisposal(s, { opinion: '同意', weighed }, { now: after(2), actor })
const approved = (weighed: readonly Weighed[]) => {
  const s = proposed(weighed)
  const reviewed = then(s, review(s), archivist)
  return then(reviewed, approve(reviewed, weighed), head)
}
const witness = { personId: '承办人', name: '承办人' }
const order = (s: BatchState, weighed: readonly Weighed[], day: number, actor = keeper) =>
  orderDisposal(s, { witness, weighed }, { now: after(day), actor })

describe('what may be disposed of', () => {
  test('is what the law says to have ended, in a case that is archived', () => {
    expect(blocksOf(due('1'), after(0))).toEqual([])
  })
  test('a day before the end it may not, and on the last day neither', () => {
    const kept = { rule: 'until' as const, keptThrough: '2026-09-01', why: '', citations: [] }
    expect(blocksOf(due('1', { kept }), after(0)).map((b) => b.code)).toEqual(['not-yet'])
    expect(blocksOf(due('1', { kept }), after(1))).toEqual([])
    const [told] = blocksOf(due('1', { kept: { ...kept, why: '自形成至2025-01-01' } }), after(0))
    expect(told?.message).toBe('须保存至2026-09-01，还没有期满。自形成至2025-01-01。')
  })
  const unplaced = (({ place: _p, ...w }) => w)(due('1'))
  const unkept = (({ kept: _k, ...w }) => w)(due('1'))
  const open = (rule: 'open' | 'permanent' | 'long-term') => ({ kept: { rule, why: '说明', citations: [] } })
  test.each<[string, Weighed, string]>([
    ['belongs to no case', unplaced, 'unlinked'],
    ['has no reckoning', unkept, 'open'],
    ['has no beginning of its period, or is under a hold', due('1', open('open')), 'open'],
    ['is kept for good', due('1', open('permanent')), 'permanent'],
    ['is kept long', due('1', open('long-term')), 'long-term'],
    [
      'is of an open case',
      due('1', { place: { caseId: 'c', caseNo: '案1', standing: 'open' } }),
      'open-case',
    ],
    ['is in another batch', due('1', { inBatch: '2' }), 'in-batch'],
    ['never came', due('1', { isStored: false }), 'not-stored'],
    ['is gone', due('1', { isDestroyed: true }), 'destroyed'],
    [
      'the law forbids',
      due('1', { against: [{ code: 'x', effect: 'refuse', message: '不得', todo: '等', citations: [] }] }),
      'law',
    ],
  ])('what %s may not', (_name, w, code) => {
    expect(blocksOf(w, after(0)).map((b) => b.code)).toContain(code)
    expect(propose([w])).toMatchObject({ refused: true, code: 'law-gate' })
  })
})

describe('a batch', () => {
  test('over the ceiling is refused whole, by number and by bytes', () => {
    expect(propose(['1', '2', '3', '4'].map((id) => due(id)))).toMatchObject({ code: 'wrong-state' })
    expect(propose([due('1', { sizeBytes: 1001 })])).toMatchObject({ code: 'wrong-state' })
    expect(isRefusal(propose([due('1', { sizeBytes: 1000 })]))).toBe(false)
  })
  test('is proposed by who keeps recordings or files, and by nobody else', () => {
    for (const actor of [unit, head])
      expect(propose([due('1')], actor)).toMatchObject({ code: 'not-permitted' })
  })
  test('is not reviewed by who proposed it, nor approved by either, whatever posts they hold', () => {
    const s = then(initialBatch, propose([due('1')], both), both)
    expect(review(s, both)).toMatchObject({ code: 'not-permitted' })
    const reviewed = then(s, review(s), archivist)
    expect(approve(reviewed, [due('1')], both)).toMatchObject({ code: 'not-permitted' })
    const other = then(proposed([due('1')]), review(proposed([due('1')]), both), both)
    expect(approve(other, [due('1')], both)).toMatchObject({ code: 'not-permitted' })
    expect(isRefusal(approve(reviewed, [due('1')]))).toBe(false)
  })
  test('is not decided by somebody whose password an earlier one of them has held', () => {
    const s = proposed([due('1')])
    const ctx = { now: after(1), actor: archivist }
    const by = (who: string, day: number) => ({ by: who, at: after(day), how: 'reset' as const })
    const asked = { opinion: '同意', seen: ['1'], struck: [] }
    expect(reviewDisposal(s, asked, { ...ctx, given: [by('保管员', -6)] })).toMatchObject({
      code: 'not-permitted',
    })
    expect(isRefusal(reviewDisposal(s, asked, { ...ctx, given: [by('保管员', -8)] }))).toBe(false)
    const reviewed = then(s, review(s), archivist)
    const decided = { opinion: '同意', weighed: [due('1')] }
    const at = { now: after(2), actor: head, given: [by('档案员', 1)] }
    expect(approveDisposal(reviewed, decided, at)).toMatchObject({ code: 'not-permitted' })
  })
  test('is reviewed item by item: who has not seen all has not reviewed', () => {
    const s = proposed([due('1'), due('2')])
    const asked = { opinion: '同意', seen: ['1'], struck: [] }
    expect(reviewDisposal(s, asked, { now: after(1), actor: archivist })).toMatchObject({
      code: 'incomplete',
    })
    const struck = then(s, review(s, archivist, [{ item: '1', reason: '可能复议' }]), archivist)
    expect(remaining(batchOf(struck)).map(refOf)).toEqual(['2'])
  })
  test('is not carried out before it has cooled, nor by who approved it', () => {
    const s = approved([due('1')])
    expect(order(s, [due('1')], 31)).toMatchObject({ code: 'not-permitted' })
    expect(order(s, [due('1')], 33, who('局长', 'agency-head', 'av-custodian'))).toMatchObject({
      code: 'not-permitted',
    })
    expect(isRefusal(order(s, [due('1')], 32))).toBe(false)
  })
  test('needs somebody else who watches', () => {
    const asked = { witness: { personId: '保管员', name: '保管员' }, weighed: [due('1')] }
    const s = approved([due('1')])
    expect(orderDisposal(s, asked, { now: after(40), actor: keeper })).toMatchObject({ code: 'incomplete' })
  })
  test.each<[string, Partial<Weighed>]>([
    ['a hold was put', { kept: { rule: 'open', why: '已采取保全', citations: [] } }],
    ['its case was reopened', { place: { caseId: 'c', caseNo: '案1', standing: 'open' } }],
    ['it became evidence', { evidence: true }],
    ['its period moved', { kept: { rule: 'until', keptThrough: '2026-09-20', why: '延后', citations: [] } }],
    ['its bytes are others', { sha256: 'f'.repeat(64) }],
  ])('when %s meanwhile, the item is struck with the reason and the others go on', (_name, more) => {
    const s = approved([due('1'), due('2')])
    const ordered = then(s, order(s, [due('1', more), due('2')], 40), keeper)
    expect(remaining(batchOf(ordered)).map(refOf)).toEqual(['2'])
    expect(batchOf(ordered).items[0]?.struck?.reason).toBeTruthy()
  })
  test('of which nothing is left stops, and says so', () => {
    const s = approved([due('1')])
    const stopped = then(s, order(s, [due('1', { evidence: true })], 40), keeper)
    expect(stopped).toMatchObject({ status: 'stopped' })
  })
  test('is weighed a last time, item by item, in the moment of letting go', () => {
    const s = approved([due('1'), due('2')])
    const ordered = then(s, order(s, [due('1'), due('2')], 40), keeper)
    const held = due('1', { kept: { rule: 'open', why: '已采取保全', citations: [] } })
    const one = then(ordered, releaseItem(ordered, held, after(41)), keeper)
    expect(batchOf(one).items[0]).toMatchObject({ struck: { how: 'recheck' } })
    const two = then(one, releaseItem(one, due('2'), after(41)), keeper)
    expect(batchOf(two).items[1]?.releasedAt).toBe(after(41))
    expect(releaseItem(two, due('2'), after(42))).toEqual([])
  })
  test('is stopped by an objection, or loses one item to it', () => {
    const s = approved([due('1'), due('2')])
    const ctx = { now: after(3), actor: unit }
    const one = then(s, objectToDisposal(s, { item: '1', reason: '当事人起诉' }, ctx), unit)
    expect(remaining(batchOf(one)).map(refOf)).toEqual(['2'])
    const none = then(one, objectToDisposal(one, { item: '2', reason: '当事人起诉' }, ctx), unit)
    expect(none).toMatchObject({ status: 'stopped' })
    expect(then(s, objectToDisposal(s, { reason: '暂缓' }, ctx), unit)).toMatchObject({
      status: 'stopped',
    })
  })
  test('is told to be carried out only when every item was dealt with', () => {
    const s = approved([due('1'), due('2')])
    const ordered = then(s, order(s, [due('1'), due('2')], 40), keeper)
    const one = then(ordered, releaseItem(ordered, due('1'), after(41)), keeper)
    const copies = [{ store: 'first' as const, outcome: 'destroyed' as const, at: after(41) }]
    const of = (id: string) => ({ recordingId: id, sha256: due(id).sha256, copies })
    expect(carryOutDisposal(one, [of('1')], after(41))).toMatchObject({ refused: true })
    const two = then(one, releaseItem(one, due('2'), after(41)), keeper)
    expect(carryOutDisposal(two, [of('1')], after(41))).toMatchObject({ refused: true })
    const done = then(two, carryOutDisposal(two, [of('1'), of('2')], after(41)), keeper)
    const text = certificateText(batchOf(done), { agency: '某局', batchId: 'b', simulated: false })
    for (const id of ['1', '2']) expect(text).toContain(due(id).sha256)
    const blob = { sha256: 'a'.repeat(64), sizeBytes: text.length, mime: 'text/plain' }
    expect(then(done, certifyDisposal(done, blob, after(41)), keeper)).toMatchObject({ status: 'certified' })
  })
  test('gives no line of its certificate to the name of a file', () => {
    const sly = due('1', { fileName: 'a.mp4\n   SHA-256：伪造' })
    const text = certificateText(batchOf(proposed([sly])), { agency: '某局', batchId: 'b', simulated: true })
    expect(text.split('\n').filter((l) => l.trim().startsWith('SHA-256：伪造'))).toEqual([])
  })
})

type World = { now: number; blocked: Set<string> }
const IDS = ['1', '2', '3']
const actors = [keeper, archivist, head, both, unit]
const command = fc.record({
  what: fc.constantFrom(
    'propose',
    'review',
    'approve',
    'reject',
    'order',
    'release',
    'object',
    'block',
    'free',
    'wait',
  ),
  actor: fc.constantFrom(...actors),
  id: fc.constantFrom(...IDS),
  how: fc.constantFrom('hold', 'open-case', 'evidence', 'unset'),
})
const HOW: Readonly<Record<string, Partial<Weighed>>> = {
  hold: { kept: { rule: 'open', why: '已采取保全', citations: [] } },
  'open-case': { place: { caseId: 'c', caseNo: '案1', standing: 'open' } },
  evidence: { evidence: true, kept: { rule: 'permanent', why: '作为证据', citations: [] } },
  unset: { kept: { rule: 'open', why: '保存期没有起算', citations: [] } },
}

/** Walks through a sequence; answers with every release and what was so in that moment. */
const walk = (commands: readonly { what: string; actor: Actor; id: string; how: string }[]) => {
  const world: World = { now: 0, blocked: new Set() }
  const how = new Map<string, string>()
  const weigh = (id: string) => due(id, HOW[how.get(id) ?? ''] ?? {})
  const all = () => IDS.map(weigh)
  let s: BatchState = initialBatch
  const released: { id: string; blocked: boolean; batch: Batch; day: number }[] = []
  const decide = (c: (typeof commands)[number]) => {
    const ctx = { now: after(world.now), actor: c.actor }
    switch (c.what) {
      case 'propose':
        return proposeDisposal(s, { weighed: all(), number: '1', limits }, ctx)
      case 'review':
        return reviewDisposal(s, { opinion: '同意', seen: IDS, struck: [] }, ctx)
      case 'approve':
        return approveDisposal(s, { opinion: '同意', weighed: all() }, ctx)
      case 'reject':
        return rejectDisposal(s, { reason: '退回' }, ctx)
      case 'order':
        return orderDisposal(s, { witness, weighed: all() }, ctx)
      case 'object':
        return objectToDisposal(s, { item: c.id, reason: '异议' }, ctx)
      case 'release':
        return releaseItem(s, weigh(c.id), after(world.now))
      default:
        return []
    }
  }
  for (const c of commands) {
    if (c.what === 'wait') world.now += 17
    if (c.what === 'block') how.set(c.id, c.how)
    if (c.what === 'free') how.delete(c.id)
    const decided = decide(c)
    if (isRefusal(decided)) continue
    for (const e of decided) {
      s = evolveBatch(s, e, c.actor)
      if (e.type === 'DisposalItemReleased')
        released.push({ id: c.id, blocked: how.has(c.id), batch: batchOf(s), day: world.now })
    }
  }
  return released
}

test('no order of commands lets go what is blocked, before it cooled, or without a second and a third person', () => {
  let seen = 0
  const usual = (actor: Actor, what: string, id = '1') => ({ what, actor, id, how: 'hold' })
  const road = [usual(keeper, 'propose'), usual(archivist, 'review'), usual(head, 'approve')]
    .concat([usual(keeper, 'wait'), usual(keeper, 'wait'), usual(keeper, 'order')])
    .concat(IDS.map((id) => usual(keeper, 'release', id)))
  const strewn = fc
    .tuple(fc.array(command, { maxLength: 6 }), fc.array(fc.tuple(fc.nat(9), command), { maxLength: 6 }))
    .map(([first, more]) => [...first.filter((c) => c.what !== 'propose'), ...mixed(road, more)])
  fc.assert(
    fc.property(fc.oneof(strewn, fc.array(command, { maxLength: 40 })), (commands) => {
      for (const { blocked, batch, day } of walk(commands)) {
        seen += 1
        expect(blocked).toBe(false)
        const people = [batch.proposed.by, batch.reviewed?.by, batch.approved?.by].map((p) => p?.userId)
        expect(new Set(people).size).toBe(3)
        expect(people).not.toContain(undefined)
        expect(after(day) >= (batch.approved?.coolsUntil ?? '9')).toBe(true)
        expect(batch.ordered).toBeDefined()
      }
    }),
    { numRuns: 3000 },
  )
  // A walk on which nothing is ever let go shows nothing.
  expect(seen).toBeGreaterThan(500)
})

const mixed = <T>(road: readonly T[], more: readonly (readonly [number, T])[]): T[] =>
  road.flatMap((c, i) => [...more.filter(([at]) => at === i).map(([, x]) => x), c])

test('a batch that nobody proposed is not found', () => {
  expect(fold([])).toEqual(initialBatch)
  expect(order(initialBatch, [], 0)).toMatchObject({ code: 'not-found' })
})
