import { carryOutDisposal, certifyDisposal, releaseItem } from '@liuhen/domain/disposal/carry-out'
import { certificateText } from '@liuhen/domain/disposal/certificate'
import { struckBy } from '@liuhen/domain/disposal/commands'
import type { Weighed } from '@liuhen/domain/disposal/due'
import { type DestroyedItem, refOf } from '@liuhen/domain/disposal/events'
import { type Batch, type BatchItem, remaining } from '@liuhen/domain/disposal/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, putBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { StreamAppend } from '../event-store/append.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import type { Derived } from '../playback/derived-files.ts'
import { withAgency } from '../postgres/transaction.ts'
import { besideNoPass, type Stores } from '../stores/reach-store.ts'
import { actOnDisposal, type DisposalDecision, type DisposalDone } from './act-on-disposal.ts'
import { destroyCopies, mustReachStores } from './destroy-copies.ts'
import { destroyDerivatives } from './destroy-derivatives.ts'
import { CARRY_OUT_DISPOSAL, type DisposalJob } from './disposal-job.ts'
import { loadBatch, type LoadedBatch } from './load-batch.ts'
import { letGoOf, shredFile } from './shred-files.ts'
import { tellCases } from './tell-cases.ts'
import { aboutIn, idsOf, type WeighedItems, weighItems } from './weigh-items.ts'

export type CarryOutDeps = CaseDeps &
  Readonly<{
    stores: Stores
    blobs: BlobDeps
    derived: Derived
    /** Connection of the one role that deletes content. */
    shredderUrl: string
  }>

type Running = Readonly<{ deps: CarryOutDeps; job: DisposalJob; orderedBy: Actor }>

const mustStand = (outcome: DisposalDone | Refusal): DisposalDone => {
  if (isRefusal(outcome)) throw new Error(`a disposal was refused: ${outcome.reasons[0]?.message ?? ''}`)
  return outcome
}

const loaded = ({ store }: CaseDeps, { agencyId, batchId }: DisposalJob): Promise<LoadedBatch> =>
  withAgency(store, agencyId, (tx) => loadBatch(tx, batchId))

/** What the streams of the item itself are told when it is let go. */
const goneFor = (
  w: Weighed,
  { versions, contents }: WeighedItems,
  told: readonly StreamAppend[],
  of: Readonly<{ batchId: string; number: string; now: string }>,
): readonly StreamAppend[] => {
  const { batchId, number, now } = of
  if ('caseFile' in w) {
    const content = contents.get(w.caseFile)
    if (content === undefined) throw new Error(`no content of ${w.caseFile}`)
    return letGoOf(content, told, { batchId, number }, now)
  }
  const gone = {
    type: 'RecordingDestroyed',
    schemaVersion: 1,
    occurredAt: now,
    data: { internal: { batchId, number } },
  }
  const expectedVersion = versions.get(w.recordingId) ?? 0
  return [...told, { streamType: 'recording', streamId: w.recordingId, expectedVersion, events: [gone] }]
}

/**
 * One item in one transaction: weighed with its case as it is now, let go in the batch, told to the case and to its own
 * streams; or struck with the reason. By whom it was ordered: the queue has no will of its own.
 */
const release = async ({ deps, job, orderedBy }: Running, item: BatchItem): Promise<void> => {
  const { batchId } = job
  const ref = refOf(item)
  const commandId = derivedId(CARRY_OUT_DISPOSAL, batchId, 'release', ref)
  const command = { commandId, actor: orderedBy, batchId, what: CARRY_OUT_DISPOSAL }
  const outcome = await actOnDisposal(deps, command, async (s, { tx, now }): Promise<DisposalDecision> => {
    const weighing = await weighItems(deps, tx, { ...idsOf([item]), batchId, now })
    const [weighed] = weighing.weighed
    if (weighed === undefined || s.status === 'none') throw new Error(`no ${ref} to let go`)
    const events = releaseItem(s, weighed, now)
    if (isRefusal(events) || events[0]?.type !== 'DisposalItemReleased') return events
    const { number } = s
    const telling = { tx, actor: orderedBy, act: 'disposal-carried-out', number } as const
    const about = aboutIn(weighed)
    const told = await tellCases(telling, weighing.cases, about === undefined ? [] : [about])
    const refused = told.refused.get(ref)?.reasons[0]
    if (refused !== undefined) return [struckBy(now, item, 'recheck', refused)]
    return { events, others: goneFor(weighed, weighing, told.appends, { batchId, number, now }) }
  })
  mustStand(outcome)
}

