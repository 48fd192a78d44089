import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import * as decide from '@liuhen/domain/recording/commands'
import * as transcript from '@liuhen/domain/recording/transcript'
import type { CheckResult, Manifest } from '@liuhen/domain/recording/events'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency } from '../postgres/transaction.ts'
import { actOnRecording } from './act-on-recording.ts'
import { isArchived } from './handles-case.ts'
import { chainJob } from './keep-chain.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from './recording-deps.ts'

type Deps = Pick<RecordingDeps, 'store' | 'library'>
type Outcome = Promise<RecordingDone | Refusal>

/** The same command again answers the recording that it made the first time. */
export const registerRecording = async (
  deps: Deps,
  c: Omit<RecordingCommand, 'recordingId'>,
  manifest: Manifest,
): Outcome => {
  const caseArchived = await withAgency(deps.store, c.actor.agencyId, (tx) =>
    isArchived(tx, manifest.suggestion?.caseId),
  )
  return actOnRecording(deps, { ...c, recordingId: randomUUID() }, (s, ctx) =>
    decide.registerRecording(s, present(manifest), { ...ctx, caseArchived }),
  )
}

export const labelRecording = (
  deps: Deps,
  c: RecordingCommand,
  labels: z.infer<typeof decide.LabelRecording>,
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.labelRecording(s, labels, ctx))

/** The case names the very bytes and the head of the recording's stream. What a phone signed is compared with where it lies now. */
export const linkRecording = (
  deps: Deps,
  c: RecordingCommand,
  link: z.infer<typeof decide.LinkRecording>,
): Outcome =>
  actOnRecording(deps, c, (s, ctx) => decide.linkRecording(s, link, ctx), link.caseId, [
    chainJob(c.recordingId, c.actor.agencyId),
  ])

export const markPoints = (
  deps: Deps,
  c: RecordingCommand,
  points: z.infer<typeof decide.MarkPoints>,
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.markPoints(s, points, ctx))

export const confirmLegibility = (
  deps: Deps,
  c: RecordingCommand,
  seen: z.infer<typeof decide.ConfirmLegibility>,
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.confirmLegibility(s, seen, ctx))

export const reportInterruption = (
  deps: Deps,
  c: RecordingCommand,
  interruption: z.infer<typeof decide.ReportInterruption>,
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.reportInterruption(s, present(interruption), ctx))

export const markEvidence = (
  deps: Deps,
  c: RecordingCommand,
  evidence: z.infer<typeof decide.MarkEvidence>,
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.markEvidence(s, evidence, ctx))

export const transcribeRecording = (
  deps: Deps,
  c: RecordingCommand,
  told: transcript.TranscribeRecording,
): Outcome => actOnRecording(deps, c, (s, ctx) => transcript.transcribeRecording(s, present(told), ctx))

export const pinLine = (deps: Deps, c: RecordingCommand, pin: transcript.PinLine): Outcome =>
  actOnRecording(deps, c, (s, ctx) => transcript.pinLine(s, present(pin), ctx))

export const recordCheck = (
  deps: Deps,
  c: RecordingCommand,
  check: CheckResult & { sm3?: string },
): Outcome => actOnRecording(deps, c, (s, ctx) => decide.recordCheck(s, present(check), ctx.now))
