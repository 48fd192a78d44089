import { printDate } from '@liuhen/domain/document/china-time'
import { saidName } from '@liuhen/domain/document/name-of'
import { neededIn } from '@liuhen/domain/document/progress'
import { fieldsOf, type FormData, isAsked } from '@liuhen/domain/document/form-data'
import { visibleData } from '@liuhen/domain/document/visible-data'
import { visibleText } from '@liuhen/ledger/visible-text'
import type { DocumentDefinition, Field, SignatureSlot } from '@liuhen/law/document-definition'
import { fingermarkDigest, fingermarkPath } from './fingermark.ts'
import { inkSvg } from './ink.ts'
import { recorderOf, spokenAt } from '@liuhen/domain/document/stamps'
import { plainText, printArticle, printValue, recordsOf } from './print-value.ts'
import type { Approval, Picture, RenderInput, Signature } from './render-input.ts'

/**
 * What a template prints: every value already a string, so that templates hold layout and wording only. It reaches
 * Typst as JSON data and is never evaluated, whatever it contains; a character that would turn what stands beside it is
 * named in its place. The attached data keeps what was typed.
 */
export type PrintView = ReturnType<typeof printView>

const RANK_LABELS: Readonly<Record<string, string>> = {
  handler: '承办人意见',
  'unit-head': '承办机构负责人意见',
  'deputy-head': '分管负责人意见',
  'agency-head': '行政机关负责人审批意见',
  collective: '集体讨论意见',
}

/** As the form says what kind of paper it is, otherwise the definition. */
const titleOf = (definition: DocumentDefinition, data: FormData): string =>
  saidName(definition, data) ?? definition.title ?? definition.name

export function printView(given: RenderInput, qrSvg: string, bodyFamily: string) {
  const input = { ...given, data: visibleData(given.data) }
  const { definition, context } = input
  const fields = Object.fromEntries(
    fieldsOf(definition).map((field) => [field.id, fieldView(field, input.data, input.pictures)] as const),
  )
  return {
    id: definition.id,
    title: titleOf(definition, input.data),
    agency: context.agency,
    caseNo: context.case.caseNo ?? '',
    caseTitle: visibleText(context.case.title),
    number: input.number ?? '',
    numbered: definition.numbering !== undefined,
    issuedOn: input.issuedOn === undefined ? '' : printDate(input.issuedOn),
    /** Date of the file: of issue, or in a preview that of the form, since PDF/A wants one and a clock would differ. */
    day: input.issuedOn ?? definition.effectiveFrom,
    corrects: input.corrects === undefined ? '' : replaced(input.corrects),
    draft: input.issuedOn === undefined && input.blank !== true,
    simulated: input.clock === 'simulated',
    seal: definition.seal,
    /** The seal itself comes with its signature, so no circle says where to stamp. */
    sealedByKey: input.sealedByKey === true,
    served: definition.served,
    qr: qrSvg,
    bodyFamily,
    fields,
    /** About how much there is to print: templates measure only what may fit one page. */
    characters: Object.values(fields).reduce((sum, field) => sum + charactersOf(field), 0),
    approvals: ranksOf(input).map((rank) => approvalView(rank, input.approvals)),
    signatures: definition.signatures
      .filter((slot) => isAsked(slot, input.data))
      .map((slot) => signatureView(slot, input)),
  }
}

/** Under the title: which paper this one takes the place of. */
const replaced = ({ issuedOn, number }: NonNullable<RenderInput['corrects']>): string =>
  `（更正件：更正并替换${printDate(issuedOn)}制发的${number === undefined ? '原文书' : '同一文号的原文书'}）`

function ranksOf(input: RenderInput): readonly string[] {
  const { approvals } = input.definition
  return input.approvers ?? ('param' in approvals ? approvals.otherwise : approvals)
}

function fieldView(field: Field, siblings: FormData, pictures: RenderInput['pictures']) {
  const shown = isAsked(field, siblings)
  const value = shown ? siblings[field.id] : undefined
  const chosen = field.kind === 'multichoice' && Array.isArray(value) ? value : [value]
  return {
    label: field.label,
    kind: field.kind,
    shown,
    value: typeof value === 'boolean' ? value : plainText(value),
    text: printValue(field, value),
    options:
      'options' in field ? field.options.map((one) => ({ ...one, chosen: chosen.includes(one.value) })) : [],
    columns: field.kind === 'rows' ? field.columns.map(({ id, label, kind }) => ({ id, label, kind })) : [],
    rows: field.kind === 'rows' ? recordsOf(value).map((row) => cells(field.columns, row, pictures)) : [],
    ...(field.kind === 'dialogue' ? dialogueView(field, siblings, value) : { turns: [], byRecording: false }),
    people: field.kind === 'officers' ? recordsOf(value).map(person) : [],
    articles: field.kind === 'articles' ? recordsOf(value).map(article) : [],
  }
}

