import { compareUtf8, concat, toHex } from '../bytes.ts'
import { CHUNK_BYTES } from './documents.ts'
import { type EmbeddedPaper, startEmbedded } from './embedded-paper.ts'
import * as at from './paths.ts'
import type { Primitives } from './primitives.ts'
import { fail, type Item } from './report.ts'

/** A package wherever it lies: a folder, a tar file, memory. Chunks that `open` yields are not written to again. */
export type PackageReader = Readonly<{
  list(): Promise<readonly Readonly<{ path: string; sizeBytes: number }>[]>
  open(path: string): AsyncIterable<Uint8Array>
}>

/** What one pass over a file gave. `bytes` for the small files of the proof and for papers, `chunks` for recordings. */
export type ScannedFile = Readonly<{
  sizeBytes: number
  sha256: string
  sm3?: string
  bytes?: Uint8Array
  chunks?: readonly Uint8Array[]
  /** Of an encapsulation: the paper in it. */
  embedded?: EmbeddedPaper
}>

export type Scan = Readonly<{ files: ReadonlyMap<string, ScannedFile>; items: readonly Item[] }>

export type ScanOptions = Readonly<{
  primitives: Primitives
  /** Also compute SM3 of recordings, which is several times slower than SHA-256. */
  sm3Files: boolean
  onBytes?: (sizeBytes: number) => void
}>

/** Whether small files and papers are read for their SM3 too: where the package states it. */
type Reading = ScanOptions & Readonly<{ statesSm3: boolean }>

/** Beyond this a file of the proof is not read into memory. */
const MAX_PROOF_FILE_BYTES = 16 * 1024 * 1024
/** Papers are kept for their signatures, as far as memory allows; of the others that is said. */
const MAX_PAPERS_BYTES = 256 * 1024 * 1024
const MAX_FILES = 200_000

const scanSmall = async (reader: PackageReader, path: string, o: Reading): Promise<ScannedFile> => {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of reader.open(path)) {
    parts.push(part)
    sizeBytes += part.length
    if (sizeBytes > MAX_PROOF_FILE_BYTES) throw new RangeError('文件过大')
    o.onBytes?.(part.length)
  }
  const bytes = concat(...parts)
  const sm3 = o.statesSm3 && path.startsWith('data/') ? { sm3: toHex(o.primitives.sm3(bytes)) } : {}
  return { sizeBytes, bytes, sha256: toHex(o.primitives.sha256(bytes)), ...sm3 }
}

/** At most this many chunks wait for their digest, which bounds memory. */
const MAX_WAITING = 4

/** Cuts a stream into chunks and digests them, beside whoever else reads it. */
const startChunks = ({ digestChunk }: Primitives) => {
  const digests: Promise<Uint8Array>[] = []
  let parts: Uint8Array[] = []
  let held = 0
  const flush = (): void => {
    const [first, ...more] = parts
    const digest = digestChunk(first && more.length === 0 ? first : concat(...parts))
    // A rejection is reported where `end` awaits it.
    digest.catch(() => undefined)
    digests.push(digest)
    parts = []
    held = 0
  }
  const update = async (bytes: Uint8Array): Promise<void> => {
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + CHUNK_BYTES - held)
      parts.push(part)
      held += part.length
      from += part.length
      if (held === CHUNK_BYTES) flush()
    }
    await digests.at(-MAX_WAITING - 1)
  }
  const end = (): Promise<readonly Uint8Array[]> => {
    if (held > 0) flush()
    return Promise.all(digests)
  }
  return { update, end }
}

/** Keeps what it is given while there is room. */
const startKeeping = (room: Room) => {
  let parts: Uint8Array[] | undefined = []
  let held = 0
  return {
    add: (part: Uint8Array): void => {
      held += part.length
      if (held > room.leftBytes) parts = undefined
      else parts?.push(part)
    },
    end: (): { bytes?: Uint8Array } => {
      if (parts === undefined) return {}
      room.leftBytes -= held
      return { bytes: concat(...parts) }
    },
  }
}

type Room = { leftBytes: number }

/** What lies beside a film is small. */
const isFilm = (path: string): boolean => path.startsWith(at.MEDIA) && at.sidecarKind(path) === undefined

const isSm3Wanted = (path: string, o: Reading): boolean => {
  if (at.isEep(path)) return false
  return isFilm(path) ? o.sm3Files : o.statesSm3
}

const scanLarge = async (
  reader: PackageReader,
  path: string,
  o: Reading,
  room: Room,
): Promise<ScannedFile> => {
  const kept = path.startsWith(at.DOCUMENTS) ? startKeeping(room) : undefined
  const whole = o.primitives.startSha256()
  const sm3 = isSm3Wanted(path, o) ? o.primitives.startSm3() : undefined
  const chunks = isFilm(path) ? startChunks(o.primitives) : undefined
  const embedded = at.isEep(path) ? startEmbedded(() => o.primitives.startSha256()) : undefined
  let sizeBytes = 0
  for await (const part of reader.open(path)) {
    sizeBytes += part.length
    await chunks?.update(part)
    kept?.add(part)
    embedded?.update(part)
    whole.update(part)
    sm3?.update(part)
    o.onBytes?.(part.length)
  }
  return {
    sizeBytes,
    sha256: toHex(whole.digest()),
    ...(sm3 && { sm3: toHex(sm3.digest()) }),
    ...(chunks && { chunks: await chunks.end() }),
    ...(embedded && { embedded: embedded.end() }),
    ...kept?.end(),
  }
}

const scanFile = (reader: PackageReader, path: string, o: Reading, room: Room): Promise<ScannedFile> =>
  path.startsWith(at.DOCUMENTS) || path.startsWith(at.MEDIA) || at.isEep(path)
    ? scanLarge(reader, path, o, room)
    : scanSmall(reader, path, o)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '未知错误')

const listFiles = async (reader: PackageReader, items: Item[]) => {
  try {
    const listed = await reader.list()
    if (listed.length === 0) items.push(fail('package', '.', '卷包里没有任何文件'))
    if (listed.length <= MAX_FILES) return listed
    items.push(fail('package', '.', `文件超过 ${MAX_FILES} 个，没有读取`))
  } catch (error) {
    items.push(fail('package', '.', `无法列出文件：${messageOf(error)}`))
  }
  return []
}

/** Reads every file once. Whatever cannot be read is an item that failed, never an exception. */
export const readPackage = async (reader: PackageReader, o: ScanOptions): Promise<Scan> => {
  const files = new Map<string, ScannedFile>()
  const items: Item[] = []
  const listed = await listFiles(reader, items)
  const seen = new Set<string>()
  const room: Room = { leftBytes: MAX_PAPERS_BYTES }
  const reading: Reading = { ...o, statesSm3: listed.some((f) => f.path === at.MANIFEST_SM3) }
  for (const { path, sizeBytes } of [...listed].sort((a, b) => compareUtf8(a.path, b.path))) {
    if (seen.has(path)) items.push(fail('package', path, '同一路径出现两次'))
    seen.add(path)
    if (!at.isPackagePath(path)) {
      items.push(fail('package', path, '路径不合规范'))
      continue
    }
    try {
      const file = await scanFile(reader, path, reading, room)
      files.set(path, file)
      if (file.sizeBytes !== sizeBytes) items.push(fail('package', path, '读出的大小与目录所列不符'))
    } catch (error) {
      items.push(fail('package', path, `无法读取：${messageOf(error)}`))
    }
  }
  return { files, items }
}
