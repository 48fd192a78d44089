import { createHash } from 'node:crypto'
import type { CaseOfObject } from '@liuhen/domain/archival/known-case'
import { utf8 } from '@liuhen/ledger/bytes'
import type { PackageFile } from '@liuhen/ledger/package/build-package'
import { eepPath } from '@liuhen/ledger/package/paths'
import { EEP_CLOSING } from '@liuhen/ledger/package/eep-rule'
import { type EmbeddedPaper, startEmbedded } from '@liuhen/ledger/package/embedded-paper'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { DescribedDocument } from './describe-package.ts'
import { type EepSigner, signatureBlock } from './eep-signature.ts'
import { eepFrame } from './eep-xml.ts'

/** A file of the package that is written around the base64 of a stored one, never whole in memory. */
export type WrappedFile = PackageFile & Readonly<{ around: string; head: Uint8Array; tail: Uint8Array }>

export type MadeEep = Readonly<{
  file: WrappedFile
  /** The paper as a verifier finds it in the bytes that were made. */
  embedded: EmbeddedPaper
  isSigned: boolean
}>

/** Base64 without line breaks, whatever the pieces. */
async function* base64Of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = Buffer.alloc(0)
  for await (const part of bytes) {
    const all = Buffer.concat([left, part])
    const whole = all.length - (all.length % 3)
    left = all.subarray(whole)
    if (whole > 0) yield Buffer.from(all.toString('base64', 0, whole), 'latin1')
  }
  if (left.length > 0) yield Buffer.from(left.toString('base64'), 'latin1')
}

type Blobs = Pick<BlobStore, 'open'>

/** The bytes of a wrapped file, read from the store anew. */
export async function* wrappedBytes(
  blobs: Blobs,
  { head, around, tail }: WrappedFile,
): AsyncGenerator<Uint8Array> {
  yield head
  yield* base64Of(await blobs.open(around))
  yield tail
}

/** Empty without a key, and when the seal fails: that keeps nobody from their package. Whoever makes it tells of it. */
const signatureOf = async (signer: EepSigner | undefined, digest: string): Promise<string> =>
  signer === undefined ? '' : signatureBlock(signer, digest).catch(() => '')

/** The encapsulation of one paper: read once, digested and looked at as it is made, signed when there is a key. */
export const makeEep = async (
  blobs: Blobs,
  d: DescribedDocument,
  agency: CaseOfObject['agency'],
  at: string,
  signer?: EepSigner,
): Promise<MadeEep> => {
  const frame = eepFrame(d, agency, at)
  const embedded = startEmbedded(() => createHash('sha256'))
  const file = createHash('sha256')
  const object = createHash('sha256')
  let sizeBytes = 0
  const write = (bytes: Uint8Array, ofObject: boolean): void => {
    embedded.update(bytes)
    file.update(bytes)
    if (ofObject) object.update(bytes)
    sizeBytes += bytes.length
  }
  write(utf8(frame.opening), false)
  write(utf8(frame.head), true)
  for await (const part of base64Of(await blobs.open(d.document.sha256))) write(part, true)
  write(utf8(frame.tail), true)
  const signature = await signatureOf(signer, object.digest('hex'))
  write(utf8(signature + EEP_CLOSING), false)
  return {
    file: {
      path: eepPath(d.document.name),
      sha256: file.digest('hex'),
      sizeBytes,
      around: d.document.sha256,
      head: utf8(frame.opening + frame.head),
      tail: utf8(frame.tail + signature + EEP_CLOSING),
    },
    embedded: embedded.end(),
    isSigned: signature !== '',
  }
}
