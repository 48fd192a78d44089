import { PDF, type PDFPage, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString } from '@libpdf/core'

export type BoundPaper = Readonly<{
  title: string
  bytes: Uint8Array
  /** The number of its first page in the file; absent where its pages are not numbered (cover, index, note). */
  pageFrom?: number
}>
export type BoundVolume = Readonly<{
  title: string
  papers: readonly BoundPaper[]
  /** What the first page of the volume, its cover, bears: the archive's number. */
  mark?: string
}>
export type Binding = Readonly<{ title: string; author: string; at: Date; volumes: readonly BoundVolume[] }>

type Bookmark = Readonly<{ title: string; page: PdfRef; inner: readonly Bookmark[] }>

/** UTF-16 with its mark: the only way in which every reader of PDF shows Chinese. */
const textOf = (text: string): PdfString =>
  PdfString.fromBytes(
    new Uint8Array(Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16()])),
  )

/**
 * A signature holds for the paper's own file and not for what is bound from it: here its seal is a picture on the page,
 * and the value that no reader could verify stays behind.
 */
const unsign = (pdf: PDF): void => {
  for (const { dict } of pdf.getPages()) {
    const annotations = dict.get('Annots', (ref) => pdf.getObject(ref))
    if (!(annotations instanceof PdfArray)) continue
    const pictures = annotations.toArray().filter((one) => {
      const mark = one instanceof PdfRef ? pdf.getObject(one) : one
      if (!(mark instanceof PdfDict) || !mark.has('AP')) return false
      for (const key of ['FT', 'V', 'T', 'Parent']) mark.delete(key)
      mark.set('Subtype', PdfName.of('Stamp'))
      return true
    })
    dict.set('Annots', new PdfArray(pictures))
  }
}

/** Siblings are linked to each other and to the bookmark that holds them. */
const outlineOf = (pdf: PDF, parent: PdfDict, parentRef: PdfRef, marks: readonly Bookmark[]): void => {
  const made = marks.map((mark) => {
    const dict = PdfDict.of({
      Title: textOf(mark.title),
      Parent: parentRef,
      Dest: new PdfArray([mark.page, PdfName.of('Fit')]),
    })
    return { mark, dict, ref: pdf.register(dict) }
  })
  for (const [i, { mark, dict, ref }] of made.entries()) {
    const [before, after] = [made[i - 1], made[i + 1]]
    if (before !== undefined) dict.set('Prev', before.ref)
    if (after !== undefined) dict.set('Next', after.ref)
    if (mark.inner.length > 0) outlineOf(pdf, dict, ref, mark.inner)
  }
  const [first, last] = [made[0], made.at(-1)]
  if (first === undefined || last === undefined) return
  parent.set('First', first.ref)
  parent.set('Last', last.ref)
  parent.set('Count', PdfNumber.of(made.length))
}

/** What a reader shows as the page's number: that of the file; of a page without one, the paper's name and its own. */
const labelOf = ({ title, pageFrom }: BoundPaper): PdfDict =>
  pageFrom === undefined
    ? PdfDict.of({ P: textOf(`${title} `), S: PdfName.of('D') })
    : PdfDict.of({ S: PdfName.of('D'), St: PdfNumber.of(pageFrom) })

const SIZE = 11
const EDGE = 34

/** In the outer upper corner, where a clerk would number the leaf; digits and letters of ASCII only. */
const drawCorner = (page: PDFPage, text: string): void => {
  const width = text.length * SIZE * 0.556
  page.drawText(text, { x: page.width - EDGE - width, y: page.height - EDGE, size: SIZE })
}

const bind = async (pdf: PDF, paper: BoundPaper): Promise<PDFPage> => {
  const source = await PDF.load(paper.bytes)
  unsign(source)
  const pages = source.getPages().map((_, i) => i)
  const bound = await pdf.copyPagesFrom(source, pages)
  const [first] = bound
  if (first === undefined) throw new Error(`no page in ${paper.title}`)
  const { pageFrom } = paper
  if (pageFrom !== undefined) for (const [i, page] of bound.entries()) drawCorner(page, String(pageFrom + i))
  return first
}

/**
 * The papers of a case file in one PDF, each page as it was issued, with its page number in the file in the corner and a
 * bookmark for each volume and each paper.
 */
export const combinePapers = async (binding: Binding): Promise<Uint8Array> => {
  const pdf = PDF.create()
  const labels = new PdfArray()
  const volumes: Bookmark[] = []
  for (const { title, papers, mark } of binding.volumes) {
    const inner: Bookmark[] = []
    for (const paper of papers) {
      labels.push(PdfNumber.of(pdf.getPageCount()))
      labels.push(labelOf(paper))
      const page = await bind(pdf, paper)
      if (mark !== undefined && inner.length === 0 && paper.pageFrom === undefined) drawCorner(page, mark)
      inner.push({ title: paper.title, page: page.ref, inner: [] })
    }
    const [first] = inner
    if (first !== undefined) volumes.push({ title, page: first.page, inner })
  }
  const root = PdfDict.of({ Type: PdfName.of('Outlines') })
  const rootRef = pdf.register(root)
  const only = volumes.length === 1 ? volumes[0] : undefined
  outlineOf(pdf, root, rootRef, only?.inner ?? volumes)
  const catalog = pdf.getCatalog()
  catalog.set('Outlines', rootRef)
  catalog.set('PageMode', PdfName.of('UseOutlines'))
  catalog.set('PageLabels', PdfDict.of({ Nums: labels }))
  const { title, author, at } = binding
  pdf.setMetadata({ title, author, language: 'zh-CN', creationDate: at, modificationDate: at })
  return pdf.save({ useXRefStream: true })
}
