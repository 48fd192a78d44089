import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type Note = CaseWorkspace['notes'][number]
type File = Pick<CaseWorkspace, 'documents' | 'recordings' | 'noted'>
type Option = Readonly<{ value: string; label: string }>
export type Things = readonly Readonly<{ label: string; options: Option[] }>[]

/** How a thing and its kind are called. */
export type ThingWords = Readonly<{
  kind: (kind: 'document' | 'recording' | 'case-file' | 'noted') => string
  recording: (recording: File['recordings'][number]) => string
  noted: (noted: File['noted'][number]) => string
  wholeFile: string
}>

/** What a fact can be about in this case, by kind. Nothing: it stands for itself, or what it would be about is not there yet. */
export function thingsFor(about: Note['about'], file: File, words: ThingWords): Things {
  const documents = file.documents
    .filter((d) => d.voided === undefined)
    .map((d) => ({ value: d.id, label: d.number === undefined ? d.name : `${d.name} ${d.number}` }))
  const recordings = file.recordings.map((r) => ({ value: r.id, label: words.recording(r) }))
  const noted = file.noted.filter((n) => about.includes(n.name))
  // First what is one click, however many papers and recordings there are.
  const groups = [
    {
      wanted: about.includes('case-file'),
      kind: 'case-file' as const,
      options: [{ value: 'case-file', label: words.wholeFile }],
    },
    { wanted: about.includes('document'), kind: 'document' as const, options: documents },
    { wanted: about.includes('recording'), kind: 'recording' as const, options: recordings },
    {
      wanted: true,
      kind: 'noted' as const,
      options: noted.map((n) => ({ value: n.ref, label: words.noted(n) })),
    },
  ]
  return groups.flatMap(({ wanted, kind, options }) =>
    wanted && options.length > 0 ? [{ label: words.kind(kind), options }] : [],
  )
}

/** What the things that are not there yet are called: a kind of thing, or the fact that is registered first. */
export const namesOfThings = (
  about: Note['about'],
  file: Pick<CaseWorkspace, 'notes'>,
  kinds: Readonly<Record<string, string>>,
): string[] => about.flatMap((name) => kinds[name] ?? file.notes.find((n) => n.name === name)?.title ?? [])

/** The only thing there is needs no choosing. */
export function onlyThing(things: Things): string | undefined {
  const all = things.flatMap((group) => group.options)
  return all.length === 1 ? all[0]?.value : undefined
}
