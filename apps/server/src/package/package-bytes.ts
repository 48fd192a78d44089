import type { Readable } from 'node:stream'
import type { PackageFile } from '@liuhen/ledger/package/build-package'
import { tarEnd, tarHeader, tarPadding, type TarSource } from '@liuhen/ledger/package/tar'
import type { BlobStore } from '../blobs/blob-store.ts'

async function* bodyOf(store: BlobStore, file: PackageFile): AsyncGenerator<Uint8Array> {
  if (file.bytes === undefined) yield* await store.open(file.sha256)
  else yield file.bytes
}

/** The package as one tar, in the order given. A blob that is shorter or longer than stated ends it with an error. */
export async function* tarOf(store: BlobStore, files: readonly PackageFile[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield tarHeader(file.path, file.sizeBytes)
    let sizeBytes = 0
    for await (const part of bodyOf(store, file)) {
      sizeBytes += part.length
      yield part
    }
    if (sizeBytes !== file.sizeBytes)
      throw new Error(`${file.path}: ${sizeBytes} bytes, not ${file.sizeBytes}`)
    yield tarPadding(file.sizeBytes)
  }
  yield tarEnd
}

const readAll = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray())

/** Reads a stored package as the verifier wants it, by ranges of its blob. */
export const storedTar = (store: BlobStore, sha256: string, sizeBytes: number): TarSource => ({
  sizeBytes,
  read: async (at, length) => {
    if (length === 0) return new Uint8Array()
    const bytes = await readAll(await store.open(sha256, { start: at, end: at + length - 1 }))
    if (bytes.length !== length) throw new RangeError('the archive is cut')
    return bytes
  },
  async *stream(at, length) {
    if (length > 0) yield* await store.open(sha256, { start: at, end: at + length - 1 })
  },
})
