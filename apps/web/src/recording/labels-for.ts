import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type File = Pick<CaseWorkspace, 'caseNo' | 'leadNo' | 'party' | 'handlers'>
export type Labels = Readonly<{ caseNo: string; party: string; handler: string }>

/** What a recording of the case must say of it, from what the case knows; what it does not know yet is empty. */
export const labelsFor = (file: File, comma: string): Labels => ({
  caseNo: file.caseNo ?? file.leadNo,
  party: file.party?.name ?? '',
  handler: file.handlers.map((p) => p.name ?? p.personId).join(comma),
})

export const isWhole = (labels: Labels): boolean => Object.values(labels).every((text) => text !== '')
