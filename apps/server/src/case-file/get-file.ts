import type { ResponseOf } from '@liuhen/api/route'
import type { getFile as route } from '@liuhen/api/routes/case-file'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { openCase } from '../case-stream/open-case.ts'
import { arrangeCase } from './arrange-case.ts'
import type { FileDeps } from './file-law.ts'

export type CaseFileView = ResponseOf<typeof route>

type Shown = CaseFileView['items'][number]

/** The digest is for the record; the list is for people. */
const shown = (item: Shown & Readonly<{ sha256: string }>): Shown => {
  const { no, title, audience, pageFrom, pageTo, documentId, recordingId, number, date } = item
  return present({ no, title, audience, pageFrom, pageTo, documentId, recordingId, number, date })
}

/** The index as assembled; before that, as it would be now. Empty while a paper is still on its way. */
export const getFile = async (
  deps: FileDeps,
  actor: Actor,
  caseId: string,
): Promise<CaseFileView | Refusal> => {
  const found = await openCase(deps, actor, caseId)
  if (isRefusal(found)) return found
  const { state, law, terms } = found
  if (state.file !== undefined) return { assembled: true, items: state.file.map(shown) }
  const { order } = deps.fileLaw.caseFile
  const items = arrangeCase(state, { order, law, sceneName: terms.sceneName })
  return { assembled: false, items: isRefusal(items) ? [] : items.map(shown) }
}
