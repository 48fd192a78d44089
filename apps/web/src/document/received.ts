import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { serveDocument } from '@liuhen/api/routes/service'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { BodyIn } from '../api/client.ts'
import { filmsOfService } from './films-of-service.ts'

export type Received = Readonly<{ name: string; at: string }>

/** Who signed on the paper itself for having received it; nobody where that was refused. */
export function receivedBy(
  document: DocumentView,
  definition: Pick<DocumentDefinition, 'signatures'>,
): Received | undefined {
  const slots = definition.signatures.filter((slot) => slot.receives === true)
  const got = document.signatures
    .filter(({ role, label }) => slots.some((slot) => slot.role === role && slot.label === label))
    .flatMap((slot) => slot.got)
  const signed = got.find(({ method }) => method === 'handwriting')
  if (signed === undefined || document.issuedAt === undefined) return undefined
  const isLater = Date.parse(signed.at) > Date.parse(document.issuedAt)
  return { name: signed.name, at: isLater ? signed.at : document.issuedAt }
}

/** Its delivery as the paper tells it: in person, when it was signed for and issued, with the only film around. */
export function serviceOf(
  { name, at }: Received,
  { handlers, recordings }: Pick<CaseWorkspace, 'handlers' | 'recordings'>,
): BodyIn<typeof serveDocument> {
  const { near } = filmsOfService(recordings, at)
  return {
    mode: 'direct',
    servedAt: at,
    recipient: name,
    officerIds: handlers.map((one) => one.personId),
    recordingIds: near.length === 1 ? near.map((film) => film.id) : [],
  }
}
