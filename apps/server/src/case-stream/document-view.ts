import { present } from '@liuhen/domain/present'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { told } from '@liuhen/api/schema/evaluation'
import { serviceWay } from '@liuhen/domain/case/words'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import type { CaseLaw } from '@liuhen/domain/case/context'
import type { OpenCase } from '@liuhen/domain/case/state'
import { correctCan } from '@liuhen/domain/document/correction'
import { lineageOf } from '@liuhen/domain/document/lineage'
import { documentCan, slotCan } from '@liuhen/domain/document/document-can'
import { isAsked } from '@liuhen/domain/document/form-data'
import { correctionView } from './correction-view.ts'
import { nameOf } from '@liuhen/domain/document/name-of'
import { onItsWay, type Sent } from '@liuhen/domain/document/on-its-way'
import { isSignedByAgency, neededIn, nextRank, openSlots } from '@liuhen/domain/document/progress'
import { severalNow, unservedOf } from '@liuhen/domain/document/unserved'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import type { StandIn } from '@liuhen/domain/person/stand-in'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import type { Instant, Rank } from '@liuhen/law/fact'

export type Viewing = Readonly<{
  state: OpenCase
  law: CaseLaw
  actor: Actor
  /** The steps of the case, for who carries out the step of a paper; absent, an officer's. */
  steps?: readonly Pick<StepView, 'id' | 'by' | 'corrects' | 'status'>[]
  /** The present, for what is asked of a correction before it has effect. */
  now?: Instant
  /** For which heads the one who asks decides today. */
  standIns?: readonly StandIn[]
}>

/** Of several on whom it is served, whoever is still wanting keeps it from being served. */
const stateOf = (
  doc: DocumentState,
  ranks: readonly Rank[],
  unserved: readonly string[] = [],
): DocumentView['state'] => {
  if (doc.status === 'returned') return 'returned'
  if (doc.status === 'issued') return doc.served.length > 0 && unserved.length === 0 ? 'served' : 'issued'
  if (doc.status === 'voided') return 'voided'
  return ranks.length > 0 && nextRank(doc, ranks) === undefined ? 'approved' : 'submitted'
}

/** 已批准 is said only of a paper that somebody had to approve. */
const issuedName = (doc: DocumentState, sent: Sent | undefined): string => {
  if (doc.corrected !== undefined) return '已更正'
  if (sent === undefined) return doc.served.length > 0 ? '部分送达' : '已制发'
  return serviceWay(sent.mode)?.kind === 'notice' ? '已公告，待期满' : '已寄出，待回执'
}

type Further = Readonly<{
  definition: DocumentDefinition | undefined
  sent: Sent | undefined
  unserved: readonly string[]
}>

const stateNameOf = (
  doc: DocumentState,
  ranks: readonly Rank[],
  { definition, sent, unserved }: Further,
): string => {
  const unsigned = definition !== undefined && openSlots(doc, definition).length > 0
  switch (stateOf(doc, ranks, unserved)) {
    case 'voided':
      return '已作废'
    case 'returned':
      return '已退回'
    case 'served':
      return doc.corrected === undefined ? '已送达' : '已更正'
    case 'issued':
      return issuedName(doc, sent)
    case 'approved':
      return unsigned ? '已批准，待签名' : '已批准'
    case 'submitted': {
      const rank = nextRank(doc, ranks)
      if (rank !== undefined) return `待${RANK_NAMES[rank]}审批`
      return unsigned ? '待签名' : '已提交'
    }
  }
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
        ...(given.standsInFor === undefined ? {} : { standsInFor: given.standsInFor.name }),
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
          ...(returned.standsInFor === undefined ? {} : { standsInFor: returned.standsInFor.name }),
          state: 'returned',
        }
      : { rank, rankName, state: 'next' }
  })

const signaturesOf = (
  doc: DocumentState,
  definition: DocumentDefinition | undefined,
  v: Viewing,
): DocumentView['signatures'] =>
  (definition?.signatures ?? [])
    .filter((slot) => isAsked(slot, doc.data))
    .map((slot) => ({
      role: slot.role,
      label: slot.label,
      need: neededIn(slot, doc.data),
      refusable: slot.refusable,
      receives: slot.receives === true && definition?.served === true,
      ownHand: isSignedByAgency(slot.role),
      can: told(slotCan(v.state, v.actor, doc, slot, definition)),
      got: doc.signatures.flatMap(({ role, name, at, method, session, fingermark }, n) =>
        role === slot.role
          ? [present({ name, at, method, session, fingermark: fingermark === undefined ? undefined : n })]
          : [],
      ),
    }))

