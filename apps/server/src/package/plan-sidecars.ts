import { createHash } from 'node:crypto'
import type { OpenCase } from '@liuhen/domain/case/state'
import { hasEffect } from '@liuhen/domain/document/correction'
import type { DocumentState } from '@liuhen/domain/document/state'
import { present } from '@liuhen/domain/present'
import { captionedOf, hasCaptions, webVtt } from '@liuhen/domain/recording/captions'
import { RecordingEvent } from '@liuhen/domain/recording/events'
import { recordingSheet } from '@liuhen/domain/recording/sheet'
import type { SheetLaw } from '@liuhen/domain/recording/sheet-law'
import { foldRecording, isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { captionsBeside, chainBeside, sheetBeside } from '@liuhen/ledger/package/paths'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { CaseTerms } from '../case-stream/terms.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import { sheetPage } from '../package-contents/sheet-page.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { PackagePlan } from './package-rows.ts'

type Sidecar = PackagePlan['sidecars'][number]
type Film = PackagePlan['recordings'][number]

export type SidecarInput = Readonly<{
  law: SheetLaw
  state: OpenCase
  terms: Pick<CaseTerms, 'sceneName' | 'stepName' | 'filming'>
  definition: (type: string) => DocumentDefinition | undefined
  plan: Pick<PackagePlan, 'summary' | 'documents' | 'recordings'>
  now: string
}>

const textBeside = (name: string, recordingId: string, text: string): Sidecar => {
  const bytes = Buffer.from(text, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { name, sha256, sizeBytes: bytes.length, recordingId, text }
}

/** The last paper in force that states what must be stated of this recording. */
const paperAbout = ({ law, state }: SidecarInput, recordingId: string): DocumentState | undefined =>
  Object.values(state.documents)
    .filter((d) => d.type === law.paper && d.about === recordingId && d.status === 'issued')
    .filter((d) => d.corrected === undefined && (d.corrects !== true || hasEffect(state, d)))
    .toSorted((a, b) => Date.parse(a.issuedAt ?? '') - Date.parse(b.issuedAt ?? ''))
    .at(-1)

/** Where the step was carried out, as it stood while the film was made. */
const stepPlaceOf = ({ state }: SidecarInput, { link, manifest }: KeptRecording): string | undefined => {
  const begun = link && state.begun[link.step]
  return begun && Date.parse(begun.from) <= Date.parse(manifest.madeTo) ? begun.place : undefined
}

const sheetOf = (
  i: SidecarInput,
  film: Film,
  recording: KeptRecording,
  beside: Readonly<{ captions?: string; chain?: string }>,
): string => {
  const paper = paperAbout(i, film.recordingId)
  const definition = paper && i.definition(paper.type)
  const placed = i.plan.documents.find((d) => d.documentId === paper?.id)
  const stepPlace = stepPlaceOf(i, recording)
  const sheet = recordingSheet({
    law: i.law,
    ...(stepPlace === undefined ? {} : { stepPlace }),
    recording,
    paper: paper && definition && { name: definition.name, definition, data: paper.data },
    sceneName: i.terms.sceneName,
    stepName: i.terms.stepName,
    pointNames: new Map(i.terms.filming.keyContent.map((k) => [k.code, k.label])),
  })
  const page = sheetPage({
    sheet,
    film,
    ...beside,
    ...(placed && { paper: { title: placed.title, path: `../documents/${placed.name}` } }),
    summary: i.plan.summary,
    at: i.now,
  })
  return Buffer.from(page).toString('utf8')
}

const beside = async (tx: Tx, i: SidecarInput, film: Film): Promise<readonly Sidecar[]> => {
  const { name, recordingId } = film
  const events = await readStreamIn(tx, recordingId)
  const state = foldRecording(events.map((e) => RecordingEvent.parse(e)))
  if (!isKept(state)) return []
  const captioned = captionedOf(state)
  const captions = hasCaptions(captioned) ? captionsBeside(name) : undefined
  const chain = state.chain && chainBeside(name)
  return [
    ...(captions === undefined ? [] : [textBeside(captions, recordingId, webVtt(captioned))]),
    ...(state.chain && chain !== undefined ? [{ name: chain, ...state.chain, recordingId }] : []),
    textBeside(sheetBeside(name), recordingId, sheetOf(i, film, state, present({ captions, chain }))),
  ]
}

/**
 * What lies beside the films of a package: what is said in them as captions, what a phone signed while it recorded, and the
 * sheet that states what a court wants stated of each. All are part of the payload that the export event binds.
 */
export const planSidecars = async (tx: Tx, i: SidecarInput): Promise<Sidecar[]> => {
  const all: Sidecar[] = []
  for (const film of i.plan.recordings) all.push(...(await beside(tx, i, film)))
  return all
}
