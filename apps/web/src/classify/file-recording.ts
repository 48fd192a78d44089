import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getCase } from '@liuhen/api/routes/cases'
import { labelRecording, linkRecording } from '@liuhen/api/routes/recordings'
import type { UntaggedRow } from '@liuhen/api/routes/untagged'
import { isWhole, labelsFor } from '../recording/labels-for.ts'
import type { Known } from '../recording/labels-for.ts'

/** Where somebody says that it belongs; a filed one has its place already. */
export type Chosen = Readonly<{ caseId: string; step: string; scene: string }>

/** filed: in its case, but the texts want labels that only a person can say. */
export type Outcome = 'done' | 'filed'

type Calls = Readonly<{
  link: (input: Readonly<{ params: { id: string }; body: Chosen }>) => Promise<unknown>
  label: (input: Readonly<{ params: { id: string }; body: ReturnType<typeof labelsFor> }>) => Promise<unknown>
  read: (input: Readonly<{ params: { id: string } }>) => Promise<CaseWorkspace>
}>

export const ROUTES = { link: linkRecording, label: labelRecording, read: getCase } as const

/** Files one recording and labels it with what its case knows. A refusal is thrown, with its article. */
export async function fileRecording(
  row: Pick<UntaggedRow, 'id' | 'caseId'>,
  chosen: Chosen | undefined,
  { link, label, read }: Calls,
  known: Omit<Known, 'sceneName'>,
): Promise<Outcome> {
  const params = { id: row.id }
  if (row.caseId === undefined && chosen !== undefined) await link({ params, body: chosen })
  const caseId = row.caseId ?? chosen?.caseId
  if (caseId === undefined) throw new Error('a recording is filed in a case')
  const file = await read({ params: { id: caseId } })
  const sceneName = file.recordings.find((r) => r.id === row.id)?.sceneName
  const labels = labelsFor(file, { ...known, sceneName })
  if (!isWhole(labels)) return 'filed'
  await label({ params, body: labels })
  return 'done'
}
