import type { FileItem } from '@liuhen/domain/case-file/arrange'
import type { OpenCase } from '@liuhen/domain/case/state'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { DocumentState } from '@liuhen/domain/document/state'
import { present } from '@liuhen/domain/present'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Fact } from '@liuhen/law/fact'
import type { CaseTerms } from '../case-stream/terms.ts'
import { accountOf } from './plan-account.ts'
import type { PackagePlan } from './package-rows.ts'
import { recordingTitle } from './recording-title.ts'

type Definition = DocumentDefinition

export type PlanInput = Readonly<{
  caseId: string
  state: OpenCase
  terms: CaseTerms
  definition: (type: string) => Definition | undefined
  agency: Readonly<{ id: string; name: string }>
  clock: 'real' | 'simulated'
  audience: 'whole' | 'party'
  streams: PackagePlan['streams']
  /** Papers whose service a recording shows, by the recording: their names. */
  servedOn: ReadonlyMap<string, readonly string[]>
}>

type Issued = DocumentState & Readonly<{ pdf: NonNullable<DocumentState['pdf']> }>
/** A paper that was voided is shown to nobody outside; the whole record holds it, so that its bytes can be checked. */
const isShown = (d: DocumentState, audience: PlanInput['audience']): d is Issued =>
  d.pdf !== undefined && (d.status === 'issued' || (d.status === 'voided' && audience === 'whole'))

const VOLUME = { main: '正卷', sub: '副卷' } as const

const ownVolume = (d: DocumentState, definition: Definition | undefined): unknown =>
  definition?.volumeField === undefined ? undefined : d.data[definition.volumeField]

/** Cover, index and note say themselves which volume they belong to; every other paper by its kind. */
const volumeOf = (d: DocumentState, definition: Definition | undefined): 'main' | 'sub' => {
  const own = ownVolume(d, definition)
  return own === 'main' || own === 'sub' ? own : (definition?.audience ?? 'sub')
}

/** A file name that every system takes, in NFC; slashes and the like become a low line. */
const fileName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\\/%:*?"<>|\uFFFD]/gu, '_')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 80) || '文件'

const serial = (n: number): string => String(n).padStart(3, '0')

/** Cover, index and note, which name their volume, lie in front; what came after the assembling lies behind. */
const placeOf = (file: readonly FileItem[], d: DocumentState, definition: Definition | undefined): number => {
  if (ownVolume(d, definition) !== undefined) return -1
  const at = file.findIndex((item) => item.documentId === d.id)
  return at < 0 ? file.length : at
}

/** What became of a paper, or what it is made of, in its title. */
const markOf = (d: DocumentState): string => {
  if (d.status === 'voided') return '（已作废）'
  if (d.corrected !== undefined) return '（已更正）'
  return d.corrects === true ? '（更正件）' : ''
}