const destroyAll = async ({ deps, job }: Running, b: Batch): Promise<DestroyedItem[]> => {
  const { agencyId, batchId } = job
  const { number } = b
  const items: DestroyedItem[] = []
  for (const item of b.items) {
    if (item.releasedAt === undefined) continue
    if ('caseFile' in item) {
      items.push(await shredFile({ ...deps, agencyId }, item, { batchId, number }))
      continue
    }
    const { recordingId, sha256 } = item
    const released = { recordingId, sha256, batchId, number }
    const derivatives = await destroyDerivatives({ ...deps, agencyId }, released)
    const copies = await destroyCopies({ ...deps, agencyId }, released)
    items.push({ recordingId, sha256, copies, ...(derivatives.length > 0 && { derivatives }) })
  }
  return items
}

const ofBatch = ({ state }: LoadedBatch): Batch => {
  if (state.status === 'none') throw new Error('a batch that runs has begun')
  return state
}

const carryOut = async (running: Running): Promise<void> => {
  const { deps, job } = running
  await mustReachStores(deps.stores)
  for (const item of remaining(ofBatch(await loaded(deps, job))))
    if (item.releasedAt === undefined) await release(running, item)
  const items = await destroyAll(running, ofBatch(await loaded(deps, job)))
  const commandId = derivedId(CARRY_OUT_DISPOSAL, job.batchId, 'carried out')
  const command = { commandId, actor: running.orderedBy, batchId: job.batchId, what: CARRY_OUT_DISPOSAL }
  mustStand(await actOnDisposal(deps, command, (s, { now }) => carryOutDisposal(s, items, now)))
}

const certify = async (deps: CarryOutDeps, { agencyId, batchId }: DisposalJob, b: Batch): Promise<void> => {
  const { name } = await withAgency(deps.store, agencyId, (tx) => getAgency(tx, agencyId))
  const simulated = deps.store.clock.kind === 'simulated'
  const text = certificateText(b, { agency: name, batchId, simulated })
  const { sha256, sizeBytes, mime } = await putBlob(deps.blobs, Buffer.from(text), 'text/plain')
  const commandId = derivedId(CARRY_OUT_DISPOSAL, batchId, 'certificate')
  const command = { commandId, actor: systemActor(agencyId), batchId, what: CARRY_OUT_DISPOSAL }
  const blob = { sha256, sizeBytes, mime }
  mustStand(await actOnDisposal(deps, command, (s, { now }) => certifyDisposal(s, blob, now)))
}

/** Another pass over the stores is at work: the queue tries again. */
class AnotherPassError extends Error {}

/** The job behind an order: lets go, destroys, tells what became of each copy, and certifies. Goes on where it was. */
export const carryOutDisposalJob = async (deps: CarryOutDeps, job: DisposalJob): Promise<void> => {
  const { state, orderedBy } = await loaded(deps, job)
  if (state.status === 'ordered' && orderedBy !== undefined) {
    const done = await besideNoPass(deps.stores.pool, async () => {
      await carryOut({ deps, job, orderedBy })
      return true
    })
    if (done === undefined) throw new AnotherPassError('another pass over the stores is at work')
  }
  const after = (await loaded(deps, job)).state
  if (after.status === 'carried-out') await certify(deps, job, after)
}

/** Every batch that was ordered and is not certified: the queue may have given up while a store was away. */
export const listUnfinished = async (
  { store }: CaseDeps,
  agencyId: string,
): Promise<readonly DisposalJob[]> => {
  const { rows } = await withAgency(store, agencyId, (tx) =>
    tx.query<{ batch_id: string }>(
      `SELECT batch_id FROM app.disposal_row WHERE status IN ('ordered', 'carried-out') ORDER BY batch_id`,
    ),
  )
  return rows.map((r) => ({ agencyId, batchId: r.batch_id }))
}
