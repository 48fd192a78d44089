import { PARTS, StreamId, type PartName } from '../leaf.ts'
import { parseTreeSize } from '../merkle.ts'

/** Layout of a case package: a BagIt 1.0 bag (RFC 8493) whose tag files carry the proof. */
export const BAGIT = 'bagit.txt'
export const BAG_INFO = 'bag-info.txt'
export const MANIFEST = 'manifest-sha256.txt'
/** The same files by SM3, for readers who want it; other BagIt tools pass over it. */
export const MANIFEST_SM3 = 'manifest-sm3.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'
export const CASE_SUMMARY = 'data/case.json'
export const DOCUMENTS = 'data/documents/'
export const MEDIA = 'data/media/'
export const CHECKPOINT = 'proofs/checkpoint'
export const LOG_KEY = 'proofs/log.vkey'
/** The log's SM2 key, where it has one. */
export const SM2_KEY = 'proofs/sm2.vkey'
/** How the log's key changed, when it did. */
export const KEYS = 'proofs/keys.json'
export const EXPORT = 'proofs/export.json'
export const CASE_METADATA = 'metadata/case.json'
export const DA_T_70 = 'metadata/da-t-70.json'
export const PREMIS = 'metadata/premis.xml'
/** Objects in the words of the archives' schemes, and papers encapsulated as DA/T 48 says (EEP). */
export const SCHEME_FOLDERS = ['da-t-46', 'da-t-54', 'da-t-63'] as const
export type SchemeFolder = (typeof SCHEME_FOLDERS)[number]
export const METADATA = 'metadata/'
const EEP = 'metadata/eep/'

const stemOf = (name: string): string => name.replace(/(?:\.[^./]*)?$/, '')
/** metadata/da-t-46/正卷/001-决定书.xml describes data/documents/正卷/001-决定书.pdf; recordings have the other folders. */
export const metadataPath = (folder: SchemeFolder, name: string): string =>
  `metadata/${folder}/${stemOf(name)}.xml`
export const eepPath = (name: string): string => `${EEP}${stemOf(name)}.xml`
export const isEep = (path: string): boolean => path.startsWith(EEP)

/** Which object a file of metadata belongs to, of those in a package; nothing where there is none. */
export const describedObjects = (paths: Iterable<string>): ((path: string) => string | undefined) => {
  const objects = new Map<string, string>()
  for (const path of paths)
    if ((path.startsWith(DOCUMENTS) || path.startsWith(MEDIA)) && sidecarKind(path) === undefined)
      objects.set(stemOf(path), path)
  return (path) => {
    const [, folder, stem] = /^metadata\/(da-t-46|da-t-54|da-t-63|eep)\/(.+)\.xml$/.exec(path) ?? []
    if (folder === undefined) return undefined
    return objects.get(`${folder === 'da-t-46' || folder === 'eep' ? DOCUMENTS : MEDIA}${stem}`)
  }
}
/** Whether it lies where metadata of objects lies, also when it belongs to none. */
export const isDescription = (path: string): boolean =>
  SCHEME_FOLDERS.some((folder) => path.startsWith(`metadata/${folder}/`))

/** A page for people, at the root; it shows and proves nothing. */
export const INDEX = 'index.html'
export const README = 'verify/README.zh.md'
export const VERIFY_SH = 'verify/verify.sh'
/** The page that verifies the package in a browser, from the disc. */
export const VERIFY_HTML = 'verify/verify.html'

/** Files without which a package is not one. */
export const REQUIRED = [
  BAGIT,
  BAG_INFO,
  MANIFEST,
  TAG_MANIFEST,
  CASE_SUMMARY,
  CHECKPOINT,
  LOG_KEY,
  EXPORT,
  CASE_METADATA,
  DA_T_70,
  README,
  VERIFY_SH,
] as const

/** 001-检查.mp4 → 001-检查.vtt: players find captions by the film's name. */
export const captionsBeside = (film: string): string => film.replace(/(?:\.[^./]*)?$/, '.vtt')
export const chainBeside = (film: string): string => film.replace(/(?:\.[^./]*)?$/, '.chain.txt')

