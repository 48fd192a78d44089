import type { DocumentView } from '@liuhen/api/routes/cases'
import { canHandleCase, canHoldPad, holdsRank, RANK_NAMES } from '@liuhen/domain/case/can'
import type { CaseLaw } from '@liuhen/domain/case/context'
import type { OpenCase } from '@liuhen/domain/case/state'
import { nextRank, openSlots } from '@liuhen/domain/document/progress'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Rank } from '@liuhen/law/fact'

export type Viewing = Readonly<{ state: OpenCase; law: CaseLaw; actor: Actor }>

const stateOf = (doc: DocumentState, ranks: readonly Rank[]): DocumentView['state'] => {
  if (doc.status === 'returned') return 'returned'
  if (doc.status === 'issued') return doc.served.length > 0 ? 'served' : 'issued'
  return nextRank(doc, ranks) === undefined ? 'approved' : 'submitted'
}

const approvalsOf = (doc: DocumentState, ranks: readonly Rank[]): DocumentView['approvals'] =>
  ranks.map((rank, i) => {
    const rankName = RANK_NAMES[rank]
    const given = doc.approvals[i]
    if (given !== undefined)
      return {
        rank,
        rankName,
        by: given.by.name ?? '',
        at: given.at,
        opinion: given.opinion,
        state: 'approved',
      }
    if (i > doc.approvals.length || doc.status === 'issued') return { rank, rankName, state: 'waiting' }
    const { returned } = doc
    return doc.status === 'returned' && returned !== undefined
      ? {
          rank,
          rankName,
          by: returned.by.name ?? '',
          at: returned.at,
          opinion: returned.opinion,
          state: 'returned',
        }
      : { rank, rankName, state: 'next' }
  })

const signaturesOf = (
  doc: DocumentState,
  definition: DocumentDefinition | undefined,
): DocumentView['signatures'] =>
  (definition?.signatures ?? []).map((slot) => ({
    role: slot.role,
    label: slot.label,
    need: slot.min,
    refusable: slot.refusable,
    got: doc.signatures
      .filter((s) => s.role === slot.role)
      .map(({ name, at, method }) => ({ name, at, method })),
  }))

/** Whether it is this person's turn to give an opinion: they hold the rank, and it is not their own paper. */
export const mayApprove = (doc: DocumentState, v: Viewing): boolean => {
  const rank = nextRank(doc, v.law.approvers(doc.type))
  if (rank === undefined || !holdsRank(v.state, v.actor, rank)) return false
  return rank === 'handler' || doc.submittedBy.personId !== v.actor.personId
}

/**
 * What the one who asks may do with it now, by the same predicates with which the commands refuse. Whether an archived
 * case still allows it (a disclosure summary) is for the law to say.
 */
const mayDo = (
  doc: DocumentState,
  definition: DocumentDefinition | undefined,
  v: Viewing,
): DocumentView['can'] => {
  const handles = canHandleCase(v.state, v.actor) === true
  const wrote = doc.submittedBy.personId === v.actor.personId
  const open = definition === undefined ? [] : openSlots(doc, definition)
  return {
    approve: mayApprove(doc, v),
    sign:
      doc.status === 'submitted' && open.length > 0 && canHoldPad(v.state, v.actor, doc, undefined) === true,
    serve: doc.status === 'issued' && definition?.served === true && handles,
    resubmit: doc.status === 'returned' && (handles || wrote),
  }
}

export const documentView = (doc: DocumentState, v: Viewing): DocumentView => {
  const definition = v.law.document(doc.type)
  const ranks = v.law.approvers(doc.type)
  return {
    id: doc.id,
    type: doc.type,
    name: definition?.name ?? doc.type,
    step: doc.step,
    version: doc.version,
    audience: definition?.audience ?? 'sub',
    state: stateOf(doc, ranks),
    ...(doc.number === undefined ? {} : { number: doc.number }),
    ...(doc.issuedOn === undefined ? {} : { issuedOn: doc.issuedOn }),
    submittedAt: doc.submittedAt,
    submittedBy: doc.submittedBy.name ?? '',
    ...(doc.about === undefined ? {} : { about: doc.about }),
    approvals: approvalsOf(doc, ranks),
    signatures: signaturesOf(doc, definition),
    served: doc.served.map(({ mode, at, recipient }) => ({
      mode,
      at,
      ...(recipient === undefined ? {} : { recipient }),
    })),
    data: doc.data as DocumentView['data'],
    ...(doc.pdf === undefined
      ? {}
      : { pdf: { sha256: doc.pdf.blob.sha256, sizeBytes: doc.pdf.blob.sizeBytes, pages: doc.pdf.pages } }),
    can: mayDo(doc, definition, v),
  }
}
