import { exportPackage as decideExport, nothingToExport } from '@liuhen/domain/case/record'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { SheetLaw } from '@liuhen/domain/recording/sheet-law'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import type { ArchivalSchemes } from '../archival/load-schemes.ts'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import { getAgency } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import { derivedId } from '../jobs/job-command.ts'
import type { Tx } from '../postgres/transaction.ts'
import { boundPayload } from './bound-payload.ts'
import { insertPackage, type PackagePlan } from './package-rows.ts'
import { queuePackage } from './queue-package.ts'
import { listedEnclosures, planEnclosures } from './plan-enclosures.ts'
import { planPackage } from './plan-package.ts'
import { planSidecars } from './plan-sidecars.ts'
import { servedOnFilm } from './recording-title.ts'

export type ExportRequest = Readonly<{ purpose: string; recipient: string; audience: 'whole' | 'party' }>

type Head = { stream_id: string; version: number; leaf_hash: Buffer }

/** The last event of the case and of every recording in it, as the record has them in this transaction. */
const headsOf = async (tx: Tx, streamIds: readonly string[]): Promise<PackagePlan['streams']> => {
  const { rows } = await tx.query<Head>(
    `SELECT DISTINCT ON (stream_id) stream_id, version, leaf_hash FROM record.event
      WHERE stream_id = ANY ($1) ORDER BY stream_id, version DESC`,
    [streamIds],
  )
  const byId = new Map(rows.map((r) => [r.stream_id, r]))
  return streamIds.flatMap((streamId) => {
    const head = byId.get(streamId)
    return head === undefined
      ? []
      : [{ streamId, head: head.version, leafHash: head.leaf_hash.toString('base64') }]
  })
}

const streamsOf = (caseId: string, s: OpenCase): string[] => [
  caseId,
  ...new Set(s.recordings.map((r) => r.recordingId)),
]

/** What is read once at the start of what law/ says of recordings that are handed in. */
export type ExportDeps = CaseDeps &
  Readonly<{ fileLaw: Readonly<{ sheet: SheetLaw }>; schemes: ArchivalSchemes }>

const planOf = async (
  deps: ExportDeps,
  c: CaseCommand,
  at: Attempt,
  audience: 'whole' | 'party',
): Promise<PackagePlan> => {
  const { state, ctx, bound, tx } = at
  const agency = await getAgency(tx, ctx.actor.agencyId)
  const definition = bound.law.document
  // Which film shows the service of what is internal: a party's package calls a film by its step and scene.
  const events = audience === 'whole' ? await readStreamIn(tx, c.caseId) : []
  const nameOf = (id: string): string | undefined => {
    const d = state.documents[id]
    return d && bound.terms.documentName(d.type, d.data)
  }
  const plan = planPackage({
    caseId: c.caseId,
    state,
    terms: bound.terms,
    definition,
    agency: { id: agency.id, name: agency.name },
    clock: deps.store.clock.kind,
    audience,
    streams: await headsOf(tx, streamsOf(c.caseId, state)),
    servedOn: servedOnFilm(events, nameOf),
  })
  // What is said in a film is told of persons, and a chain names the device's key: they are for the whole record alone.
  if (audience !== 'whole') return plan
  const asked = { law: deps.fileLaw.sheet, state, terms: bound.terms, definition, plan, now: ctx.now }
  const complete = { ...plan, sidecars: await planSidecars(tx, asked) }
  const { schemes } = deps
  return { ...complete, enclosures: await planEnclosures(tx, complete, { schemes, agency }) }
}

/** From the command, so that the same command repeated names the same package. */
export const packageIdOf = (agencyId: string, commandId: string): string =>
  derivedId('liuhen.package.v1', agencyId, commandId)

/**
 * Records that a package leaves the house, before it is made: to whom, what for, the head of every stream and the
 * payload's manifest. The job that makes the bytes is queued in the same transaction.
 */
export const exportPackage = async (
  deps: ExportDeps,
  c: CaseCommand,
  request: ExportRequest,
): Promise<CaseDone | Refusal> => {
  const { audience, purpose, recipient } = request
  const packageId = packageIdOf(c.actor.agencyId, c.commandId)
  const done = await actOnCase(deps, c, async (at) => {
    const plan = await planOf(deps, c, at, audience)
    // Of a file that was destroyed there is the record of it, and no paper.
    if (plan.documents.length === 0 && at.state.shredded === undefined) return nothingToExport
    await insertPackage(at.tx, { packageId, agencyId: at.ctx.actor.agencyId, caseId: c.caseId, plan })
    await queuePackage(at.tx, { agencyId: at.ctx.actor.agencyId, caseId: c.caseId, packageId })
    const statement = {
      packageId,
      purpose,
      recipient,
      audience,
      streams: plan.streams,
      documents: plan.documents.length,
      recordings: plan.recordings.length,
      issuedCheckpoints: 'enclosed' as const,
      ...(plan.enclosures && {
        enclosures: 'listed' as const,
        enclosed: listedEnclosures(plan.enclosures),
      }),
      ...(await boundPayload(at.tx, plan)),
    }
    return decideExport(at.state, statement, at.ctx)
  })
  return isRefusal(done) ? done : { ...done, id: packageId }
}