export const sheetBeside = (film: string): string => film.replace(/(?:\.[^./]*)?$/, '.sheet.html')

/** Captions, what a phone signed, and the sheet for people that states maker, time, method and what the film proves. */
export type SidecarKind = 'captions' | 'chain' | 'sheet'
/** What a file of this path would be, if a film of its name lies beside it. */
export const sidecarKind = (path: string): SidecarKind | undefined => {
  if (!path.startsWith(MEDIA)) return undefined
  if (path.endsWith('.chain.txt')) return 'chain'
  if (path.endsWith('.sheet.html')) return 'sheet'
  return path.endsWith('.vtt') ? 'captions' : undefined
}

export const mediaManifestPath = (sha256: string): string => `proofs/media/${sha256}.manifest.json`
const MEDIA_MANIFEST = /^proofs\/media\/([0-9a-f]{64})\.manifest\.json$/
export const parseMediaManifestPath = (path: string): string | undefined => MEDIA_MANIFEST.exec(path)?.[1]

export type StampFileKind = 'tsr' | 'checkpoint' | 'consistency'
/** A time stamp over the checkpoint of this size: the token, the signed note, and the proof that the package's log holds it. */
export const stampPath = (size: number, kind: StampFileKind): string => `proofs/tsa/${size}.${kind}`
/** Size of the checkpoint; undefined when the path is not exactly one that stampPath gives. */
export const parseStampPath = (path: string): number | undefined => {
  const [, size, kind] = /^proofs\/tsa\/(0|[1-9][0-9]{0,15})\.(tsr|checkpoint|consistency)$/.exec(path) ?? []
  return kind === undefined || size === undefined ? undefined : parseTreeSize(size)
}

export type IssuedFileKind = 'checkpoint' | 'consistency'
/** An earlier checkpoint that somebody was given, as its text alone, and the proof that the package's log begins with it. */
export const issuedPath = (size: number, kind: IssuedFileKind): string => `proofs/issued/${size}.${kind}`
/** Size of the checkpoint; undefined when the path is not exactly one that issuedPath gives. */
export const parseIssuedPath = (path: string): number | undefined => {
  const [, size] = /^proofs\/issued\/(0|[1-9][0-9]{0,15})\.(?:checkpoint|consistency)$/.exec(path) ?? []
  return size === undefined ? undefined : parseTreeSize(size)
}

/** Path of an event's files without extension: proofs/streams/<streamId>/0017 */
export const eventPath = (streamId: string, version: number): string =>
  `proofs/streams/${streamId}/${String(version).padStart(4, '0')}`

export type EventFile = Readonly<{ streamId: string; version: number; kind: EventFileKind }>
export type EventFileKind = 'entry' | 'tlog-proof' | `${PartName}.json` | `${PartName}.salt`

const KINDS: readonly EventFileKind[] = [
  'entry',
  'tlog-proof',
  ...PARTS.flatMap((part) => [`${part}.json` as const, `${part}.salt` as const]),
]

/** Undefined unless the path is exactly one that eventPath and a kind give. */
export const parseEventFile = (path: string): EventFile | undefined => {
  const [, streamId = '', digits = '', ext = ''] =
    /^proofs\/streams\/([^/]+)\/(\d{4,9})\.(.+)$/.exec(path) ?? []
  const kind = KINDS.find((k) => k === ext)
  const version = Number(digits)
  if (!kind || version < 1 || !StreamId.safeParse(streamId).success) return undefined
  return `${eventPath(streamId, version)}.${kind}` === path ? { streamId, version, kind } : undefined
}

const BAD_CHAR = /[\p{Cc}\p{Cf}\\%:*?"<>|\uFFFD]/u

/** Relative, without tricks, the same on every file system; needs no escape in a manifest or a shell tool. */
export const isPackagePath = (path: string): boolean =>
  path.length <= 400 &&
  path.normalize('NFC') === path &&
  !BAD_CHAR.test(path) &&
  path.split('/').every((s) => s !== '' && s !== '.' && s !== '..' && s.trim() === s && !s.endsWith('.'))
