import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, type PdfObject, PdfRef, PdfString } from '@libpdf/core'
import { contentKey } from './marked-text.ts'

/** What a PDF says of the order and the kind of its words: an element with what is in it, or the key of a content. */
export type Element = Readonly<{
  role: string
  /** What stands for a picture. */
  alt?: string
  colSpan: number
  rowSpan: number
  inner: readonly (Element | string)[]
}>

/** The structure of a tagged PDF, from its root; undefined where it has none. */
export async function readStructure(bytes: Uint8Array): Promise<Element | undefined> {
  const pdf = await PDF.load(bytes)
  const get = (ref: PdfRef): PdfObject | null => pdf.getObject(ref)
  const at = (dict: PdfDict, key: string): PdfObject | undefined => dict.get(key, get)
  const pageOf = (dict: PdfDict, outer: number): number => {
    const page = dict.get('Pg')
    return page instanceof PdfRef ? page.objectNumber : outer
  }
  const span = (dict: PdfDict, key: string): number => {
    const given = at(dict, 'A')
    const all = given instanceof PdfArray ? given.toArray() : [given]
    for (const one of all) {
      const attributes = one instanceof PdfRef ? get(one) : one
      const value = attributes instanceof PdfDict ? at(attributes, key) : undefined
      if (value instanceof PdfNumber) return value.value
    }
    return 1
  }
  const innerOf = (given: PdfObject | null | undefined, page: number): readonly (Element | string)[] => {
    const value = given instanceof PdfRef ? get(given) : given
    if (value instanceof PdfArray) return value.toArray().flatMap((one) => innerOf(one, page))
    if (value instanceof PdfNumber) return [contentKey(page, value.value)]
    if (!(value instanceof PdfDict)) return []
    const content = at(value, 'MCID')
    if (content instanceof PdfNumber) return [contentKey(pageOf(value, page), content.value)]
    const role = at(value, 'S')
    const alt = at(value, 'Alt')
    if (!(role instanceof PdfName)) return []
    return [
      {
        role: role.value,
        ...(alt instanceof PdfString && { alt: alt.asString() }),
        colSpan: span(value, 'ColSpan'),
        rowSpan: span(value, 'RowSpan'),
        inner: innerOf(value.get('K'), pageOf(value, page)),
      },
    ]
  }
  const root = at(pdf.getCatalog(), 'StructTreeRoot')
  if (!(root instanceof PdfDict)) return undefined
  return { role: 'Root', colSpan: 1, rowSpan: 1, inner: innerOf(root.get('K'), 0) }
}
