import type { Actor } from '@liuhen/domain/event'
import type { Tx } from '../postgres/transaction.ts'

/** Who was given which bytes of a paper; written before the first byte leaves. */
export const logPaperAccess = async (
  tx: Tx,
  actor: Actor,
  at: string,
  of: Readonly<{ caseId: string; documentId: string; sha256: string }>,
): Promise<void> => {
  await tx.query(
    `INSERT INTO record.document_access (agency_id, at, actor, stream_id, document_id, sha256)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [actor.agencyId, at, JSON.stringify(actor), of.caseId, of.documentId, of.sha256],
  )
}
