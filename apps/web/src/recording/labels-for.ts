import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type File = Pick<CaseWorkspace, 'caseNo' | 'leadNo' | 'handlers' | 'title' | 'place' | 'labelFields'> &
  Readonly<{ party?: Readonly<{ name: string }> | undefined }>
export type Labels = Readonly<{
  caseNo: string
  party: string
  handler: string
  /** What the texts of the case want beside them, by their keys. */
  details: Readonly<Record<string, string>>
}>

/** What else is known when a recording is labelled. */
export type Known = Readonly<{ comma: string; agency: string; sceneName?: string | undefined }>

/** What a recording of the case must say of it, from what the case knows; what it does not know yet is empty. */
export const labelsFor = (file: File, known: Known): Labels => ({
  caseNo: file.caseNo ?? file.leadNo,
  party: file.party?.name ?? '',
  handler: file.handlers.map((p) => p.name ?? p.personId).join(known.comma),
  details: detailsFor(file, known),
})

/** Of the texts' own fields, those that the case or the scene answers; the others are for a person to say. */
function detailsFor(file: File, { agency, sceneName }: Known): Labels['details'] {
  const answers: Readonly<Record<string, string | undefined>> = {
    unit: agency,
    cause: file.title,
    name: sceneName,
    place: file.place,
  }
  return Object.fromEntries(file.labelFields.map(({ key }) => [key, answers[key] ?? '']))
}

export const isWhole = ({ details, ...labels }: Labels): boolean =>
  [...Object.values(labels), ...Object.values(details)].every((text) => text !== '')
