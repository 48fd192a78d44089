import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import { canCarryOutStep } from '../case/can.ts'
import { isClosed, isClosedTo } from '../case/closed.ts'
import type { CaseContext } from '../case/context.ts'
import { type CaseEvent, type CaseEventOf, JsonRecord } from '../case/events.ts'
import { evaluateCase, findStep, underLaw, unknownStep } from '../case/gate.ts'
import { type Decided, onOpenCase } from '../case/open.ts'
import { type CaseState, evolveCase, type OpenCase } from '../case/state.ts'
import { beginning } from '../case/steps.ts'
import { deny, refuse, type Refusal } from '../refusal.ts'
import { notReturned } from './document-can.ts'
import { issueIfComplete } from './issue.ts'
import { splitCompartments } from './split-compartments.ts'
import type { DocumentState } from './state.ts'
import { validateForm } from './validate-form.ts'

export type SubmitDocument = Readonly<{
  type: string
  step: string
  data: Readonly<Record<string, unknown>>
  /** A new version of a document that was returned. */
  documentId?: string
  about?: string
  reason?: string
}>

/** Form problems as a refusal: each says what to fill in. */
const formProblems = (definition: DocumentDefinition, data: SubmitDocument['data'], now: Instant) =>
  validateForm(definition, data, now).map((p) => ({
    code: `form:${p.path}`,
    effect: 'refuse' as const,
    message: p.message,
    todo: '请补正后再提交',
    citations: [],
  }))

/** A returned paper comes back as what it was: a return must not turn one paper into another. */
const notAgain = (earlier: DocumentState | undefined, c: SubmitDocument): Refusal | undefined => {
  if (earlier === undefined) return refuse('not-found', '没有找到要重新提交的文书', '请从案件中重新打开')
  if (earlier.type !== c.type || earlier.step !== c.step)
    return refuse('wrong-state', '退回的是另一种文书，或者属于另一环节', '请从被退回的文书打开后修改')
  return earlier.status === 'returned' ? undefined : notReturned
}

const placeOf = (s: OpenCase, c: SubmitDocument, view: StepView, definition: DocumentDefinition): Decided => {
  if (!view.documents.some((d) => d.type === c.type))
    return refuse('wrong-state', `“${definition.name}”不属于“${view.name}”环节`, '请在所属环节制作')
  if (c.documentId !== undefined) {
    const problem = notAgain(s.documents[c.documentId], c)
    if (problem !== undefined) return problem
  }
  const open = Object.values(s.documents).some(
    (d) => d.type === c.type && d.step === c.step && d.status !== 'returned' && d.status !== 'voided',
  )
  return open && !definition.repeatable
    ? refuse(
        'duplicate',
        `“${definition.name}”已经提交`,
        '请查看已提交的文书；需要修改的，由审批人退回，或者由制作人作废后重新制作',
      )
    : []
}

/** A desk step begins with its first document; a field step has been begun on site. */
const withStep = (s: OpenCase, c: SubmitDocument, view: StepView, ctx: CaseContext): Decided => {
  if (view.status === 'begun') return []
  if (view.status !== 'done') return beginning(s, { step: c.step }, view, ctx)
  const again = ctx.law.document(c.type)?.repeatable === true || c.documentId !== undefined
  return again ? [] : refuse('wrong-state', `“${view.name}”已经完成`, '请办理下一环节')
}

const submitted = (
  s: OpenCase,
  c: SubmitDocument,
  definition: DocumentDefinition,
  ctx: CaseContext,
): CaseEventOf<'DocumentSubmitted'> => {
  const parts = splitCompartments(definition, c.data)
  const previous = c.documentId === undefined ? undefined : s.documents[c.documentId]
  return {
    type: 'DocumentSubmitted',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: {
        documentId: previous?.id ?? ctx.newId(),
        type: c.type,
        step: c.step,
        version: (previous?.version ?? 0) + 1,
        dataHash: ctx.hash(c.data),
        ...(c.about === undefined ? {} : { about: c.about }),
        ...(parts.public === undefined ? {} : { data: JsonRecord.parse(parts.public) }),
      },
      internal: {
        data: JsonRecord.parse(parts.internal ?? {}),
        ...(parts.personal === undefined ? {} : { filled: Object.keys(parts.personal) }),
      },
      personal: parts.personal === undefined ? undefined : { data: JsonRecord.parse(parts.personal) },
    },
  }
}

/** The form as it goes to record, and the opinion that the handler gave in it: an approval, where a handler opens them. */
const opinionIn = (
  c: SubmitDocument,
  { opinionField }: DocumentDefinition,
  ctx: CaseContext,
): { data: SubmitDocument['data']; opinion?: string } => {
  if (ctx.law.approvers(c.type)[0] !== 'handler') return { data: c.data }
  if (opinionField === undefined) return { data: c.data, opinion: SUBMITTED }
  const { [opinionField]: opinion, ...data } = c.data
  return { data, opinion: typeof opinion === 'string' && opinion.trim() !== '' ? opinion : SUBMITTED }
}

/** What a handler says who submits a form that asks for no opinion. */
const SUBMITTED = '提请审批'

/** The handler who submits gives the handler's opinion by submitting (zml-8-1, zml-32-1). */
const handlerApproval = (
  opinion: string | undefined,
  e: CaseEventOf<'DocumentSubmitted'>,
  ctx: CaseContext,
): CaseEvent[] => {
  if (opinion === undefined || ctx.self === undefined) return []
  return [
    {
      type: 'DocumentApproved',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId: e.data.public.documentId, rank: 'handler', dataHash: e.data.public.dataHash },
        internal: { by: { ...ctx.self, rank: 'handler' }, opinion },
      },
    },
  ]
}

/** Submission makes a draft record: from here on every version, opinion and return stays. */
export const submitDocument = (state: CaseState, c: SubmitDocument, ctx: CaseContext): Decided =>
  onOpenCase(state, (s) => {
    const definition = ctx.law.document(c.type)
    if (definition === undefined) return refuse('not-found', '没有这种文书', '请从本环节的文书列表中选择')
    const view = findStep(evaluateCase(s, ctx), c.step)
    if (view === undefined) return unknownStep(c.step)
    const can = canCarryOutStep(s, ctx.actor, view.by)
    if (can !== true) return deny(can)
    if (isClosedTo(s, definition)) return isClosed
    const place = placeOf(s, c, view, definition)
    if ('refused' in place) return place
    const begin = withStep(s, c, view, ctx)
    if ('refused' in begin) return begin
    const problems = formProblems(definition, c.data, ctx.now)
    if (problems.length > 0) return { refused: true, code: 'incomplete', reasons: problems }
    const { data, opinion } = opinionIn(c, definition, ctx)
    const first = submitted(s, { ...c, data }, definition, ctx)
    const events: CaseEvent[] = [...begin, first, ...handlerApproval(opinion, first, ctx)]
    const after = events.reduce<CaseState>((x, e) => evolveCase(x, e, ctx.actor), s)
    const all = [...events, ...issueIfComplete(after, first.data.public.documentId, ctx)]
    return underLaw(s, all, c.reason, ctx)
  })
