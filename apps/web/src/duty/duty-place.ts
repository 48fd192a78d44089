import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { paths } from '../paths.ts'

type File = Readonly<{
  id: string
  documents: readonly Readonly<{ id: string }>[]
  recordings: readonly Readonly<{ id: string }>[]
}>
type Owed = Readonly<{ id: string; rule: string; step?: string | undefined }>

export type DutyPlace =
  | Readonly<{ kind: 'recording'; id: string }>
  | Readonly<{ kind: 'document'; id: string }>
  | Readonly<{ kind: 'step'; id: string }>

/** Where a duty is closed: at the recording or the paper that opened it, else in its step. */
export function dutyPlace(duty: Owed, file: File): DutyPlace | undefined {
  const thing = duty.id.startsWith(`${duty.rule}:`) ? duty.id.slice(duty.rule.length + 1) : undefined
  if (thing !== undefined && file.recordings.some((r) => r.id === thing))
    return { kind: 'recording', id: thing }
  if (duty.step !== undefined) return { kind: 'step', id: duty.step }
  if (thing !== undefined && file.documents.some((d) => d.id === thing))
    return { kind: 'document', id: thing }
  return undefined
}

/** The address of that place; of a duty that has none, the list of duties. */
export function dutyLink(duty: Owed, file: Pick<CaseWorkspace, 'id' | 'documents' | 'recordings'>) {
  const place = dutyPlace(duty, file)
  switch (place?.kind) {
    case 'recording':
      return paths.caseFile(file.id, { tab: 'recordings', f: place.id })
    case 'document':
      return paths.document(file.id, place.id)
    case 'step':
      return paths.caseFile(file.id, { tab: 'step', step: place.id })
    case undefined:
      return paths.caseFile(file.id, { tab: 'duties' })
  }
}
