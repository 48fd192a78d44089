import type { PackageReader } from '@liuhen/ledger/package/read-package'
import { tarReader, type TarSource } from '@liuhen/ledger/package/tar'

/** One chunk of a recording at a time. */
const PART_BYTES = 4 * 1024 * 1024

/** Blob.arrayBuffer() is younger than ES2018. */
const readBytes = (blob: Blob): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () =>
      reader.result instanceof ArrayBuffer
        ? resolve(new Uint8Array(reader.result))
        : reject(new Error('no bytes'))
    reader.onerror = () => reject(reader.error ?? new Error('no bytes'))
    reader.readAsArrayBuffer(blob)
  })

/** A file of any size, of which one part at a time is in memory. */
export async function* readParts(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += PART_BYTES) yield await readBytes(blob.slice(at, at + PART_BYTES))
}

const blobSource = (blob: Blob): TarSource => ({
  sizeBytes: blob.size,
  read: async (at, length) => {
    const bytes = await readBytes(blob.slice(at, at + length))
    if (bytes.length !== length) throw new RangeError(`tar ends at byte ${at + bytes.length}`)
    return bytes
  },
  stream: (at, length) => readParts(blob.slice(at, at + length)),
})

/** What a person picked: a name to show, what is to be read, and how much. */
export type Chosen = Readonly<{ name: string; sizeBytes: number; reader: PackageReader }>

export const chosenTar = (file: File): Chosen => ({
  name: file.name,
  sizeBytes: file.size,
  reader: tarReader(blobSource(file)),
})

/** A package that lies unpacked on a disc: the folder that was picked is the package. */
export const chosenFolder = (files: readonly File[]): Chosen => {
  const [folder = ''] = (files[0]?.webkitRelativePath ?? '').split('/')
  const byPath = new Map(files.map((f) => [f.webkitRelativePath.slice(folder.length + 1), f]))
  return {
    name: folder,
    sizeBytes: files.reduce((sum, f) => sum + f.size, 0),
    reader: {
      list: () => Promise.resolve([...byPath].map(([path, f]) => ({ path, sizeBytes: f.size }))),
      open: (path) => {
        const file = byPath.get(path)
        if (!file) throw new Error('no such file')
        return readParts(file)
      },
    },
  }
}
