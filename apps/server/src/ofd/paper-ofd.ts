import { createHash } from 'node:crypto'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { present } from '@liuhen/domain/present'
import { openType } from './open-type.ts'
import type { Image, PageObject } from './page-object.ts'
import {
  type About,
  attachmentsXml,
  documentXml,
  fontsXml,
  imagesXml,
  type Kept,
  pageXml,
  rootXml,
} from './package-xml.ts'
import type { Resources } from './page-xml.ts'
import { readPages } from './read-pages.ts'

export type OfdOf = Readonly<{
  /** The archived PDF; its pages are the copy's. */
  pdf: Uint8Array
  /** A PDF of one page that says on every page of the copy what it is. */
  mark: Uint8Array
  /** Title and number, and how the paper stands. */
  name: string
  agency: string
  /** The signed note of the log's checkpoint that was the latest when the PDF was made. */
  checkpoint?: string
}>

/** The oldest time that a zip can say, so that the same paper gives the same bytes. */
const MTIME = new Date(1980, 0, 1)
/** A PDF that is larger is named by its digest alone. */
const ATTACHED_AT_MOST_BYTES = 32 * 1024 * 1024

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Typefaces and pictures get a number and a file when a page first names them. */
function register() {
  let last = 0
  const nextId = (): number => (last += 1)
  const fonts = new Map<string, Kept<string>>()
  const images = new Map<string, Kept<Image>>()
  const keep = <T>(all: Map<string, Kept<T>>, key: string, file: string, of: T): number => {
    const kept = all.get(key) ?? { id: nextId(), file, of }
    all.set(key, kept)
    return kept.id
  }
  const resources: Resources = {
    nextId,
    font: (name) => keep(fonts, name, `font_${fonts.size}.ttf`, name),
    image: (image) => {
      const file = `image_${images.size}.${image.format === 'JPEG' ? 'jpg' : 'png'}`
      return keep(images, sha256Of(image.bytes), file, image)
    },
  }
  return { resources, fonts, images, last: () => last }
}

/** Which glyph each character of a typeface has in these objects. */
function charactersOf(objects: readonly PageObject[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const fonts = new Map<string, Map<number, number>>()
  for (const object of objects) {
    if (object.kind !== 'text') continue
    const characters = fonts.get(object.font) ?? new Map<number, number>()
    fonts.set(object.font, characters)
    for (const { text, id } of object.glyphs) {
      const [character, ...more] = Array.from(text, (one) => one.codePointAt(0) ?? 0)
      if (character !== undefined && more.length === 0 && !characters.has(character))
        characters.set(character, id)
    }
  }
  return fonts
}

const texts = (all: Readonly<Record<string, string>>): Zippable =>
  Object.fromEntries(Object.entries(all).map(([name, xml]) => [name, strToU8(xml)]))

/** What is packed already is laid in as it is. */
const asIs = (bytes: Uint8Array): Zippable[string] => [bytes, { level: 0 }]

/**
 * An archived paper as OFD (GB/T 33190-2016), page for page as the PDF shows it, with the PDF itself attached. It is a copy
 * without a seal under GB/T 38540, and says so of itself and on each page. The same input gives the same bytes. What cannot
 * be shown as it is throws `NotCarriedOver`.
 */
export async function paperOfd({ pdf, mark, checkpoint, ...named }: OfdOf): Promise<Uint8Array> {
  const [paper, said] = [await readPages(pdf), await readPages(mark)]
  const onEach = said.pages.flatMap((page) => page.objects)
  const pages = paper.pages.map((page) => ({ ...page, objects: [...page.objects, ...onEach] }))
  const [first] = pages
  if (first === undefined) throw new Error(`no page in the PDF of ${named.name}`)
  const { resources, fonts, images, last } = register()
  const contents = pages.map((page, i) => ({
    id: resources.nextId(),
    file: `Pages/Page_${i}/Content.xml`,
    xml: pageXml(page, resources),
  }))
  const characters = charactersOf(pages.flatMap((page) => page.objects))
  const programOf = (font: string): Uint8Array => {
    const { parts } = paper.parts.has(font) ? paper : said
    return openType(parts.typeface(font), characters.get(font) ?? new Map())
  }
  const about: About = present({ ...named, madeOn: paper.madeOn, sha256: sha256Of(pdf), checkpoint })
  const hasImages = images.size > 0
  const hasAttachment = pdf.length <= ATTACHED_AT_MOST_BYTES
  return zipSync(
    {
      ...texts({
        'OFD.xml': rootXml(about),
        'Doc_0/Document.xml': documentXml({
          first,
          pages: contents,
          maxId: last(),
          hasImages,
          hasAttachment,
        }),
        'Doc_0/PublicRes.xml': fontsXml([...fonts.values()]),
        ...(hasImages && { 'Doc_0/DocumentRes.xml': imagesXml([...images.values()]) }),
        ...Object.fromEntries(contents.map(({ file, xml }) => [`Doc_0/${file}`, xml])),
        ...(hasAttachment && { 'Doc_0/Attachs/Attachments.xml': attachmentsXml(named.name, pdf.length) }),
      }),
      ...Object.fromEntries([...fonts.values()].map(({ file, of }) => [`Doc_0/Res/${file}`, programOf(of)])),
      ...Object.fromEntries(
        [...images.values()].map(({ file, of }) => [`Doc_0/Res/${file}`, asIs(of.bytes)]),
      ),
      ...(hasAttachment && { 'Doc_0/Attachs/paper.pdf': asIs(pdf) }),
    },
    { mtime: MTIME },
  )
}
