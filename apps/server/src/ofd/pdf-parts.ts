import { PDF, PdfArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '@libpdf/core'
import { NotCarriedOver } from './page-object.ts'

/** Files that lie in a PDF, as they are there. */
export type PdfParts = Readonly<{
  has: (typeface: string) => boolean
  /** The program of a typeface (TrueType) by its name with the mark of the subset. */
  typeface: (name: string) => Uint8Array
  /** A photo by its object (`85R`); undefined where it is none or is not the whole picture. */
  jpeg: (object: string) => Uint8Array | undefined
}>

/** Where the pictures of a page and of its annotations begin; what leads back or to the words' structure is left out. */
const ENTRIES = ['Resources', 'Annots']
const ELSEWHERE = new Set(['Parent', 'P', 'StructParent', 'Popup', 'V'])

export async function readPdfParts(bytes: Uint8Array): Promise<PdfParts> {
  const pdf = await PDF.load(bytes)
  const get = (ref: PdfRef): PdfObject | null => pdf.getObject(ref)
  const faces = new Map<string, PdfDict>()
  const seen = new Set<string>()
  const look = (given: PdfObject | null | undefined): void => {
    if (given instanceof PdfRef) {
      const key = `${given.objectNumber} ${given.generation}`
      if (seen.has(key)) return
      seen.add(key)
      look(get(given))
    } else if (given instanceof PdfArray) for (const one of given.toArray()) look(one)
    else if (given instanceof PdfDict) {
      if (given.getName('Subtype', get)?.value === 'Type0') note(faces, given, get)
      else for (const [key, one] of given) if (!ELSEWHERE.has(key.value)) look(one)
    }
  }
  for (const { dict } of pdf.getPages()) for (const entry of ENTRIES) look(dict.get(entry))
  return {
    has: (name) => faces.has(name),
    typeface: (name) => programOf(name, faces.get(name), get),
    jpeg: (object) => {
      const found = /^(\d+)R(\d*)$/.exec(object)
      const picture = found === null ? null : get(PdfRef.of(Number(found[1]), Number(found[2] ?? 0)))
      const isWhole = picture instanceof PdfStream && !picture.has('SMask') && !picture.has('Mask')
      return isWhole && picture.getName('Filter', get)?.value === 'DCTDecode' ? picture.data : undefined
    },
  }
}

type Get = (ref: PdfRef) => PdfObject | null

/** One name is one subset; two that share it could not be told apart. */
function note(faces: Map<string, PdfDict>, face: PdfDict, get: Get): void {
  const name = face.getName('BaseFont', get)?.value ?? ''
  const before = faces.get(name)
  if (before !== undefined && before !== face) throw new NotCarriedOver(`two typefaces called ${name}`)
  faces.set(name, face)
}

/** Only where a code is the glyph's number: then nothing is guessed. */
function programOf(name: string, face: PdfDict | undefined, get: Get): Uint8Array {
  const inner = face?.getArray('DescendantFonts', get)?.toArray()[0]
  const cid = inner instanceof PdfRef ? get(inner) : inner
  const isIdentity =
    face?.getName('Encoding', get)?.value === 'Identity-H' &&
    cid instanceof PdfDict &&
    (cid.get('CIDToGIDMap', get) ?? PdfName.of('Identity')) === PdfName.of('Identity')
  if (!isIdentity) throw new NotCarriedOver(`typeface ${name}, whose codes are not its glyphs`)
  const program = cid.getDict('FontDescriptor', get)?.get('FontFile2', get)
  if (!(program instanceof PdfStream)) throw new NotCarriedOver(`typeface ${name}, which is not TrueType`)
  return program.getDecodedData()
}
