import type { CaseWorkspace, LinkedRecording } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { z } from 'zod'

type Recording = z.infer<typeof LinkedRecording>
type Fields = Readonly<{
  sections: readonly Readonly<{
    fields: readonly Readonly<{ from?: string | readonly string[] | undefined }>[]
  }>[]
}>

/** What a form is told of the paper that it is about; of a recording it is told more (FormContext in domain). */
const OF_A_PAPER = new Set(['id', 'name', 'number', 'issuedOn', 'service', 'sent', 'changes'])

/** Whether a paper is about another paper (送达回证) or about a recording (视听资料说明): its fields take their values from it. */
export function aboutKind(definition: Fields | undefined): 'document' | 'recording' | undefined {
  const asked = (definition?.sections ?? [])
    .flatMap((section) => section.fields)
    .flatMap(({ from }) => [from ?? []].flat())
    .flatMap((path) => (path.startsWith('about.') ? [path.split('.')[1] ?? ''] : []))
  if (asked.length === 0) return undefined
  return asked.every((key) => OF_A_PAPER.has(key)) ? 'document' : 'recording'
}

type Noted = CaseWorkspace['noted'][number]
type File = Readonly<{
  documents: readonly DocumentView[]
  recordings: readonly Recording[]
  noted?: readonly Noted[]
}>
type Definitions = ReadonlyMap<string, DocumentDefinition>
type Subject = Readonly<{ id: string; name: string; at?: string }>

const issuedIn = ({ documents }: File): readonly DocumentView[] =>
  documents
    .filter((d) => d.state !== 'voided')
    .filter((d) => d.number !== undefined || d.state === 'issued' || d.state === 'served')

const asPaper = (d: DocumentView): Subject => ({
  id: d.id,
  name: [d.name, d.number].filter(Boolean).join(' '),
})

const recordingsIn = ({ recordings }: File): readonly Subject[] =>
  recordings.map((r) => ({ id: r.id, name: r.sceneName, at: r.from }))

/** A registered fact by its title and the first of what was said. */
export const nameOfNoted = ({ title, said }: Noted): string =>
  [title, ...said.slice(0, 2).map((s) => s.value)].join(' ')

const notedIn = ({ noted }: File, name: string): readonly Subject[] =>
  (noted ?? []).filter((n) => n.name === name).map((n) => ({ id: n.ref, name: nameOfNoted(n), at: n.at }))

/**
 * What a paper of this type can be about in a case. A definition that says it (查阅审批单) means all issued papers, all
 * recordings, all facts of a name; otherwise its fields tell: papers that are served once issued, or recordings.
 */
export function subjectsFor(
  definition: DocumentDefinition | undefined,
  file: File,
  definitions: Definitions,
): readonly Subject[] {
  if (definition?.about !== undefined)
    return definition.about.flatMap((kind) => {
      if (kind === 'document') return issuedIn(file).map(asPaper)
      return kind === 'recording' ? recordingsIn(file) : notedIn(file, kind)
    })
  switch (aboutKind(definition)) {
    case 'document':
      return issuedIn(file)
        .filter((d) => definitions.get(d.type)?.served === true || d.corrects !== undefined)
        .map(asPaper)
    case 'recording':
      return recordingsIn(file)
    case undefined:
      return []
  }
}

/** What a paper in the case is about, by its name; nothing where the case does not show it. */
export const nameOf = ({ documents, recordings, noted = [] }: File, id: string): string | undefined =>
  documents.find((d) => d.id === id)?.name ??
  recordings.find((r) => r.id === id)?.sceneName ??
  noted.filter((n) => n.ref === id).map(nameOfNoted)[0]
