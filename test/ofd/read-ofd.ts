import { posix } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { all, first, type Node, readXml } from './read-xml.ts'

/** An OFD file as a reader finds its parts: from the root, by what each part names. */
export type Ofd = Readonly<{
  files: Readonly<Record<string, Uint8Array>>
  about: Node
  maxId: number
  pages: readonly Node[]
  fonts: ReadonlyMap<number, Uint8Array>
  images: ReadonlyMap<number, Uint8Array>
  attachments: ReadonlyMap<string, Uint8Array>
}>

export function readOfd(bytes: Uint8Array): Ofd {
  const files = unzipSync(bytes)
  const file = (path: string): Uint8Array => {
    const found = files[path]
    if (found === undefined) throw new Error(`no ${path} in the package`)
    return found
  }
  const xml = (path: string): Node => readXml(strFromU8(file(path)))
  const about = xml('OFD.xml')
  const at = first(about, 'DocRoot').text
  const beside = (path: string, name: string): string => posix.join(posix.dirname(path), name)
  const document = xml(at)
  const resources = (['PublicRes', 'DocumentRes'] as const).flatMap((kind) =>
    all(document, kind).map(({ text }) => {
      const res = xml(beside(at, text))
      return { res, folder: beside(beside(at, text), res.attributes['BaseLoc'] ?? '') }
    }),
  )
  const kept = (element: string, part: string): ReadonlyMap<number, Uint8Array> =>
    new Map(
      resources.flatMap(({ res, folder }) =>
        all(res, element).map((one) => [
          Number(one.attributes['ID']),
          file(posix.join(folder, first(one, part).text)),
        ]),
      ),
    )
  const attached = all(document, 'Attachments').flatMap(({ text }) => {
    const list = beside(at, text)
    return all(xml(list), 'Attachment').map(
      (one) => [one.attributes['Name'] ?? '', file(beside(list, first(one, 'FileLoc').text))] as const,
    )
  })
  return {
    files,
    about,
    maxId: Number(first(document, 'MaxUnitID').text),
    pages: all(first(document, 'Pages'), 'Page').map((page) =>
      xml(beside(at, page.attributes['BaseLoc'] ?? '')),
    ),
    fonts: kept('Font', 'FontFile'),
    images: kept('MultiMedia', 'MediaFile'),
    attachments: new Map(attached),
  }
}
