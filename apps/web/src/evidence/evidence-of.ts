import type { CaseWorkspace } from '@liuhen/api/routes/cases'

/** 视听资料文字说明 (law/documents/recording-description). */
export const DESCRIPTION = 'recording-description'

/** 视听资料（光盘）目录, 照片证据: of all that is evidence in a case. */
export const DISC_LIST = 'evidence-disc-list'
export const PHOTO_SHEET = 'photo-sheet'

type File = Pick<CaseWorkspace, 'evaluation' | 'recordings' | 'notes' | 'noted'>

/** The step in which the description is made: the recording's own where that asks for it, else the last that does. */
export function descriptionStep({ evaluation, recordings }: File, id: string): string | undefined {
  const steps = evaluation.steps.filter((s) => s.documents.some((d) => d.type === DESCRIPTION))
  const own = recordings.find((r) => r.id === id)?.step
  return steps.find((s) => s.id === own)?.id ?? steps.at(-1)?.id
}

/** The step in which such a paper is made: one that may be worked in, else the last that offers it. */
export function sheetStep({ evaluation }: Pick<File, 'evaluation'>, type: string): string | undefined {
  const steps = evaluation.steps.filter((s) => s.documents.some((d) => d.type === type))
  return (steps.find((s) => s.status === 'begun' || s.status === 'possible') ?? steps.at(-1))?.id
}

/** What the law wants registered of a recording that is evidence, each once. */
export const notesOfEvidence = ({ notes }: File) => [
  ...new Map(notes.filter((n) => n.means === 'evidence-kept').map((n) => [n.name, n])).values(),
]

export const entriesOf = ({ noted }: File, id: string, name: string) =>
  noted.filter((n) => n.name === name && n.about === id)
