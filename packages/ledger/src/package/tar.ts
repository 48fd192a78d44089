import { concat, decodeUtf8, utf8 } from '../bytes.ts'
import type { PackageReader } from './read-package.ts'

/** A package travels as one plain tar file (POSIX ustar, pax headers for long or Chinese names). */
const BLOCK = 512
const MAX_PAX_BYTES = 8192
const END = new Uint8Array(2 * BLOCK)

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

const header = (name: string, sizeBytes: number, type: '0' | 'x'): Uint8Array => {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string): void => block.set(utf8(text), at)
  put(0, name)
  put(100, octal(0o644, 8))
  put(108, octal(0, 8))
  put(116, octal(0, 8))
  put(124, octal(sizeBytes, 12))
  put(136, octal(0, 12))
  put(148, ' '.repeat(8))
  put(156, type)
  put(257, 'ustar\x0000')
  put(329, octal(0, 8) + octal(0, 8))
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return block
}

/** Zero bytes that follow a file of this size. */
export const tarPadding = (sizeBytes: number): Uint8Array =>
  new Uint8Array((BLOCK - (sizeBytes % BLOCK)) % BLOCK)

/** `length key=value\n`, where the length counts itself. */
const paxRecord = (key: string, value: string): Uint8Array => {
  const body = utf8(` ${key}=${value}\n`)
  let length = body.length
  while (String(length).length + body.length !== length) length = String(length).length + body.length
  return concat(utf8(String(length)), body)
}

const MAX_USTAR_SIZE = 0o77777777777

/** Header of one file. The same input gives the same bytes: no owner, no time. */
export const tarHeader = (path: string, sizeBytes: number): Uint8Array => {
  const isPlain = /^[\x20-\x7e]{1,100}$/.test(path)
  if (isPlain && sizeBytes <= MAX_USTAR_SIZE) return header(path, sizeBytes, '0')
  const records = concat(
    ...(isPlain ? [] : [paxRecord('path', path)]),
    ...(sizeBytes > MAX_USTAR_SIZE ? [paxRecord('size', String(sizeBytes))] : []),
  )
  return concat(
    header('pax', records.length, 'x'),
    records,
    tarPadding(records.length),
    header(isPlain ? path : 'file', sizeBytes > MAX_USTAR_SIZE ? 0 : sizeBytes, '0'),
  )
}

/** Two blocks of zeros close the archive. */
export const tarEnd: Uint8Array = END

/**
 * The bytes of a whole archive, files in the given order. `open` gives the contents; a file that turns out longer or
 * shorter than stated would shift all that follows, so it throws.
 */
export async function* writeTar<F extends Readonly<{ path: string; sizeBytes: number }>>(
  files: readonly F[],
  open: (file: F) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield tarHeader(file.path, file.sizeBytes)
    let written = 0
    for await (const part of open(file)) {
      written += part.length
      if (written > file.sizeBytes) break
      yield part
    }
    if (written !== file.sizeBytes) throw new RangeError(`${file.path} does not have ${file.sizeBytes} bytes`)
    yield tarPadding(file.sizeBytes)
  }
  yield tarEnd
}

/** Random access to an archive: a file handle, a Blob in a browser, memory. */
export type TarSource = Readonly<{
  sizeBytes: number
  /** Exactly `length` bytes from `at`; throws when there are fewer. */
  read(at: number, length: number): Promise<Uint8Array>
  /** The same bytes as a stream. */
  stream(at: number, length: number): AsyncIterable<Uint8Array>
}>

export type TarEntry = Readonly<{ path: string; sizeBytes: number; at: number }>

const isZero = (bytes: Uint8Array): boolean => bytes.every((b) => b === 0)

const fault = (at: number, why: string): Error => new Error(`tar 文件第 ${at} 字节处${why}`)

type Header = Readonly<{ name: string; sizeBytes: number; type: '0' | 'x' }>

/** Said of an archive that somebody packed anew with a tar program: sound perhaps, but not in the one form that is read here. */
export const FOREIGN_TAR = '这个 tar 不是制包时的格式，读不懂：请解开后核验目录'

/** Any tar program's header carries the sum of its own bytes; of a damaged one it is wrong. */
const isHeaderOfAnyTar = (block: Uint8Array): boolean => {
  const text = String.fromCharCode(...block.subarray(148, 156))
  const stated = Number.parseInt(text.replace(/[\0 ]+/g, ''), 8)
  return stated === block.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 0x20 : byte), 0)
}

