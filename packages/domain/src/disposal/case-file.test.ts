import { describe, expect, test } from 'vitest'
import { after, archivist, head, keeper } from '../../../../test/disposal-people.ts'
import type { Actor } from '../event.ts'
import { type Decision, isRefusal } from '../refusal.ts'
import { carryOutDisposal, orderDisposal, releaseItem } from './carry-out.ts'
import { certificateText } from './certificate.ts'
import { approveDisposal, proposeDisposal, reviewDisposal } from './commands.ts'
import { blocksOf, type Weighed, type WeighedFile } from './due.ts'
import type { DisposalEvent } from './events.ts'
import { type Batch, type BatchState, evolveBatch, initialBatch } from './state.ts'

const limits = { items: 3, bytes: 1000, coolingDays: 30 }

const then = (s: BatchState, decided: Decision<DisposalEvent>, by: Actor): BatchState => {
  if (isRefusal(decided)) throw new Error(decided.reasons.map((r) => r.message).join())
  return decided.reduce((t, e) => evolveBatch(t, e, by), s)
}
const batchOf = (s: BatchState): Batch => {
  if (s.status === 'none') throw new Error('no batch')
  return s
}
const propose = (w: Weighed) =>
  proposeDisposal(
    initialBatch,
    { weighed: [w], number: '销〔2026〕1号', limits },
    { now: after(0), actor: keeper },
  )
const approved = (w: WeighedFile): BatchState => {
  const s = then(initialBatch, propose(w), keeper)
  const asked = { opinion: '同意', seen: [w.caseFile], struck: [] }
  const reviewed = then(s, reviewDisposal(s, asked, { now: after(1), actor: archivist }), archivist)
  return then(
    reviewed,
    approveDisposal(reviewed, { opinion: '同意', weighed: [w] }, { now: after(2), actor: head }),
    head,
  )
}
const order = (s: BatchState, w: Weighed) => {
  const witness = { personId: '承办人', name: '承办人' }
  return orderDisposal(s, { witness, weighed: [w] }, { now: after(40), actor: keeper })
}

describe('a case file', () => {
  const file = (more: Partial<WeighedFile> = {}): WeighedFile => ({
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
    ...more,
  })
  test.each<[string, Partial<WeighedFile>, string]>([
    ['is open', { standing: 'open' }, 'open-case'],
    ['is a register', { standing: 'register' }, 'open-case'],
    ['is published', { isPublished: true }, 'published'],
    ['has films that are kept', { recordingsLeft: 1 }, 'recordings-left'],
    ['is put into a package', { packagesMaking: 1 }, 'package-making'],
    ['is gone', { isShredded: true }, 'destroyed'],
    ['is kept for good', { kept: { rule: 'permanent', why: '永久', citations: [] } }, 'permanent'],
    ['is held', { kept: { rule: 'open', why: '已采取保全', citations: [] } }, 'open'],
    ['is young', { kept: { rule: 'until', keptThrough: '2026-09-01', why: '', citations: [] } }, 'not-yet'],
    ['is in another batch', { inBatch: '2' }, 'in-batch'],
  ])('that %s may not go', (_name, more, code) => {
    expect(blocksOf(file(more), after(0)).map((b) => b.code)).toContain(code)
    expect(propose(file(more))).toMatchObject({ refused: true, code: 'law-gate' })
  })
  test('that is kept for years says that alone: nobody is sent to take a publication down or to destroy films before', () => {
    const kept = { rule: 'until', keptThrough: '2056-05-11', why: '', citations: [] } as const
    const young = file({ kept, isPublished: true, recordingsLeft: 5 })
    expect(blocksOf(young, after(0)).map((b) => b.code)).toEqual(['not-yet'])
  })
  test('goes like a recording, with what was of it in the moment of letting go, and nothing of it is named but its numbers', () => {
    const w = file()
    const ordered = then(approved(w), order(approved(w), w), keeper)
    const grown = file({ papers: [...w.papers, { sha256: 'b'.repeat(64), sizeBytes: 5 }] })
    const released = then(ordered, releaseItem(ordered, grown, after(40)), keeper)
    const gone = {
      caseFile: 'c',
      at: after(40),
      parts: 12,
      statements: [{ streamId: 'c', version: 9, leafHash: 'x' }],
      papers: grown.papers.map(({ sha256 }) => ({
        sha256,
        copies: [{ store: 'first' as const, outcome: 'absent' as const }],
      })),
    }
    const carried = then(released, carryOutDisposal(released, [gone], after(40)), keeper)
    const text = certificateText(batchOf(carried), { agency: '某局', batchId: 'b', simulated: false })
    expect(text).toContain('案卷销毁证明')
    expect(text).toContain('案号：案1，档号：20260001')
    expect(text).toContain('b'.repeat(64))
    expect(text).toContain('事件流 c 第 9 条，条目摘要（base64）x')
  })
  test('that is put into a package waits for it at the order and in the moment of letting go, and is not struck', () => {
    const [w, making] = [file(), file({ packagesMaking: 1 })]
    expect(order(approved(w), making)).toMatchObject([{ type: 'DisposalOrdered' }])
    const ordered = then(approved(w), order(approved(w), making), keeper)
    expect(releaseItem(ordered, making, after(40))).toMatchObject({ refused: true, code: 'wrong-state' })
    expect(releaseItem(ordered, w, after(40))).toMatchObject([{ type: 'DisposalItemReleased' }])
  })
  test('that was published between approval and the day is struck', () => {
    const w = file()
    expect(order(approved(w), file({ isPublished: true }))).toMatchObject([
      { type: 'DisposalItemStruck', data: { internal: { caseFile: 'c', how: 'recheck' } } },
      { type: 'DisposalStopped' },
    ])
  })
})
