import type { DocumentView } from '@liuhen/api/routes/cases'
import { type Can, RANK_NAMES } from '@liuhen/domain/case/can'
import type { CaseLaw } from '@liuhen/domain/case/context'
import type { OpenCase } from '@liuhen/domain/case/state'
import { documentCan, slotCan } from '@liuhen/domain/document/document-can'
import { isSignedByAgency, nextRank } from '@liuhen/domain/document/progress'
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
  v: Viewing,
): DocumentView['signatures'] =>
  (definition?.signatures ?? []).map((slot) => ({
    role: slot.role,
    label: slot.label,
    need: slot.min,
    refusable: slot.refusable,
    ownHand: isSignedByAgency(slot.role),
    can: told(slotCan(v.state, v.actor, doc, slot, definition)),
    got: doc.signatures
      .filter((s) => s.role === slot.role)
      .map(({ name, at, method }) => ({ name, at, method })),
  }))

const told = (can: Can): DocumentView['signatures'][number]['can'] =>
  can === true ? true : can.map((reason) => ({ ...reason, citations: [...reason.citations] }))

/** Whether it is this person's turn to give an opinion: they hold the rank, and it is not their own paper. */
export const mayApprove = (doc: DocumentState, v: Viewing): boolean =>
  documentCan(v.state, v.actor, doc, v.law).approve === true

/** What the one who asks may do with it now, and why not, by the same predicates with which the commands refuse. */
const mayDo = (doc: DocumentState, v: Viewing): Pick<DocumentView, 'can' | 'why'> => {
  const { approve, sign, serve, resubmit } = documentCan(v.state, v.actor, doc, v.law)
  const why = Object.entries({ approve, sign, serve, resubmit }).flatMap(([name, can]) => {
    const reasons = told(can)
    return reasons === true ? [] : [[name, reasons] as const]
  })
  return {
    can: {
      approve: approve === true,
      sign: sign === true,
      serve: serve === true,
      resubmit: resubmit === true,
    },
    why: Object.fromEntries(why),
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
    signatures: signaturesOf(doc, definition, v),
    served: doc.served.map(({ mode, at, recipient }) => ({
      mode,
      at,
      ...(recipient === undefined ? {} : { recipient }),
    })),
    data: doc.data as DocumentView['data'],
    ...(doc.pdf === undefined
      ? {}
      : { pdf: { sha256: doc.pdf.blob.sha256, sizeBytes: doc.pdf.blob.sizeBytes, pages: doc.pdf.pages } }),
    ...mayDo(doc, v),
  }
}
