import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { z } from 'zod'
import { drawPage } from './draw-page.ts'
import type { DrawnPage } from './page-object.ts'
import { type PdfParts, readPdfParts } from './pdf-parts.ts'

export type PdfPages = Readonly<{
  pages: readonly DrawnPage[]
  parts: PdfParts
  /** yyyy-MM-dd, as the PDF says itself. */
  madeOn: string
}>

async function dayOf(document: PDFDocumentProxy): Promise<string> {
  const { info } = await document.getMetadata()
  const given = z.object({ CreationDate: z.string() }).parse(info).CreationDate
  const found = /^D:(\d{4})(\d{2})(\d{2})/.exec(given)
  if (found === null) throw new Error(`a PDF made on ${given}`)
  return found.slice(1).join('-')
}

/** What the pages of a PDF show, with the files that lie in it. */
export async function readPages(pdf: Uint8Array): Promise<PdfPages> {
  const parts = await readPdfParts(pdf)
  const task = getDocument({
    data: pdf.slice(),
    useSystemFonts: false,
    fontExtraProperties: true,
    stopAtErrors: true,
    verbosity: 0,
  })
  try {
    const document = await task.promise
    const pages: DrawnPage[] = []
    for (let number = 1; number <= document.numPages; number += 1)
      pages.push(await drawPage(await document.getPage(number), parts))
    return { pages, parts, madeOn: await dayOf(document) }
  } finally {
    await task.destroy()
  }
}
