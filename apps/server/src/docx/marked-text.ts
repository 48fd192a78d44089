import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A run of signs that stand on one line of a page; in points from the left and from the foot. */
export type Run = Readonly<{
  text: string
  page: number
  x: number
  end: number
  y: number
  size: number
  /** In a typeface of headings. */
  isHeading: boolean
}>

/** The runs of a PDF by the place in its structure to which they belong (`object of the page/number of the content`). */
export type MarkedText = ReadonlyMap<string, readonly Run[]>

export const contentKey = (page: number, content: number): string => `${page}/${content}`

/** Page object and content as the reader names them: `p68R_mc0`. */
const keyOf = (id: string): string | undefined => {
  const found = /^p(\d+)R\d*_mc(\d+)$/.exec(id)
  return found === null ? undefined : contentKey(Number(found[1]), Number(found[2]))
}

/** The reader's types forget the tag. */
const isArtifact = (mark: object): boolean => 'tag' in mark && mark.tag === 'Artifact'

/** What the pages show, without what belongs to the page and not to the text: its number, the square, the mark of a trial. */
export async function readMarkedText(pdf: Uint8Array): Promise<MarkedText> {
  const runs = new Map<string, Run[]>()
  const task = getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items, styles } = await page.getTextContent({ includeMarkedContent: true })
    const open: (string | undefined)[] = []
    for (const item of items) {
      if (!('str' in item)) {
        if (item.type === 'endMarkedContent') open.pop()
        // Content that is marked without a place of its own belongs to what it stands in.
        else open.push(isArtifact(item) ? undefined : (keyOf(item.id ?? '') ?? open.at(-1)))
        continue
      }
      const key = open.at(-1)
      if (key === undefined || item.str === '') continue
      const [, , , size = 0, x = 0, y = 0] = item.transform.map(Number)
      const isHeading = styles[item.fontName]?.fontFamily !== 'serif'
      const run = { text: item.str, page: number, x, end: x + item.width, y, size, isHeading }
      runs.set(key, [...(runs.get(key) ?? []), run])
    }
  }
  await task.destroy()
  return runs
}
