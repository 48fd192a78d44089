import type { OpenCase } from '@liuhen/domain/case/state'
import type { FormContext } from '@liuhen/domain/document/form-context'
import { present } from '@liuhen/domain/present'
import { spanOf } from '@liuhen/domain/recording/length'
import type { KeptRecording } from '@liuhen/domain/recording/state'
import { lengthOf } from '@liuhen/domain/recording/transcript'
import { MEDIUM_WORDS } from '@liuhen/domain/recording/words'
import type { KeptItem } from '@liuhen/law/evaluation'
import type { Fact } from '@liuhen/law/fact'
import type { CaseFilms } from './case-films.ts'

const RULES = { permanent: '永久保存', 'long-term': '长期保存', open: '期限待定' } as const

export type EvidenceAsked = Readonly<{
  films: CaseFilms
  sceneName: (code: string) => string
  /** The entries by which the law says how a recording is kept as evidence: on which disc, filed as what. */
  entries: ReadonlySet<string>
  /** How long each recording is kept, as the law says now. */
  kept?: ReadonlyMap<string, KeptItem> | undefined
}>

const retentionOf = (kept: KeptItem | undefined): string | undefined => {
  if (kept === undefined) return undefined
  return kept.rule === 'until' ? `保存至${kept.keptThrough ?? ''}` : RULES[kept.rule]
}

const discsOf = (s: OpenCase, id: string, entries: EvidenceAsked['entries']): readonly Fact[] =>
  s.facts.filter((f) => f.kind === 'event' && entries.has(f.name) && f.about === id)

/** What the entries say under one key, each once. */
const said = (discs: readonly Fact[], key: string): string | undefined => {
  const all = discs.flatMap((d) => (typeof d.data?.[key] === 'string' ? [d.data[key]] : []))
  return all.length === 0 ? undefined : [...new Set(all)].join('、')
}

const latest = (discs: readonly Fact[], key: string): string | undefined => {
  const value = discs.findLast((d) => d.data?.[key] !== undefined)?.data?.[key]
  return typeof value === 'string' ? value : undefined
}

const secondsOf = (r: KeptRecording): number =>
  lengthOf(r) ?? (Date.parse(r.manifest.madeTo) - Date.parse(r.manifest.madeFrom)) / 1000

const placeOf = (s: OpenCase, r: KeptRecording): string | undefined =>
  r.labels?.details?.['place'] ?? s.begun[r.link?.step ?? '']?.place ?? s.place

const filmRow = (s: OpenCase, id: string, r: KeptRecording, { sceneName, kept, entries }: EvidenceAsked) => {
  const discs = discsOf(s, id, entries)
  const { manifest: m } = r
  return present({
    discNo: said(discs, 'number'),
    medium: said(discs, 'medium'),
    name: r.link === undefined ? m.fileName : `${sceneName(r.link.scene)} ${m.fileName}`,
    kind: MEDIUM_WORDS[m.medium],
    fromAt: m.madeFrom,
    toAt: m.madeTo,
    length: spanOf(secondsOf(r)),
    place: placeOf(s, r),
    maker: m.officer.name,
    proves: r.evidence?.reason,
    sha256: r.stored.blob.sha256,
    retention: retentionOf(kept?.get(id)),
  })
}

const photoRow = (s: OpenCase, id: string, r: KeptRecording) =>
  present({
    photo: id,
    takenAt: r.manifest.madeFrom,
    place: placeOf(s, r),
    maker: r.manifest.officer.name,
    shows: r.evidence?.reason ?? r.labels?.details?.['content'],
    sha256: r.stored.blob.sha256,
  })

const firstMadeFirst = (films: CaseFilms): readonly (readonly [string, KeptRecording])[] =>
  [...films].toSorted(([, a], [, b]) => Date.parse(a.manifest.madeFrom) - Date.parse(b.manifest.madeFrom))

/** The recordings that were marked as evidence; of photos all, where nobody has marked one. */
export const evidenceOf = (s: OpenCase, asked: EvidenceAsked): NonNullable<FormContext['evidence']> => {
  const kept = firstMadeFirst(asked.films).filter(([, r]) => r.destroyed === undefined)
  const isPhoto = ([, r]: (typeof kept)[number]): boolean => r.manifest.medium === 'photo'
  const isEvidence = ([, r]: (typeof kept)[number]): boolean => r.evidence !== undefined
  const films = kept.filter((f) => !isPhoto(f) && isEvidence(f))
  const photos = kept.filter(isPhoto)
  const marked = photos.filter(isEvidence)
  const discs = films.flatMap(([id]) => discsOf(s, id, asked.entries))
  return present({
    films: films.map(([id, r]) => filmRow(s, id, r, asked)),
    photos: (marked.length > 0 ? marked : photos).map(([id, r]) => photoRow(s, id, r)),
    convertedBy: said(discs, 'convertedBy'),
    convertedAt: latest(discs, 'convertedAt'),
  })
}
