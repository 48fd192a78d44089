import { toBase64 } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { isBy, parseNote } from '@liuhen/ledger/note'
import type { DaT70 } from '@liuhen/ledger/package/documents'
import type { WitnessPolicy } from '../ledger/witness-policy.ts'
import { numbered } from '../package-contents/page.ts'
import type { Verdicts } from '../package-contents/verdicts.ts'
import type { Making } from './making.ts'
import type { PackagePlan } from './package-rows.ts'
import { recordingsFound } from './recording-checks.ts'

/** Their lines were checked when they came. */
const witnessesUnder = (checkpoint: string, { peers }: WitnessPolicy): Verdicts['witnesses'] => {
  const signatures = parseNote(checkpoint)?.signatures ?? []
  const confirmed = peers.filter(({ key }) => signatures.some((s) => isBy(key, s)))
  return { named: peers.length, confirmed: confirmed.map((p) => p.name) }
}

const streamsOf = ({ summary, recordings, streams }: PackagePlan): Verdicts['streams'] => {
  const titles = new Map(recordings.map((r) => [r.recordingId, `音像 ${numbered(r)}`]))
  return streams.map((s) => ({
    ...s,
    name: s.streamId === summary.caseId ? '案件' : (titles.get(s.streamId) ?? '音像（没有随包）'),
  }))
}

const hasSm3 = ({ plan, collected }: Making): boolean =>
  [...plan.documents, ...plan.recordings, ...plan.sidecars.filter((s) => s.text === undefined)].every((f) =>
    collected.sm3s.has(f.sha256),
  )

/** What is found of a package while it is made; its own verification comes after, and is not in it. */
export const verdictsOf = (m: Making, daT70: DaT70): Verdicts => {
  const { plan, gathered, inclusions } = m
  const note = inclusions.checkpoint ?? ''
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  return {
    at: m.now,
    daT70,
    witnesses: witnessesUnder(note, m.witnesses),
    isStamped: m.stamps.some((s) => s.size === inclusions.size),
    log: {
      origin: checkpoint?.origin ?? '',
      size: inclusions.size,
      root: checkpoint === undefined ? '' : toBase64(checkpoint.root),
    },
    streams: streamsOf(plan),
    events: gathered.streams.reduce((n, s) => n + s.events.length, 0),
    issued: m.issued.length,
    recordings: recordingsFound(gathered, plan),
    hasSm3: hasSm3(m),
  }
}
