import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { COPY_MARK } from '../../apps/server/src/pdf/copy-mark.ts'
import type { RenderInput } from '../../apps/server/src/pdf/render-input.ts'
import { elementsOf, missingFrom } from '../paper-elements.ts'
import { deltasOf } from './draw-ofd.ts'
import { type Ofd, readOfd } from './read-ofd.ts'
import { all, first, type Node, numbers } from './read-xml.ts'
import { readTrueType, type TrueType } from './true-type.ts'

const execute = promisify(execFile)
const SCHEMA = join(import.meta.dirname, 'ofd.xsd')

/** Every file of XML in the package, by a validator that is not ours. */
async function invalid(files: Ofd['files']): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-ofd-'))
  try {
    const names = Object.keys(files).filter((name) => name.endsWith('.xml'))
    const paths = names.map((name) => join(folder, name.replaceAll('/', '-')))
    await Promise.all(names.map((name, i) => writeFile(paths[i] ?? '', files[name] ?? '')))
    await execute('xmllint', ['--noout', '--schema', SCHEMA, ...paths], { maxBuffer: 64 * 1024 * 1024 })
    return []
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    const lines = said.split('\n').filter((line) => !line.endsWith(' validates'))
    return lines.slice(0, 3).map((line) => line.replaceAll(`${folder}/`, ''))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Numbers are given once and none is larger than the file says. */
function wrongIds({ pages, maxId, fonts, images }: Ofd): readonly string[] {
  const objects = pages.flatMap((page) => all(page, 'Layer').flatMap((layer) => [layer, ...layer.inner]))
  const ids = [...objects.map((one) => Number(one.attributes['ID'])), ...fonts.keys(), ...images.keys()]
  return [
    ...(new Set(ids).size === ids.length ? [] : ['a number is given twice']),
    ...(Math.max(...ids) <= maxId ? [] : ['a number is larger than the largest']),
  ]
}

/** Characters, glyphs and distances belong together, each glyph is in the embedded typeface, and so is each character. */
function wrongText(node: Node, face: TrueType | undefined): readonly string[] {
  const { text, attributes } = first(node, 'TextCode')
  const { CodeCount, GlyphCount } = first(node, 'CGTransform').attributes
  const glyphs = numbers(first(node, 'Glyphs').text)
  const where = `text “${text.slice(0, 20)}”`
  if (face === undefined) return [`${where} is in no embedded typeface`]
  const isOne = Array.from(text).length === 1 && glyphs.length === 1
  const isUnknown = Array.from(text).some((one) => face.glyphOf(one.codePointAt(0) ?? 0) === 0)
  return [
    ...(Number(CodeCount) === text.length && Number(GlyphCount) === glyphs.length
      ? []
      : [`${where}: counts`]),
    ...(isOne || deltasOf(attributes['DeltaX']).length === glyphs.length - 1 ? [] : [`${where}: distances`]),
    ...(glyphs.every((id) => id > 0 && id < face.glyphs) ? [] : [`${where}: a glyph that is not there`]),
    ...(isUnknown && (isOne || text.length === glyphs.length)
      ? [`${where}: a character without a glyph`]
      : []),
    ...(text.trim() === text ? [] : [`${where}: blanks at an end`]),
  ]
}

function wrongObjects(ofd: Ofd): readonly string[] {
  const faces = new Map([...ofd.fonts].map(([id, bytes]) => [id, readTrueType(bytes)]))
  return ofd.pages.flatMap((page) => [
    ...all(page, 'TextObject').flatMap((one) => wrongText(one, faces.get(Number(one.attributes['Font'])))),
    ...all(page, 'ImageObject').flatMap((one) =>
      ofd.images.has(Number(one.attributes['ResourceID'])) ? [] : ['a picture that is not there'],
    ),
  ])
}

const textOf = (page: Node): string =>
  all(page, 'TextCode')
    .map((one) => one.text)
    .join('')

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the file says of itself, and that the PDF lies in it byte for byte. */
function wrongAbout(ofd: Ofd, pdf: Uint8Array): readonly string[] {
  const said = Object.fromEntries(
    all(ofd.about, 'CustomData').map((one) => [one.attributes['Name'] ?? '', one.text]),
  )
  const [attached] = ofd.attachments.values()
  return [
    ...(said['归档PDF的SHA-256'] === sha256Of(pdf) ? [] : ['the PDF is not named by its digest']),
    ...(said['电子签章']?.includes('没有电子签章') ? [] : ['it does not say that it has no seal']),
    ...(attached !== undefined && Buffer.compare(attached, pdf) === 0 ? [] : ['the PDF is not attached']),
    ...(ofd.pages.every((page) => textOf(page).includes(COPY_MARK))
      ? []
      : ['a page does not say that it is a copy']),
  ]
}

/** What is wrong with the OFD copy of a PDF, without looking at it. */
export async function checkOfd(
  bytes: Uint8Array,
  pdf: Uint8Array,
  input?: RenderInput,
): Promise<readonly string[]> {
  const ofd = readOfd(bytes)
  const missing = input === undefined ? [] : missingFrom(ofd.pages.map(textOf), elementsOf(input))
  const found = [
    ...(await invalid(ofd.files)),
    ...wrongIds(ofd),
    ...wrongObjects(ofd),
    ...wrongAbout(ofd, pdf),
    ...missing.map((one) => `${one.path} is not in the OFD copy: ${one.text.slice(0, 40)}`),
  ]
  return found.map((one) => `ofd: ${one}`)
}
