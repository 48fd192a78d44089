import { z } from 'zod'
import type { DocumentState } from '@liuhen/domain/document/state'
import { present } from '@liuhen/domain/present'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { KnownAgency } from '../case-stream/agency.ts'
import { formContext } from '../case-stream/form-context.ts'
import type { OpenedCase } from '../case-stream/open-case.ts'
import type { RenderInput, Stroke } from '../pdf/render-input.ts'

const Strokes = z.array(
  z.array(z.object({ x: z.number(), y: z.number(), t: z.number(), p: z.number().optional() })),
)

const inkOf = (strokes: string | undefined): { strokes?: Stroke[] } =>
  strokes === undefined ? {} : { strokes: Strokes.parse(JSON.parse(strokes)) }

const approvalsOf = (doc: DocumentState): RenderInput['approvals'] =>
  doc.approvals.map(({ rank, by, opinion, at, standsInFor }) => ({
    rank,
    name: `${by.name ?? ''}${standsInFor === undefined ? '' : `（代${standsInFor.name}）`}`,
    opinion,
    at,
  }))

const signaturesOf = (doc: DocumentState): RenderInput['signatures'] =>
  doc.signatures.map(({ role, name, at, strokes, refusal, fingermark }) =>
    present({ role, name, signedAt: at, refusal, fingermark, ...inkOf(strokes) }),
  )

type Paper = Readonly<{
  c: OpenedCase
  agency: KnownAgency
  definition: DocumentDefinition
  clock: 'real' | 'simulated'
}>

const common = ({ c, agency, definition, clock }: Paper) => {
  const known = formContext(c.state, { agency, step: undefined, actor: undefined, now: c.now })
  return {
    definition,
    clock,
    approvers: c.law.approvers(definition.id),
    context: { agency: known.agency, case: known.case },
  }
}

/** The day and number of the paper whose place this one takes, for the mark under its title. */
const correctsOf = ({ c }: Paper, doc: DocumentState): { corrects?: RenderInput['corrects'] } => {
  const original = doc.corrects === true ? c.state.documents[doc.about ?? ''] : undefined
  if (original?.issuedOn === undefined) return {}
  return { corrects: present({ issuedOn: original.issuedOn, number: original.number }) }
}

/** An issued paper, whole: number, day, opinions, ink and the square that leads to its proof. */
export const issuedInput = (
  paper: Paper,
  doc: DocumentState,
  made: Readonly<{ qr: string; sealedByKey: boolean }>,
): RenderInput =>
  present({
    ...common(paper),
    data: doc.data,
    number: doc.number,
    issuedOn: doc.issuedOn,
    ...correctsOf(paper, doc),
    approvals: approvalsOf(doc),
    signatures: signaturesOf(doc),
    ...made,
  })

/** What the handler is about to say, in its place on the paper; nobody has signed it yet. */
const opinionOf = ({ c, definition }: Paper, data: RenderInput['data']): RenderInput['approvals'] => {
  const opinion = definition.opinionField === undefined ? undefined : data[definition.opinionField]
  return typeof opinion === 'string' ? [{ rank: 'handler', name: '', opinion, at: c.now }] : []
}

/**
 * A preview has neither number nor day, and carries the mark of a draft. Of a paper that is submitted it shows the
 * opinions and signatures given so far: whoever gives the next one reads them first.
 */
export const previewInput = (
  paper: Paper,
  data: RenderInput['data'],
  submitted?: DocumentState,
): RenderInput => ({
  ...common(paper),
  data,
  ...(submitted === undefined ? {} : correctsOf(paper, submitted)),
  approvals: submitted === undefined ? opinionOf(paper, data) : approvalsOf(submitted),
  signatures: submitted === undefined ? [] : signaturesOf(submitted),
})