const documentsOf = (p: PlanInput): PackagePlan['documents'] => {
  if (p.state.shredded !== undefined) return []
  const file = p.state.file ?? []
  const issued = Object.values(p.state.documents).filter((d) => isShown(d, p.audience))
  const placed = issued
    .map((d) => ({
      d,
      volume: volumeOf(d, p.definition(d.type)),
      place: placeOf(file, d, p.definition(d.type)),
    }))
    .filter(({ volume }) => p.audience === 'whole' || volume === 'main')
    .toSorted((a, b) => {
      if (a.volume !== b.volume) return a.volume === 'main' ? -1 : 1
      if (a.place !== b.place) return a.place - b.place
      return (a.d.issuedAt ?? '') < (b.d.issuedAt ?? '') ? -1 : 1
    })
  const counts = { main: 0, sub: 0 }
  return placed.map(({ d, volume }) => {
    const name = p.definition(d.type)?.name ?? d.type
    const title = `${name}${markOf(d)}`
    const n = ++counts[volume]
    const { sha256, sizeBytes } = d.pdf.blob
    return present({
      name: `${VOLUME[volume]}/${serial(n)}-${fileName(title)}.pdf`,
      sha256,
      sizeBytes,
      documentId: d.id,
      title,
      volume,
      pages: d.pdf.pages,
      number: d.number,
      date: d.issuedOn,
    })
  })
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/x-msvideo': 'avi',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** The case was told that they were destroyed according to law. Its events still name them, and their digests. */
const destroyedIn = ({ state }: PlanInput): ReadonlySet<string> =>
  new Set(state.facts.flatMap((f) => (f.name === 'disposal-carried-out' ? (f.about ?? []) : [])))

/** Each recording once, first made first. */
const recordingsOf = (p: PlanInput): PackagePlan['recordings'] => {
  if (p.state.shredded !== undefined) return []
  const once = new Map(p.state.recordings.map((r) => [r.recordingId, r]))
  const destroyed = destroyedIn(p)
  return [...once.values()]
    .filter((r) => !destroyed.has(r.recordingId))
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))
    .map((r, i) => {
      const title = recordingTitle({
        step: p.terms.stepName(r.step),
        scene: p.terms.sceneName(r.scene),
        papers: p.servedOn.get(r.recordingId) ?? [],
      })
      const extension = EXTENSIONS[r.blob.mime] ?? 'bin'
      return {
        name: `${serial(i + 1)}-${fileName(title)}.${extension}`,
        sha256: r.blob.sha256,
        sizeBytes: r.blob.sizeBytes,
        recordingId: r.recordingId,
        title,
        mime: r.blob.mime,
        from: r.from,
        to: r.to,
      }
    })
}

const wordsOf = ({ state, terms }: PlanInput): PackagePlan['words'] => {
  const named = (kind: Fact['kind'], say: (name: string) => string): Record<string, string> =>
    Object.fromEntries(state.facts.filter((f) => f.kind === kind).map(({ name }) => [name, say(name)]))
  return {
    steps: named('step', terms.stepName),
    facts: named('event', terms.factName),
    scenes: Object.fromEntries(state.recordings.map(({ scene }) => [scene, terms.sceneName(scene)])),
    flags: Object.fromEntries(terms.flags.map((flag) => [flag, terms.flagName(flag)])),
  }
}

/** A party is told of no paper of the sub volume that there is one. */
const papersOf = (p: PlanInput, shown: PackagePlan['documents']): Record<string, string> => {
  if (p.audience === 'party') return Object.fromEntries(shown.map((d) => [d.documentId, d.title]))
  const all = Object.values(p.state.documents)
  return Object.fromEntries(all.map((d) => [d.id, p.terms.documentName(d.type, d.data)]))
}

/** What the package will hold. Two recordings of the same bytes are one file. */
export const planPackage = (p: PlanInput): PackagePlan => {
  const documents = documentsOf(p)
  const recordings = [...new Map(recordingsOf(p).map((r) => [r.sha256, r])).values()]
  const { state: s } = p
  return {
    audience: p.audience,
    summary: present({
      v: 1 as const,
      caseId: p.caseId,
      caseNo: s.caseNo ?? s.leadNo,
      title: s.title,
      agency: p.agency,
      clock: p.clock,
      party: s.party?.name,
      procedure: p.terms.procedure.name,
      receivedOn: chinaDate(s.receivedAt),
      handlers: s.handlers.map((h) => h.name ?? ''),
      documents: documents.map(({ title, number, date, pages, volume, name }) =>
        present({ title, number, date, pages, volume, file: name }),
      ),
      recordings: recordings.map(({ title, from, to, name }) => ({ title, from, to, file: name })),
    }),
    documents,
    recordings,
    sidecars: [],
    streams: p.streams,
    words: wordsOf(p),
    papers: papersOf(p, documents),
    account: accountOf(p, documents),
    ...(s.archive === undefined
      ? {}
      : {
          archive: present({
            archiveNo: s.archive.archiveNo,
            keptUntil: s.archive.keptUntil,
            why: s.archive.why,
          }),
        }),
  }
}
