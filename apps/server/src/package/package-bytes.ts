import type { Readable } from 'node:stream'
import type { PackageFile } from '@liuhen/ledger/package/build-package'
import { type TarSource, writeTar } from '@liuhen/ledger/package/tar'
import { type WrappedFile, wrappedBytes } from '../archival/make-eep.ts'
import type { BlobStore } from '../blobs/blob-store.ts'

async function* bodyOf(
  store: BlobStore,
  file: PackageFile,
  wrapped: WrappedFile | undefined,
): AsyncGenerator<Uint8Array> {
  if (wrapped !== undefined) yield* wrappedBytes(store, wrapped)
  else if (file.bytes === undefined) yield* await store.open(file.sha256)
  else yield file.bytes
}

/** The package as one tar, in the order given; wrapped files are written around stored ones. */
export const tarOf = (
  store: BlobStore,
  files: readonly PackageFile[],
  wrapped: readonly WrappedFile[] = [],
): AsyncGenerator<Uint8Array> => {
  const byPath = new Map(wrapped.map((w) => [w.path, w]))
  return writeTar(files, (file) => bodyOf(store, file, byPath.get(file.path)))
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
