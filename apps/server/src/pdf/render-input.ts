import type { Fingermark } from '@liuhen/domain/document/fingermark'
import type { FormContext } from '@liuhen/domain/document/form-context'
import type { FormData } from '@liuhen/domain/document/form-data'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Instant } from '@liuhen/law/fact'

/** One line of the pen: points in the pad's own units, `t` in milliseconds, `p` the pressure from 0 to 1. */
export type Stroke = readonly Readonly<{ x: number; y: number; t: number; p?: number }>[]

export type Approval = Readonly<{
  rank: string
  name: string
  opinion: string
  at: Instant
  strokes?: readonly Stroke[]
}>

export type Signature = Readonly<{
  role: string
  name: string
  signedAt: Instant
  strokes?: readonly Stroke[]
  fingermark?: Fingermark
  /** Present when the person refused to sign: why, and who saw it. */
  refusal?: Readonly<{ reason: string; witnesses: readonly string[] }>
}>

export type Picture = Readonly<{ sha256: string; bytes: Uint8Array }>

export type RenderInput = Readonly<{
  definition: DocumentDefinition
  data: FormData
  context: Pick<FormContext, 'agency' | 'case'>
  /** The whole number as printed: 走街罚决〔2026〕3号. */
  number?: string
  /** yyyy-MM-dd. Absent in a preview, which then carries no date and the mark of a draft. */
  issuedOn?: string
  /** To be filled in by hand: empty, with its number, and no draft. */
  blank?: true
  /** The paper whose place it takes: its day, and its number where it has one. */
  corrects?: Readonly<{ issuedOn: string; number?: string }>
  /** Ranks that approve, in order, where a pack parameter has fixed them; otherwise those of the definition. */
  approvers?: readonly string[]
  approvals: readonly Approval[]
  signatures: readonly Signature[]
  /** Photos to print, by recording: what is printed is smaller than the original, and named by its own digest. */
  pictures?: ReadonlyMap<string, Picture>
  /** Text of the square on a served paper. */
  qr?: string
  clock: 'real' | 'simulated'
  /** The paper will be sealed with the agency's key. */
  sealedByKey?: boolean
}>

/** Where a seal goes: its upper left corner, in points from the page's. */
export type SealPlace = Readonly<{ page: number; x: number; y: number }>

/** The look of a seal: drawn from the agency's name, or the agency's own picture. */
export type SealLook = Readonly<{
  name: string
  /** Under the star; '' for nothing. */
  note: string
  picture?: Readonly<{ extension: string; bytes: Uint8Array }>
}>

/** What the labels of a list say; `square` is the text of each one's square. */
export type LabelSheet = Readonly<{
  agency: string
  caseNo: string
  paper: string
  number: string
  /** yyyy-MM-dd, and the same as printed. */
  day: string
  issuedOn: string
  simulated: boolean
  rows: readonly Readonly<{ no: number; name: string; quantity: string; feature: string; square: string }>[]
}>

export type Rendered = Readonly<{
  bytes: Uint8Array
  pages: number
  /** The canonical JSON that is attached as data.json, byte for byte. */
  dataJson: string
  sealPlaces: readonly SealPlace[]
}>
