import { randomUUID } from 'node:crypto'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { append } from '../apps/server/src/event-store/append.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'

const DAY_MS = 86_400_000
const LIMITS = { items: 10, bytes: 1_000_000, coolingDays: 30 }

/** Who acts, and how many days after the proposal each step is recorded. */
export type BatchOf = Readonly<{
  agencyId: string
  caseFile: string
  /** What it is of instead: a recording, by id and digest. */
  film?: Readonly<{ recordingId: string; sha256: string }>
  /** What else the release says. */
  beside?: Readonly<Record<string, unknown>>
  by: Readonly<{ keeper: Actor; reviewer: Actor; head: Actor }>
  days: Readonly<{ reviewed: number; approved: number; ordered: number }>
  /** Time of the proposal. */
  from: string
}>

const madeAt = '2019-01-01T10:00:00+08:00'
const OF_FILM = {
  fileName: '1.mp4',
  medium: 'video',
  madeFrom: madeAt,
  madeTo: madeAt,
  caseId: 'c',
  evidence: false,
}

/** Writes a batch that lets go of one case file or film straight into the record, as whoever may append can; gives its id. */
export const recordBatch = async (
  store: Store,
  { agencyId, caseFile, film, beside, by, days, from }: BatchOf,
): Promise<string> => {
  const batchId = randomUUID()
  const after = (n: number) => new Date(Date.parse(from) + n * DAY_MS).toISOString()
  const ofFile = { caseFile, archiveNo: '20260001', parts: 1, papers: [] }
  const item = {
    ...(film === undefined ? ofFile : { ...film, ...OF_FILM }),
    caseNo: '案1',
    sizeBytes: 0,
    keptThrough: '2020-01-01',
    why: '保存十年',
    citations: [],
  }
  const witness = { personId: randomUUID(), name: '监销人' }
  const opinion = { opinion: '同意' }
  const steps: readonly [string, Actor, number, NewEvent['data']][] = [
    [
      'DisposalProposed',
      by.keeper,
      0,
      { public: { items: 1, bytes: 0, number: '销1' }, internal: { items: [item], limits: LIMITS } },
    ],
    ['DisposalReviewed', by.reviewer, days.reviewed, { internal: { ...opinion, struck: [] } }],
    [
      'DisposalApproved',
      by.head,
      days.approved,
      { public: { coolsUntil: after(days.approved + LIMITS.coolingDays) }, internal: opinion },
    ],
    ['DisposalOrdered', by.keeper, days.ordered, { public: { items: 1, bytes: 0 }, internal: { witness } }],
    [
      'DisposalItemReleased',
      by.keeper,
      days.ordered,
      { internal: { ...(film ?? { caseFile, papers: [] }), ...beside } },
    ],
  ]
  for (const [expectedVersion, [type, actor, day, data]] of steps.entries()) {
    const occurredAt = after(day)
    const clock = { ...store.clock, now: () => Promise.resolve(occurredAt) }
    const events = [{ type, schemaVersion: 1, occurredAt, data }]
    const done = await append(
      { ...store, clock },
      {
        commandId: randomUUID(),
        agencyId,
        actor,
        appends: [{ streamType: 'disposal', streamId: batchId, expectedVersion, events }],
      },
    )
    if (isRefusal(done)) throw new Error(done.code)
  }
  return batchId
}
