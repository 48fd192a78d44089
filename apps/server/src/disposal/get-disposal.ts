import type { Readable } from 'node:stream'
import { BatchView, type BatchRow } from '@liuhen/api/routes/disposals'
import type { AccountGiven } from '@liuhen/domain/agency/settings'
import { told } from '@liuhen/api/schema/evaluation'
import {
  canApproveDisposal,
  canObjectToDisposal,
  canOrderDisposal,
  canProposeDisposal,
  canRejectDisposal,
  canReviewDisposal,
} from '@liuhen/domain/disposal/can'
import { blocksOf, changesOf, type Weighed } from '@liuhen/domain/disposal/due'
import { refOf } from '@liuhen/domain/disposal/events'
import { type Batch, type BatchItem, bytesOf, isRunning, remaining } from '@liuhen/domain/disposal/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { accountGivenTo } from '../agency/account-given.ts'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { limitsOf } from './limits.ts'
import { loadBatch } from './load-batch.ts'
import { remainingIn, weighItems } from './weigh-items.ts'

const noBatch = (): Refusal => refuse('not-found', '没有找到这一批销毁。', '请从销毁页面重新打开。')

const viewItem = (b: Batch, item: BatchItem, w: Weighed | undefined, now: string) => {
  const gone = b.destroyed?.items.find((d) => refOf(d) === refOf(item))
  const standing = {
    struck: item.struck && { ...item.struck, by: item.struck.by.name },
    now:
      w === undefined || item.struck !== undefined || item.releasedAt !== undefined
        ? []
        : [...changesOf(w, item), ...blocksOf(w, now)].map((x) => x.message),
  }
  if ('recordingId' in item)
    return { ...item, ...standing, copies: gone !== undefined && 'copies' in gone ? gone.copies : [] }
  const papers = gone !== undefined && 'papers' in gone ? gone.papers : []
  const kept = papers.filter((p) => p.copies.some((c) => c.outcome === 'locked' || c.outcome === 'shared'))
  return present({
    ...item,
    ...standing,
    parts: gone !== undefined && 'parts' in gone ? gone.parts : item.parts,
    papers: item.papers.length,
    gone:
      gone !== undefined && 'parts' in gone
        ? { at: gone.at, parts: gone.parts, destroyed: papers.length - kept.length, kept: kept.length }
        : undefined,
  })
}

const by = (done: Batch['reviewed']) => done && { by: done.by.name, at: done.at, words: done.words }

type Seen = Readonly<{
  batchId: string
  version: number
  actor: Actor
  given: readonly AccountGiven[]
  now: string
}>

const viewBatch = (
  b: Batch,
  weighed: readonly Weighed[],
  { batchId, version, actor, given, now }: Seen,
): BatchView => {
  const found = new Map(weighed.map((w) => [refOf(w), w]))
  const { approved, ordered, certificate } = b
  return BatchView.parse(
    present({
      id: batchId,
      version,
      number: b.number,
      status: b.status,
      limits: b.limits,
      proposed: { by: b.proposed.by.name, at: b.proposed.at },
      reviewed: by(b.reviewed),
      approved: approved && { ...by(approved), coolsUntil: approved.coolsUntil },
      ordered: ordered && { by: ordered.by.name, at: ordered.at, witness: ordered.witness.name },
      ended: by(b.ended),
      carriedOutAt: b.destroyed?.at,
      certificate: certificate && {
        at: certificate.at,
        sha256: certificate.blob.sha256,
        sizeBytes: certificate.blob.sizeBytes,
      },
      items: b.items.map((i) => viewItem(b, i, found.get(refOf(i)), now)),
      can: {
        review: told(canReviewDisposal(actor, b, given)),
        approve: told(canApproveDisposal(actor, b, given)),
        reject: told(canRejectDisposal(actor, b)),
        object: told(canObjectToDisposal(actor, b)),
        order: told(canOrderDisposal(actor, b, now)),
      },
    }),
  )
}

/** A batch as it stands, and what speaks against its items today. */
export const getDisposal = async (
  deps: CaseDeps,
  actor: Actor,
  batchId: string,
): Promise<BatchView | Refusal> => {
  const now = await deps.store.clock.now()
  return withAgency(deps.store, actor.agencyId, async (tx) => {
    const { state, version } = await loadBatch(tx, batchId)
    if (state.status === 'none') return noBatch()
    const none = { recordingIds: [], caseFiles: [] }
    const { weighed } = await weighItems(deps, tx, {
      ...(isRunning(state) ? remainingIn(state) : none),
      batchId,
      now,
    })
    const given = await accountGivenTo(tx, actor)
    return viewBatch(state, weighed, { batchId, version, actor, given, now })
  })
}

/** Who must act next, among those who could. */
const isTurnOf = (actor: Actor, b: Batch, now: string): boolean =>
  [canReviewDisposal(actor, b), canApproveDisposal(actor, b), canOrderDisposal(actor, b, now)].includes(true)

const rowOf = (id: string, b: Batch, actor: Actor, now: string): BatchRow =>
  present({
    id,
    number: b.number,
    status: b.status,
    items: remaining(b).length,
    bytes: bytesOf(remaining(b)),
    proposedBy: b.proposed.by.name,
    proposedAt: b.proposed.at,
    coolsUntil: b.approved?.coolsUntil,
    yours: isTurnOf(actor, b, now),
  })

const unlinkedIn = async (tx: Tx): Promise<number> => {
  const { rows } = await tx.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM app.recording_row WHERE case_id IS NULL AND status <> 'registered'`,
  )
  return rows[0]?.n ?? 0
}

/** The latest first. */
export const listDisposals = async (deps: CaseDeps, actor: Actor) => {
  const now = await deps.store.clock.now()
  return withAgency(deps.store, actor.agencyId, async (tx) => {
    const { rows } = await tx.query<{ batch_id: string; state: Batch }>(
      'SELECT batch_id, state FROM app.disposal_row WHERE agency_id = $1 ORDER BY proposed_at DESC LIMIT 200',
      [actor.agencyId],
    )
    return {
      items: rows.map((r) => rowOf(r.batch_id, r.state, actor, now)),
      limits: await limitsOf(deps.library, tx, actor.agencyId),
      unlinked: await unlinkedIn(tx),
      can: { propose: told(canProposeDisposal(actor)) },
    }
  })
}

export const openCertificate = async (
  deps: CaseDeps & Readonly<{ blobs: BlobDeps }>,
  actor: Actor,
  batchId: string,
): Promise<Readonly<{ bytes: Readable; sizeBytes: number; fileName: string }> | Refusal> => {
  const found = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const { state } = await loadBatch(tx, batchId)
    if (state.status === 'none') return noBatch()
    return state.certificate === undefined
      ? refuse('not-found', '这一批还没有销毁证明。', '执行完成后自动出具，请稍后再看。')
      : { sha256: state.certificate.blob.sha256, number: state.number }
  })
  if (isRefusal(found)) return found
  const opened = await openBlob(deps.blobs, found.sha256)
  if (opened === undefined) throw new Error(`no verified blob ${found.sha256}`)
  const fileName = `销毁证明-${found.number}.txt`
  return { bytes: opened.stream, sizeBytes: opened.blob.sizeBytes, fileName }
}