const charactersOf = ({ text, rows, turns, articles }: ReturnType<typeof fieldView>): number =>
  text.length +
  rows.flatMap((row) => Object.values(row)).join('').length +
  turns.map(({ q, a }) => q + a).join('').length +
  articles.map((one) => one.cite).join('').length

const cells = (
  columns: readonly Field[],
  row: FormData,
  pictures: RenderInput['pictures'],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.map((column) => {
      const value = row[column.id]
      return [
        column.id,
        column.kind === 'photo' ? placeOf(pictures, value) : printValue(column, value),
      ] as const
    }),
  )

/** Where a template finds a photo; '' where there is none to print. */
const placeOf = (pictures: RenderInput['pictures'], id: unknown): string => {
  const picture = typeof id === 'string' ? pictures?.get(id) : undefined
  return picture === undefined ? '' : picturePath(picture)
}
export const picturePath = ({ sha256 }: Picture): string => `/_pictures/${sha256}.jpg`

/** Lines with their times in the recording, where they were stamped and the definition prints that. */
function dialogueView(field: Extract<Field, { kind: 'dialogue' }>, siblings: FormData, value: unknown) {
  const recorder = recorderOf(field, siblings)
  const stamp = (at: unknown): string =>
    field.stamped?.printed === true && typeof at === 'string' && at !== '' ? spokenAt(at, recorder) : ''
  const turns = recordsOf(value).map((row) => ({
    q: plainText(row['q']),
    a: plainText(row['a']),
    at: stamp(row['at']),
    answeredAt: stamp(row['answeredAt']),
  }))
  return { turns, byRecording: recorder !== undefined }
}

const person = (row: FormData) => ({ name: plainText(row['name']), certNo: plainText(row['certNo']) })
const article = (row: FormData) => ({ cite: printArticle(row), text: plainText(row['text']) })

function approvalView(rank: string, approvals: readonly Approval[]) {
  const found = approvals.findLast((approval) => approval.rank === rank)
  return {
    rank,
    label: RANK_LABELS[rank] ?? '审批意见',
    opinion: visibleText(found?.opinion ?? ''),
    name: visibleText(found?.name ?? ''),
    date: found ? printDate(found.at) : '',
    ink: found?.strokes ? inkSvg(found.strokes) : '',
  }
}

function signatureView(slot: SignatureSlot, { data, signatures }: Pick<RenderInput, 'data' | 'signatures'>) {
  return {
    role: slot.role,
    label: slot.label,
    min: neededIn(slot, data),
    marks: signatures.filter((signature) => signature.role === slot.role).map(mark),
  }
}

const mark = (signature: Signature) => ({
  name: visibleText(signature.name),
  date: printDate(signature.signedAt),
  ink: signature.strokes ? inkSvg(signature.strokes) : '',
  fingermark: signature.fingermark ? fingermarkPath(signature.fingermark) : '',
  refused: visibleText(signature.refusal?.reason ?? ''),
  witnesses: visibleText(signature.refusal?.witnesses.join('、') ?? ''),
})

/** A party who holds the paper learns from it who approved and when; what they wrote to each other stays in the house. */
const withoutOpinion = ({ rank, name, at }: Approval) => ({ rank, name, at })

const withPrintNamed = ({ fingermark, ...rest }: Signature) =>
  fingermark === undefined ? rest : { ...rest, fingermark: fingermarkDigest(fingermark) }

/** The JSON that travels inside the PDF: what was filled in, decided and signed, not how it was printed. */
export function attachedData(
  input: RenderInput,
  fonts: readonly string[],
): Readonly<Record<string, unknown>> {
  const { definition, context } = input
  const whole: Readonly<Record<string, unknown>> = {
    v: 1,
    document: { id: definition.id, name: definition.name, effectiveFrom: definition.effectiveFrom },
    number: input.number,
    issuedOn: input.issuedOn,
    corrects: input.corrects,
    agency: context.agency.name,
    caseNo: context.case.caseNo,
    clock: input.clock,
    data: input.data,
    approvals: definition.audience === 'main' ? input.approvals.map(withoutOpinion) : input.approvals,
    signatures: input.signatures.map(withPrintNamed),
    pictures: digestsOf(input),
    qr: input.qr,
    fonts,
  }
  return withoutAbsent(whole)
}

/** What was printed of each photo, by its digest. */
const digestsOf = ({ pictures }: RenderInput) =>
  pictures === undefined || pictures.size === 0
    ? undefined
    : Object.fromEntries([...pictures].map(([id, { sha256 }]) => [id, sha256]))

/** Absent and undefined are the same thing; canonical JSON knows only absent. */
function withoutAbsent(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const clean = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(clean)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(
      Object.entries(one).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, clean(inner)]])),
    )
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, clean(inner)]])),
  )
}
