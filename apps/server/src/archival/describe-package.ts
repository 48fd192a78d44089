import { describe, type Description } from '@liuhen/domain/archival/describe'
import type { Act, CaseOfObject } from '@liuhen/domain/archival/known-case'
import { knownOfDocument } from '@liuhen/domain/archival/known-document'
import { knownOfRecording } from '@liuhen/domain/archival/known-recording'
import type { ArchivalScheme } from '@liuhen/domain/archival/scheme'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { RecordingEvent } from '@liuhen/domain/recording/events'
import { foldRecording, isKept } from '@liuhen/domain/recording/state'
import type { Known } from '@liuhen/domain/archival/describe'
import { metadataPath, SCHEME_FOLDERS, type SchemeFolder } from '@liuhen/ledger/package/paths'
import { foldCase } from '../case-stream/folded-case.ts'
import type { PackagePlan } from '../package/package-rows.ts'
import { actsOnDocument, actsOnRecording } from './acts.ts'
import type { ArchivalSchemes } from './load-schemes.ts'
import { metadataXml } from './metadata-xml.ts'

/** A paper or recording of the package in the words of the archives. */
export type DescribedObject = Readonly<{
  /** In the package: that of the object, and of its metadata. */
  path: string
  metadataPath: string
  bytes: Uint8Array
  scheme: ArchivalScheme
  known: Known
  description: Description
}>

export type DescribedDocument = DescribedObject &
  Readonly<{ document: PackagePlan['documents'][number]; acts: readonly Act[] }>

export type DescribedPackage = Readonly<{
  documents: readonly DescribedDocument[]
  recordings: readonly DescribedObject[]
  /** Objects that the record should describe and does not. */
  without: readonly string[]
}>

export type DescribeInput = Readonly<{
  schemes: ArchivalSchemes
  plan: Pick<PackagePlan, 'documents' | 'recordings' | 'summary'>
  agency: CaseOfObject['agency']
  /** Streams of the package by id, up to the export. */
  events: ReadonlyMap<string, readonly RecordedEvent[]>
}>

const folderOf = ({ standard }: ArchivalScheme): SchemeFolder => {
  const named = standard.toLowerCase().replaceAll(/[/ ]/g, '-')
  const folder = SCHEME_FOLDERS.find((f) => named.startsWith(`${f}-`))
  if (folder === undefined) throw new Error(`packages have no folder for ${standard}`)
  return folder
}

const described = (scheme: ArchivalScheme, path: string, name: string, known: Known): DescribedObject => {
  const description = describe(scheme, known)
  const bytes = metadataXml(scheme, description.elements)
  return { path, metadataPath: metadataPath(folderOf(scheme), name), bytes, scheme, known, description }
}

const describeDocument = (
  i: DescribeInput,
  state: OpenCase,
  document: PackagePlan['documents'][number],
): DescribedDocument[] => {
  const d = state.documents[document.documentId]
  if (d === undefined) return []
  const scheme = i.schemes.documents
  const acts = actsOnDocument(i.events.get(i.plan.summary.caseId) ?? [], d.id, scheme.acts ?? {})
  const known = knownOfDocument({ state, agency: i.agency }, d, document, acts)
  return [{ ...described(scheme, `data/documents/${document.name}`, document.name, known), document, acts }]
}

const describeRecording = (
  i: DescribeInput,
  state: OpenCase,
  packed: PackagePlan['recordings'][number],
): DescribedObject[] => {
  const events = i.events.get(packed.recordingId) ?? []
  const read = events.map((e) => RecordingEvent.safeParse(e))
  const r = read.every((e) => e.success) ? foldRecording(read.map((e) => e.data)) : undefined
  if (r === undefined || !isKept(r)) return []
  const scheme = r.manifest.medium === 'photo' ? i.schemes.photos : i.schemes.recordings
  const known = knownOfRecording({ state, agency: i.agency }, r, packed, actsOnRecording(events))
  return [described(scheme, `data/media/${packed.name}`, packed.name, known)]
}

/** Every object of the package, described from the very events that the package holds. */
export const describePackage = (i: DescribeInput): DescribedPackage => {
  const { state } = foldCase(i.events.get(i.plan.summary.caseId) ?? [])
  const isOpen = state.kind === 'open'
  const documents = isOpen ? i.plan.documents.flatMap((d) => describeDocument(i, state, d)) : []
  const recordings = isOpen ? i.plan.recordings.flatMap((r) => describeRecording(i, state, r)) : []
  const here = new Set([...documents, ...recordings].map((o) => o.path))
  const all = [
    ...i.plan.documents.map((d) => `data/documents/${d.name}`),
    ...i.plan.recordings.map((r) => `data/media/${r.name}`),
  ]
  return { documents, recordings, without: all.filter((path) => !here.has(path)) }
}
