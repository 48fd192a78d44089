import { archiveCase, assembleFile, publishDisclosure } from '@liuhen/api/routes/case-file'
import { finishStep, isNeeded, paper } from './carry.ts'
import { type Carried, persist } from './persist.ts'
import { as, sign, workspace } from './play.ts'
import { untilRendered } from './take-package.ts'

/** Published, unless the law seals what the case is about. */
export const disclose = async (p: Carried): Promise<void> => {
  if (!(await isNeeded(p, 'disclosure'))) return
  const documentId = await paper(p, 'publisher', { type: 'disclosure-summary', step: 'disclosure' })
  const params = { id: p.caseId }
  await persist(p, 'disclosure', (reason) =>
    as(p, 'publisher').call(publishDisclosure, { params, body: { documentId, reason } }),
  )
}

/** The file is put together and its note signed by the archivist. */
export const fileCase = async (p: Carried): Promise<void> => {
  const params = { id: p.caseId }
  await untilRendered(p)
  await persist(p, 'case-file', (reason) =>
    as(p, 'archivist').call(assembleFile, { params, body: { reason } }),
  )
  const { documents } = await workspace(p)
  const notes = documents.filter((d) =>
    d.signatures.some((s) => s.role === 'custodian' && s.got.length < s.need),
  )
  for (const { id } of notes) await sign(p, 'archivist', id, [{ role: 'custodian', person: 'archivist' }])
  await finishStep(p, 'case-file')
}

export const archive = async (p: Carried): Promise<void> => {
  await untilRendered(p)
  await persist(p, 'archiving', (reason) =>
    as(p, 'archivist').call(archiveCase, { params: { id: p.caseId }, body: { reason } }),
  )
}
