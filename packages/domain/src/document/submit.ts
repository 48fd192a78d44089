import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import type { CaseContext } from '../case/context.ts'
import { type CaseEvent, type CaseEventOf, JsonRecord } from '../case/events.ts'
import { underLaw } from '../case/gate.ts'
import { type Decided, onOpenCase } from '../case/open.ts'
import { type CaseState, evolveCase, type OpenCase } from '../case/state.ts'
import { beginning } from '../case/steps.ts'
import { present } from '../present.ts'
import { refuse } from '../refusal.ts'
import { approvalOf, correctedBy, withEffect } from './correction.ts'
import { issueIfComplete } from './issue.ts'
import { makingOf, type Paper } from './making.ts'
import { splitCompartments } from './split-compartments.ts'
import { validateForm } from './validate-form.ts'

export type SubmitDocument = Paper &
  Readonly<{
    data: Readonly<Record<string, unknown>>
    reason?: string
    /** The number of the blank on which it was written by hand, held by whoever submits it. */
    preNumber?: string
  }>

/** The part of the form in which a problem stands, by its printed title. */
const partOf = (definition: DocumentDefinition, path: string): string => {
  const field = path.split(/[.[]/)[0]
  const section = definition.sections.find((s) => s.fields.some((f) => f.id === field))
  return section === undefined ? '回到表单' : `回到表单，在“${section.title}”部分`
}

/** Form problems as a refusal: each says what to fill in, where, and by which clause. */
const formProblems = (definition: DocumentDefinition, data: SubmitDocument['data'], ctx: CaseContext) =>
  validateForm(definition, data, ctx.now).map((p) => ({
    code: `form:${p.path}`,
    effect: 'refuse' as const,
    message: p.message,
    todo: `${partOf(definition, p.path)}补正后再提交`,
    citations: ctx.law.cite(p.clauses),
  }))

const isOnlyEarlier = (s: OpenCase, step: string): boolean =>
  Object.values(s.documents).every((d) => d.step !== step || s.earlier?.includes(d.id) === true)

/** A desk step begins with its first document; a field step has been begun on site. */
const withStep = (s: OpenCase, c: SubmitDocument, view: StepView, ctx: CaseContext): Decided => {
  if (view.status === 'begun') return []
  if (view.status !== 'done') return beginning(s, { step: c.step }, view, ctx)
  // A case that was taken up anew goes through a step again where its first paper is made again.
  if (c.documentId === undefined && s.earlier !== undefined && isOnlyEarlier(s, c.step))
    return beginning(s, { step: c.step }, view, ctx)
  const again =
    ctx.law.document(c.type)?.repeatable === true ||
    c.documentId !== undefined ||
    correctedBy(s, c, view) !== undefined
  return again ? [] : refuse('wrong-state', `“${view.name}”已经完成`, '请办理下一环节')
}

const submitted = (
  s: OpenCase,
  c: SubmitDocument,
  definition: DocumentDefinition,
  approvalId: string | undefined,
  ctx: CaseContext,
): CaseEventOf<'DocumentSubmitted'> => {
  const parts = splitCompartments(definition, c.data)
  const previous = c.documentId === undefined ? undefined : s.documents[c.documentId]
  const about = c.about ?? previous?.about
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
        ...(about === undefined ? {} : { about }),
        ...present({ preNumber: previous?.preNumber ?? c.preNumber }),
        ...(approvalId === undefined ? {} : { corrects: true as const, approvalId }),
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
    const making = makingOf(s, c, ctx)
    if ('refused' in making) return making
    const { definition, view } = making
    const begin = withStep(s, c, view, ctx)
    if ('refused' in begin) return begin
    const problems = formProblems(definition, c.data, ctx)
    if (problems.length > 0) return { refused: true, code: 'incomplete', reasons: problems }
    const { data, opinion } = opinionIn(c, definition, ctx)
    const original = correctedBy(s, c, view)
    const approval = original === undefined ? undefined : approvalOf(s, original, data, view, ctx)
    if (typeof approval === 'object') return approval
    const first = submitted(s, { ...c, data }, definition, approval, ctx)
    const events: CaseEvent[] = [...begin, first, ...handlerApproval(opinion, first, ctx)]
    const after = events.reduce<CaseState>((x, e) => evolveCase(x, e, ctx.actor), s)
    const all = [...events, ...issueIfComplete(after, first.data.public.documentId, ctx)]
    return withEffect(s, underLaw(s, all, c.reason, ctx), ctx)
  })