/** Whether it is this person's turn to give an opinion: they hold the rank, and it is not their own paper. */
export const mayApprove = (doc: DocumentState, v: Viewing): boolean =>
  documentCan(v.state, v.actor, doc, v.law).approve === true

/** What the one who asks may do with it now, and why not, by the same predicates with which the commands refuse. */
const mayDo = (doc: DocumentState, v: Viewing): Pick<DocumentView, 'can' | 'why'> => {
  const by = v.steps?.find((step) => step.id === doc.step)?.by
  const correct = correctCan(v.state, v.actor, doc, v.steps ?? [])
  const cans = { ...documentCan(v.state, v.actor, doc, v.law, by, v.standIns), correct }
  const why = Object.entries(cans).flatMap(([name, can]) => {
    const reasons = told(can)
    return reasons === true ? [] : [[name, reasons] as const]
  })
  return {
    can: {
      approve: cans.approve === true,
      sign: cans.sign === true,
      serve: cans.serve === true,
      retract: cans.retract === true,
      resubmit: cans.resubmit === true,
      void: cans.void === true,
      correct: cans.correct === true,
    },
    why: Object.fromEntries(why),
  }
}

const labelsOf = (
  { data, pdf, status }: DocumentState,
  definition: DocumentDefinition | undefined,
): Pick<DocumentView, 'labels'> => {
  const list = definition?.labels && data[definition.labels.list]
  if (!Array.isArray(list) || list.length === 0 || pdf === undefined || status !== 'issued') return {}
  return { labels: list.length }
}

export const documentView = (doc: DocumentState, v: Viewing): DocumentView => {
  const definition = v.law.document(doc.type)
  const ranks = v.law.approvers(doc.type)
  const unserved = unservedOf(doc, definition ?? {}, v.state.documents)
  const sent = doc.status === 'issued' ? onItsWay(v.state, doc.id, v.law) : undefined
  return {
    id: doc.id,
    type: doc.type,
    name: definition === undefined ? doc.type : nameOf(definition, doc.data),
    step: doc.step,
    version: doc.version,
    hasVersions: doc.version > 1 || lineageOf(v.state.documents, doc, definition).length > 1,
    audience: definition?.audience ?? 'sub',
    state: stateOf(doc, ranks, unserved),
    stateName: stateNameOf(doc, ranks, { definition, sent, unserved }),
    ...(doc.number === undefined ? {} : { number: doc.number }),
    ...(doc.issuedOn === undefined ? {} : { issuedOn: doc.issuedOn }),
    ...(doc.issuedAt === undefined ? {} : { issuedAt: doc.issuedAt }),
    submittedAt: doc.submittedAt,
    submittedBy: doc.submittedBy.name ?? '',
    ...(doc.about === undefined ? {} : { about: doc.about }),
    ...(v.state.earlier?.includes(doc.id) === true && { earlier: true as const }),
    approvals: approvalsOf(doc, ranks),
    signatures: signaturesOf(doc, definition, v),
    served: doc.served.map(({ no, mode, at, recipient, party }) =>
      present({ no, mode, at, recipient, party }),
    ),
    ...(sent === undefined
      ? {}
      : { sent: present({ mode: sent.mode, at: sent.at, ref: sent.ref, data: { ...sent.data } }) }),
    addressees: [...severalNow(doc, definition ?? {}, v.state.documents)],
    unserved: [...unserved],
    retracted: doc.retracted.map(({ mode, at, recipient, retracted: { by, reason, at: retractedAt } }) =>
      present({ mode, at, recipient, by: by.name ?? '', reason, retractedAt }),
    ),
    ...(doc.voided === undefined
      ? {}
      : { voided: { by: doc.voided.by.name ?? '', at: doc.voided.at, reason: doc.voided.reason } }),
    ...correctionView(doc, v),
    data: doc.data as DocumentView['data'],
    ...(doc.pdf === undefined
      ? {}
      : { pdf: { sha256: doc.pdf.blob.sha256, sizeBytes: doc.pdf.blob.sizeBytes, pages: doc.pdf.pages } }),
    ...labelsOf(doc, definition),
    ...mayDo(doc, v),
  }
}
