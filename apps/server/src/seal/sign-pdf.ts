import { createHash } from 'node:crypto'
import {
  PDF,
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  type PDFPage,
  PdfRef,
  PdfString,
} from '@libpdf/core'
import type { ByteRange } from '@liuhen/ledger/seal/read-seals'

/** Where the picture goes, in points from the page's upper left corner, and the picture as a PDF of one page. */
export type SealWidget = Readonly<{
  page: number
  x: number
  y: number
  width: number
  height: number
  picture: Uint8Array
}>

export type PdfSigning = Readonly<{
  /** Name of the signature's field, unique in the paper. */
  field: string
  /** Who signs, and for what, as a reader shows it. */
  name: string
  reason: string
  at: string
  /** Absent: the signature is not seen on the page. */
  widget?: SealWidget
}>

/** Room for the CMS: some 3 kB now, more with a longer chain. */
const RESERVED_BYTES = 16_384
/** As wide as any number that takes its place. */
const UNKNOWN = 9_999_999_999

const rectangle = (numbers: readonly number[]): PdfArray =>
  new PdfArray(numbers.map((n) => PdfNumber.of(Math.round(n * 100) / 100)))

const pdfTime = (at: string): string => {
  const t = new Date(Date.parse(at)).toISOString()
  return `D:${t.replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
}

/** UTF-16 with its mark: the only way in which every reader of PDF shows Chinese. */
const textOf = (text: string): PdfString =>
  PdfString.fromBytes(
    new Uint8Array(Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16()])),
  )

const valueDict = (pdf: PDF, s: PdfSigning): PdfRef =>
  pdf.createDict({
    Type: PdfName.of('Sig'),
    Filter: PdfName.of('Adobe.PPKLite'),
    SubFilter: PdfName.of('ETSI.CAdES.detached'),
    ByteRange: new PdfArray([0, UNKNOWN, UNKNOWN, UNKNOWN].map((n) => PdfNumber.of(n))),
    Contents: PdfString.fromHex('00'.repeat(RESERVED_BYTES)),
    Name: textOf(s.name),
    Reason: textOf(s.reason),
    M: PdfString.fromString(pdfTime(s.at)),
  })

/** Ink on paper: what is printed below the seal stays legible. */
const INKED = new TextEncoder().encode('q /ink gs /seal Do Q')

const appearance = async (pdf: PDF, { picture, width, height }: SealWidget): Promise<PdfDict> => {
  const seal = await pdf.embedPage(await PDF.load(picture), 0)
  const ink = PdfDict.of({ Type: PdfName.of('ExtGState'), BM: PdfName.of('Multiply') })
  const form = pdf.createStream(
    {
      Type: PdfName.of('XObject'),
      Subtype: PdfName.of('Form'),
      BBox: rectangle([0, 0, width, height]),
      Resources: PdfDict.of({
        ExtGState: PdfDict.of({ ink }),
        XObject: PdfDict.of({ seal: seal.ref }),
      }),
    },
    INKED,
  )
  return PdfDict.of({ N: form })
}

const rectOf = (page: PDFPage, w: SealWidget | undefined): PdfArray =>
  w === undefined
    ? rectangle([0, 0, 0, 0])
    : rectangle([w.x, page.height - w.y - w.height, w.x + w.width, page.height - w.y])

const PRINT_AND_LOCKED = 132

const addTo = (pdf: PDF, dict: PdfDict, key: string, item: PdfObject): void => {
  const known = dict.getArray(key, (ref) => pdf.getObject(ref))
  dict.set(key, new PdfArray([...(known?.toArray() ?? []), item]))
}

const addField = async (pdf: PDF, s: PdfSigning): Promise<void> => {
  const page = pdf.getPage((s.widget?.page ?? 1) - 1)
  if (page === null) throw new Error(`no page ${s.widget?.page ?? 1}`)
  const field = pdf.createDict({
    Type: PdfName.of('Annot'),
    Subtype: PdfName.of('Widget'),
    FT: PdfName.of('Sig'),
    T: PdfString.fromString(s.field),
    V: valueDict(pdf, s),
    F: PdfNumber.of(PRINT_AND_LOCKED),
    P: page.ref,
    Rect: rectOf(page, s.widget),
    ...(s.widget === undefined ? {} : { AP: await appearance(pdf, s.widget) }),
  })
  addTo(pdf, page.dict, 'Annots', field)
  const catalog = pdf.getCatalog()
  const known = catalog.getDict('AcroForm', (ref) => pdf.getObject(ref))
  const form = known?.clone() ?? new PdfDict()
  form.set('SigFlags', PdfNumber.of(3))
  addTo(pdf, form, 'Fields', field)
  catalog.set('AcroForm', form)
}

/** The reserved place that was written last, and the numbers before it. */
const findPlace = (bytes: Buffer): Readonly<{ range: ByteRange; numbersAt: number; width: number }> => {
  const contents = `<${'00'.repeat(RESERVED_BYTES)}>`
  const from = bytes.lastIndexOf(contents, undefined, 'latin1')
  const unknown = `${UNKNOWN} ${UNKNOWN} ${UNKNOWN}`
  const numbersAt = bytes.lastIndexOf(unknown, undefined, 'latin1')
  if (from < 0 || numbersAt < 0) throw new Error('the place of the signature was not written')
  const after = from + contents.length
  return { range: [0, from, after, bytes.length - after], numbersAt, width: unknown.length }
}

/**
 * Signs a paper as it is: the bytes given stay as they are and in front, whatever was signed before holds as before.
 * `makeCms` signs the SHA-256 of everything but the signature's own place.
 */
export const signPdf = async (
  pdf: Uint8Array,
  signing: PdfSigning,
  makeCms: (digest: Uint8Array) => Promise<Uint8Array>,
): Promise<Readonly<{ bytes: Uint8Array; range: ByteRange }>> => {
  const opened = await PDF.load(pdf)
  await addField(opened, signing)
  const bytes = Buffer.from(await opened.save({ incremental: true }))
  if (Buffer.compare(bytes.subarray(0, pdf.length), pdf) !== 0)
    throw new Error('a signature must not change the bytes before it')
  const { range, numbersAt, width } = findPlace(bytes)
  bytes.write(range.slice(1).join(' ').padEnd(width), numbersAt, 'latin1')
  const [, first, second] = range
  const hash = createHash('sha256').update(bytes.subarray(0, first)).update(bytes.subarray(second))
  const cms = Buffer.from(await makeCms(new Uint8Array(hash.digest()))).toString('hex')
  if (cms.length > RESERVED_BYTES * 2) throw new Error('the signature is larger than its place')
  bytes.write(cms, first + 1, 'latin1')
  return { bytes: new Uint8Array(bytes), range }
}
