import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { PackageReader } from '@liuhen/ledger/package/read-package'
import { tarReader, type TarSource } from '@liuhen/ledger/package/tar'

/** One chunk of a recording at a time: whole parts need no copying before they are digested. */
const PART_BYTES = 4 * 1024 * 1024

const readPart = async (file: FileHandle, at: number, length: number): Promise<Uint8Array> => {
  // Parts are handed on, so every one has memory of its own.
  const buffer = Buffer.allocUnsafeSlow(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** Bytes of a file; the next part is being read while the caller works on this one. */
async function* readParts(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  const next = (at: number) => (at < end ? readPart(file, at, Math.min(PART_BYTES, end - at)) : undefined)
  let at = start
  let coming = next(at)
  while (coming) {
    const part = await coming
    if (part.length === 0) throw new Error('文件比目录所列的短')
    at += part.length
    coming = next(at)
    coming?.catch(() => undefined) // reported when it is awaited
    yield part
  }
}

async function* readFileParts(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    yield* readParts(file, 0, size)
  } finally {
    await file.close()
  }
}

/** A package unpacked in a folder. */
export const folderReader = (root: string): PackageReader => ({
  list: async () => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    const files = entries.filter((e) => !e.isDirectory())
    return Promise.all(
      files.map(async (e) => {
        const path = join(e.parentPath, e.name)
        if (!e.isFile()) throw new Error(`${relative(root, path)} 不是普通文件`)
        const { size } = await stat(path)
        return { path: relative(root, path).split(sep).join('/'), sizeBytes: size }
      }),
    )
  },
  open: (path) => readFileParts(join(root, ...path.split('/'))),
})

const fileSource = (file: FileHandle, sizeBytes: number): TarSource => ({
  sizeBytes,
  read: async (at, length) => {
    const part = await readPart(file, at, length)
    if (part.length < length) throw new Error('tar 文件内容不全')
    return part
  },
  stream: (at, length) => readParts(file, at, at + length),
})

/** A package in a tar file or a folder. Throws when there is neither. */
export const openPackage = async (
  path: string,
): Promise<Readonly<{ reader: PackageReader; close(): Promise<void> }>> => {
  const info = await stat(path)
  if (info.isDirectory()) return { reader: folderReader(path), close: () => Promise.resolve() }
  const file = await open(path, 'r')
  return { reader: tarReader(fileSource(file, info.size)), close: () => file.close() }
}
