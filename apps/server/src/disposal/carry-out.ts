import { carryOutDisposal, certifyDisposal, releaseItem } from '@liuhen/domain/disposal/carry-out'
import { certificateText } from '@liuhen/domain/disposal/certificate'
import { struckBy } from '@liuhen/domain/disposal/commands'
import type { DestroyedItem } from '@liuhen/domain/disposal/events'
import { type Batch, remaining } from '@liuhen/domain/disposal/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, putBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import type { Derived } from '../playback/derived-files.ts'
import { withAgency } from '../postgres/transaction.ts'
import { besideNoPass, type Stores } from '../stores/reach-store.ts'
import { actOnDisposal, type DisposalDecision, type DisposalDone } from './act-on-disposal.ts'
import { destroyCopies, mustReachStores } from './destroy-copies.ts'
import { destroyDerivatives } from './destroy-derivatives.ts'
import { CARRY_OUT_DISPOSAL, type DisposalJob } from './disposal-job.ts'
import { loadBatch, type LoadedBatch } from './load-batch.ts'
import { tellCases } from './tell-cases.ts'
import { weighRecordings } from './weigh.ts'

export type CarryOutDeps = CaseDeps & Readonly<{ stores: Stores; blobs: BlobDeps; derived: Derived }>

type Running = Readonly<{ deps: CarryOutDeps; job: DisposalJob; orderedBy: Actor }>

const mustStand = (outcome: DisposalDone | Refusal): DisposalDone => {
  if (isRefusal(outcome)) throw new Error(`a disposal was refused: ${outcome.reasons[0]?.message ?? ''}`)
  return outcome
}

const loaded = ({ store }: CaseDeps, { agencyId, batchId }: DisposalJob): Promise<LoadedBatch> =>
  withAgency(store, agencyId, (tx) => loadBatch(tx, batchId))

/**
 * One item in one transaction: weighed with its case as it is now, let go in the batch, told to the case and to the
 * recording; or struck with the reason. By whom it was ordered: the queue has no will of its own.
 */
const release = async ({ deps, job, orderedBy }: Running, recordingId: string): Promise<void> => {
  const { batchId } = job
  const commandId = derivedId(CARRY_OUT_DISPOSAL, batchId, 'release', recordingId)
  const command = { commandId, actor: orderedBy, batchId, what: CARRY_OUT_DISPOSAL }
  const outcome = await actOnDisposal(deps, command, async (s, { tx, now }): Promise<DisposalDecision> => {
    const weighing = await weighRecordings(deps, tx, { ids: [recordingId], batchId, now })
    const [weighed] = weighing.weighed
    if (weighed === undefined || s.status === 'none') throw new Error(`no recording ${recordingId}`)
    const events = releaseItem(s, weighed, now)
    if (isRefusal(events) || events[0]?.type !== 'DisposalItemReleased') return events
    const { number } = s
    const about = [{ recordingId, caseId: weighed.place?.caseId ?? '' }]
    const telling = { tx, actor: orderedBy, act: 'disposal-carried-out', number } as const
    const told = await tellCases(telling, weighing.cases, about)
    const refused = told.refused.get(recordingId)?.reasons[0]
    if (refused !== undefined) return [struckBy(now, recordingId, 'recheck', refused)]
    const gone = {
      type: 'RecordingDestroyed',
      schemaVersion: 1,
      occurredAt: now,
      data: { internal: { batchId, number } },
    }
    return {
      events,
      others: [
        ...told.appends,
        {
          streamType: 'recording',
          streamId: recordingId,
          expectedVersion: weighing.versions.get(recordingId) ?? 0,
          events: [gone],
        },
      ],
    }
  })
  mustStand(outcome)
}

const destroyAll = async ({ deps, job }: Running, b: Batch): Promise<DestroyedItem[]> => {
  const { agencyId, batchId } = job
  const items: DestroyedItem[] = []
  for (const { recordingId, sha256, releasedAt } of b.items) {
    if (releasedAt === undefined) continue
    const released = { recordingId, sha256, batchId, number: b.number }
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
  for (const { recordingId, releasedAt } of remaining(ofBatch(await loaded(deps, job))))
    if (releasedAt === undefined) await release(running, recordingId)
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