const notOurs = (block: Uint8Array, at: number): Error =>
  at === 0 && isHeaderOfAnyTar(block) ? new Error(FOREIGN_TAR) : fault(at, '不是规范的文件头')

/** Accepts exactly what tarHeader writes, so that nothing can hide in an archive. */
const readHeader = (block: Uint8Array, at: number): Header => {
  const name = decodeUtf8(block.subarray(0, 100))?.replace(/\0+$/, '')
  const size = /^([0-7]{11})\0$/.exec(decodeUtf8(block.subarray(124, 136)) ?? '')?.[1]
  const type = block[156] === 0x78 ? 'x' : '0'
  if (name === undefined || size === undefined) throw notOurs(block, at)
  const sizeBytes = Number.parseInt(size, 8)
  const expected = header(name, sizeBytes, type)
  if (!expected.every((b, i) => b === block[i])) throw notOurs(block, at)
  return { name, sizeBytes, type }
}

const readPax = (bytes: Uint8Array, at: number): { path?: string; size?: number } => {
  const text = decodeUtf8(bytes) ?? ''
  const path = /(?:^|\n)\d+ path=([^\n]+)\n/.exec(text)?.[1]
  const size = /(?:^|\n)\d+ size=([1-9]\d{0,15})\n/.exec(text)?.[1]
  const expected = [
    ...(path === undefined ? [] : [paxRecord('path', path)]),
    ...(size === undefined ? [] : [paxRecord('size', size)]),
  ]
  if (expected.length === 0 || decodeUtf8(concat(...expected)) !== text) throw fault(at, '不是规范的扩展头')
  return { ...(path !== undefined && { path }), ...(size !== undefined && { size: Number(size) }) }
}

/** Lists an archive. Throws at the first byte that tarHeader, tarPadding and tarEnd would not have written. */
export const listTar = async (source: TarSource): Promise<TarEntry[]> => {
  const entries: TarEntry[] = []
  let pax: { path?: string; size?: number } | undefined
  let at = 0
  for (;;) {
    const block = await source.read(at, BLOCK)
    if (isZero(block)) break
    const head = readHeader(block, at)
    const body = at + BLOCK
    const sizeBytes = head.type === '0' ? (pax?.size ?? head.sizeBytes) : head.sizeBytes
    const padding = tarPadding(sizeBytes).length
    if (body + sizeBytes + padding + END.length > source.sizeBytes) throw fault(at, '内容不全')
    if (padding > 0 && !isZero(await source.read(body + sizeBytes, padding))) throw fault(at, '填充不为零')
    if (head.type === 'x') {
      if (pax || sizeBytes > MAX_PAX_BYTES) throw fault(at, '不是规范的扩展头')
      pax = readPax(await source.read(body, sizeBytes), at)
    } else {
      const path = pax?.path ?? head.name
      const written = tarHeader(path, sizeBytes)
      if (!written.subarray(-BLOCK).every((b, i) => b === block[i])) throw fault(at, '不是规范的文件头')
      if (written.length > BLOCK !== (pax !== undefined)) throw fault(at, '不是规范的扩展头')
      entries.push({ path, sizeBytes, at: body })
      pax = undefined
    }
    at = body + sizeBytes + padding
  }
  const rest = await source.read(at, Math.min(source.sizeBytes - at, END.length))
  if (pax || source.sizeBytes - at !== END.length || !isZero(rest)) throw fault(at, '结尾不规范')
  return entries
}

/** A package that lies in a tar file. */
export const tarReader = (source: TarSource): PackageReader => {
  let known: ReadonlyMap<string, TarEntry> = new Map()
  return {
    list: async () => {
      const entries = await listTar(source)
      known = new Map(entries.map((e) => [e.path, e]))
      return entries
    },
    open: (path) => {
      const entry = known.get(path)
      if (!entry) throw new Error('no such file')
      return source.stream(entry.at, entry.sizeBytes)
    },
  }
}

/** An archive held in memory. */
export const memorySource = (bytes: Uint8Array): TarSource => ({
  sizeBytes: bytes.length,
  read: async (at, length) => {
    if (at + length > bytes.length) throw fault(at, '内容不全')
    return bytes.subarray(at, at + length)
  },
  stream: async function* (at, length) {
    yield bytes.subarray(at, at + length)
  },
})
