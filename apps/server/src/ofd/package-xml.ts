import { COPY_MARK } from '../pdf/copy-mark.ts'
import type { DrawnPage, Image } from './page-object.ts'
import { escaped, layersXml, type Resources } from './page-xml.ts'

/** A typeface or a picture with its number and its file in `Res`. */
export type Kept<T> = Readonly<{ id: number; file: string; of: T }>

/** What the file says of itself before any page of it is read. */
export type About = Readonly<{
  name: string
  agency: string
  /** yyyy-MM-dd. */
  madeOn: string
  /** Of the archived PDF. */
  sha256: string
  checkpoint?: string
}>

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'

const element = (name: string, text: string): string => `<ofd:${name}>${escaped(text)}</ofd:${name}>\n`
const custom = (key: string, value: string): string =>
  `<ofd:CustomData Name="${escaped(key)}">${escaped(value)}</ofd:CustomData>\n`

export const rootXml = ({ name, agency, madeOn, sha256, checkpoint }: About): string =>
  [
    `${HEAD}<ofd:OFD ${SPACE} Version="1.0" DocType="OFD">\n<ofd:DocBody>\n<ofd:DocInfo>\n`,
    element('DocID', sha256.slice(0, 32)),
    element('Title', name),
    element('Author', agency),
    element('Abstract', COPY_MARK),
    element('CreationDate', madeOn),
    element('Creator', '留痕'),
    '<ofd:CustomDatas>\n',
    custom('性质', COPY_MARK),
    custom('电子签章', '本文件没有电子签章（GB/T 38540），印章只是图形；签章以归档的PDF为准'),
    custom('归档PDF的SHA-256', sha256),
    checkpoint === undefined ? '' : custom('日志检查点', checkpoint),
    '</ofd:CustomDatas>\n</ofd:DocInfo>\n<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\n</ofd:DocBody>\n</ofd:OFD>\n',
  ].join('')

const area = (element: string, { width, height }: DrawnPage): string => {
  const size = [width, height].map((one) => Math.round(one * 1000) / 1000).join(' ')
  return `<ofd:${element}><ofd:PhysicalBox>0 0 ${size}</ofd:PhysicalBox></ofd:${element}>\n`
}

export const pageXml = (page: DrawnPage, resources: Resources): string =>
  `${HEAD}<ofd:Page ${SPACE}>\n${area('Area', page)}<ofd:Content>\n${layersXml(page.objects, resources)}</ofd:Content>\n</ofd:Page>\n`

type Parts = Readonly<{
  first: DrawnPage
  pages: readonly Readonly<{ id: number; file: string }>[]
  maxId: number
  hasImages: boolean
  hasAttachment: boolean
}>

export const documentXml = ({ first, pages, maxId, hasImages, hasAttachment }: Parts): string =>
  [
    `${HEAD}<ofd:Document ${SPACE}>\n<ofd:CommonData>\n<ofd:MaxUnitID>${maxId}</ofd:MaxUnitID>\n`,
    area('PageArea', first),
    element('PublicRes', 'PublicRes.xml'),
    hasImages ? element('DocumentRes', 'DocumentRes.xml') : '',
    '</ofd:CommonData>\n<ofd:Pages>\n',
    ...pages.map(({ id, file }) => `<ofd:Page ID="${id}" BaseLoc="${file}"/>\n`),
    '</ofd:Pages>\n',
    hasAttachment ? element('Attachments', 'Attachs/Attachments.xml') : '',
    '</ofd:Document>\n',
  ].join('')

const resXml = (inner: string): string => `${HEAD}<ofd:Res ${SPACE} BaseLoc="Res">\n${inner}</ofd:Res>\n`

/** The name keeps the mark of the subset: two subsets of one typeface are two. */
const fontXml = ({ id, file, of }: Kept<string>): string =>
  `<ofd:Font ID="${id}" FontName="${escaped(of)}" FamilyName="${escaped(of.replace(/^[A-Z]{6}\+/, ''))}"><ofd:FontFile>${file}</ofd:FontFile></ofd:Font>\n`

export const fontsXml = (fonts: readonly Kept<string>[]): string =>
  resXml(`<ofd:Fonts>\n${fonts.map(fontXml).join('')}</ofd:Fonts>\n`)

const mediaXml = ({ id, file, of }: Kept<Image>): string =>
  `<ofd:MultiMedia ID="${id}" Type="Image" Format="${of.format}"><ofd:MediaFile>${file}</ofd:MediaFile></ofd:MultiMedia>\n`

export const imagesXml = (images: readonly Kept<Image>[]): string =>
  resXml(`<ofd:MultiMedias>\n${images.map(mediaXml).join('')}</ofd:MultiMedias>\n`)

/** Thousands of bytes, as the standard counts. */
export const attachmentsXml = (name: string, sizeBytes: number): string =>
  `${HEAD}<ofd:Attachments ${SPACE}>\n<ofd:Attachment ID="PDF" Name="${escaped(name)}.pdf" Format="pdf" Size="${sizeBytes / 1000}"><ofd:FileLoc>paper.pdf</ofd:FileLoc></ofd:Attachment>\n</ofd:Attachments>\n`
