import type { Fact } from '@liuhen/law/fact'
import type { Interruption } from './events.ts'
import { playbackFacts } from './playback.ts'
import { isKept, type KnownRecording, type RecordingState } from './state.ts'

const sceneOf = (r: KnownRecording) => r.link?.scene ?? r.manifest.suggestion?.scene

const dataOf = (r: KnownRecording): NonNullable<Fact['data']> => ({
  medium: r.manifest.medium,
  device: r.manifest.device.id,
  ...(r.manifest.device.explosionProof === true && { explosionProof: true }),
  ...(r.manifest.session && { session: r.manifest.session.id, segment: r.manifest.session.segment }),
  ...(r.manifest.lateTransfer && {
    lateReason: r.manifest.lateTransfer.reason,
    returnedAt: r.manifest.lateTransfer.returnedAt,
  }),
  ...(isKept(r) && r.legibility && { legibleTitle: r.legibility.title, legibleFace: r.legibility.face }),
  // Nothing here is a store for what is classified.
  ...(isKept(r) && { store: 'general', sha256: r.stored.blob.sha256, evidence: r.evidence !== undefined }),
  ...(isKept(r) && r.evidence && { proves: r.evidence.reason }),
  ...(r.status === 'checked' && {
    verdict: r.check.verdict,
    gaps: r.check.gaps.length,
    lengthDiffers: r.check.lengthDiffers !== undefined,
    ...(r.check.verdict !== 'not-checked' && { playable: r.check.verdict === 'playable' }),
  }),
})

/** What its description names, by the keys that rules ask for. Of the party only that somebody is named. */
const labelsOf = (r: KnownRecording): NonNullable<Fact['data']> => ({
  ...r.labels?.details,
  caseNo: r.labels?.caseNo ?? null,
  handler: r.labels?.handler ?? null,
  party: r.labels?.party !== undefined,
  deviceNo: r.manifest.device.id,
  officers: r.manifest.officer.name,
  usedAt: r.manifest.madeFrom,
})

const interruptionFact = (r: KnownRecording, recordingId: string, i: Interruption): Fact => ({
  kind: 'event',
  name: 'recording-interrupted',
  at: i.from,
  from: i.from,
  ...(i.to && { to: i.to }),
  ...(r.link && { step: r.link.step }),
  ref: recordingId,
  data: {
    cause: i.cause,
    spoken: i.spokenAtSeconds !== undefined,
    abandoned: i.abandoned !== undefined,
    ...(i.abandoned && { reportedTo: i.abandoned.reportedTo, reportedAt: i.abandoned.reportedAt }),
    statement: i.abandoned?.statementId !== undefined,
  },
})

/**
 * What the law sees of one recording. Times `from` and `to` are the device's. Nothing is said of a recording
 * whose scene nobody has named: the law knows recordings by scene.
 */
export const toFacts = (recordingId: string, r: RecordingState): readonly Fact[] => {
  if (r.status === 'none') return []
  const name = sceneOf(r)
  if (name === undefined) return []
  const { madeFrom: from, madeTo: to, officer } = r.manifest
  const step = r.link?.step ?? r.manifest.suggestion?.step
  const base = {
    kind: 'recording' as const,
    name,
    from,
    to,
    ref: recordingId,
    by: [{ ...officer, as: 'officer' }],
    data: dataOf(r),
    ...(step && { step }),
    ...(r.link?.about && { about: r.link.about }),
  }
  return [
    { ...base, state: 'made', at: to },
    ...(isKept(r) ? [{ ...base, state: 'stored', at: r.storedAt }] : []),
    ...(r.status === 'checked' ? [{ ...base, state: 'checked', at: r.checkedAt }] : []),
    ...(r.labels
      ? [{ ...base, state: 'described', at: r.labels.at, data: { ...base.data, ...labelsOf(r) } }]
      : []),
    ...(isKept(r) ? playbackFacts(recordingId, r) : []),
    ...r.interruptions.map((i) => interruptionFact(r, recordingId, i)),
  ]
}

/** The latest event of the recording's stream, as the ledger knows it: version and leaf hash (base64). */
export type StreamHead = Readonly<{ version: number; leafHash: string }>

/**
 * What the case's own event `RecordingLinked` says in public, so that the case names the very bytes. Absent while the
 * recording is not linked or its bytes are not here. What the law sees of it goes beside it: `toFacts`.
 */
export const caseLinkData = (recordingId: string, r: RecordingState, head?: StreamHead) => {
  if (!isKept(r) || r.link === undefined) return undefined
  const { madeFrom: from, madeTo: to, medium } = r.manifest
  const { scene, step } = r.link
  const { sha256, sizeBytes, mime } = r.stored.blob
  const blob = { sha256, sizeBytes, mime }
  return { recordingId, scene, step, from, to, medium, blob, ...(head && { head }) }
}
export type CaseLinkData = NonNullable<ReturnType<typeof caseLinkData>>
