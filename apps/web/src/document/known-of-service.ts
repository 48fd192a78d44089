import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { serveDocument } from '@liuhen/api/routes/service'
import { SERVICE_MODES } from '@liuhen/domain/case/words'
import type { BodyIn } from '../api/client.ts'

type Fields = BodyIn<typeof serveDocument>
type Data = Readonly<Record<string, unknown>>
const textIn = (data: Data | undefined, key: string): string | undefined => {
  const value = data?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * What the latest receipt says of the service is not typed again; a paper that was posted went by post. A first service
 * is mostly handed over; a second one has its reason, and nobody but the officer knows how, when and to whom.
 */
export function knownOfService(
  { party, handlers }: Pick<CaseWorkspace, 'party' | 'handlers'>,
  { sent, unserved, served, addressees }: Pick<DocumentView, 'sent' | 'unserved' | 'served' | 'addressees'>,
  receipt: Pick<DocumentView, 'id' | 'data'> | undefined,
  now: string,
): Partial<Fields> {
  const isFirst = served.length === 0
  const said = textIn(receipt?.data, 'mode') ?? sent?.mode ?? (isFirst ? 'direct' : undefined)
  const mode = SERVICE_MODES.find((m) => m === said) ?? (isFirst ? ('direct' as const) : undefined)
  const servedAt = textIn(receipt?.data, 'servedAt') ?? (isFirst ? now : undefined)
  const recipient = textIn(receipt?.data, 'recipient') ?? unserved[0] ?? (isFirst ? party?.name : undefined)
  const whom = addressees.find((name) => name === recipient) ?? unserved[0]
  const place = textIn(receipt?.data, 'place')
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(servedAt === undefined ? {} : { servedAt }),
    ...(whom === undefined ? {} : { party: whom }),
    ...(recipient === undefined ? {} : { recipient }),
    officerIds: handlers.map((p) => p.personId),
    recordingIds: [],
    ...(place === undefined ? {} : { place }),
    ...(receipt === undefined ? {} : { receiptId: receipt.id }),
  }
}
