import { createHash } from 'node:crypto'
import { BlobMismatchError } from '../blobs/blob-store.ts'
import { type Bucket, lockFields, md5, type ObjectLock, versionIdOf } from './s3-bucket.ts'
import { lockAsAsked } from './s3-retention.ts'

/** Also the smallest file that is sent in parts. The last part may be smaller; 10,000 are allowed: 156 GiB. */
export const PART_BYTES = 16 * 1024 * 1024

type Upload = Readonly<{ key: string; sha256: string; lock?: ObjectLock; partBytes: number }>

async function* inParts(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const piece of bytes) {
    let rest = piece
    while (length + rest.length >= size) {
      const until = size - length
      yield Buffer.concat([...held, rest.subarray(0, until)])
      rest = rest.subarray(until)
      held = []
      length = 0
    }
    if (rest.length > 0) {
      held.push(rest)
      length += rest.length
    }
  }
  if (length > 0) yield Buffer.concat(held)
}

type Sent = Readonly<{ etag: string; sizeBytes: number }>
type Session = Readonly<{ id: string; sent: ReadonlyMap<number, Sent> }>

/** Uploads of this name that were begun and not ended. They have no version and nobody can read them. */
export const listOpenUploads = async (bucket: Bucket, key: string): Promise<readonly string[]> => {
  const { settings } = bucket
  const full = `${settings.prefix}${key}`
  const answer = await bucket.ask(({ sdk, client }) =>
    client.send(new sdk.ListMultipartUploadsCommand({ Bucket: settings.bucket, Prefix: full })),
  )
  return (answer.Uploads ?? []).flatMap((u) =>
    u.Key === full && u.UploadId !== undefined ? [u.UploadId] : [],
  )
}

const partsSent = async (bucket: Bucket, key: string, id: string): Promise<ReadonlyMap<number, Sent>> => {
  const { settings } = bucket
  const sent = new Map<number, Sent>()
  for (let after: string | undefined; ; ) {
    const page = await bucket.ask(({ sdk, client }) =>
      client.send(
        new sdk.ListPartsCommand({
          Bucket: settings.bucket,
          Key: `${settings.prefix}${key}`,
          UploadId: id,
          ...(after === undefined ? {} : { PartNumberMarker: after }),
        }),
      ),
    )
    for (const { PartNumber, ETag, Size } of page.Parts ?? [])
      if (PartNumber !== undefined)
        sent.set(PartNumber, { etag: (ETag ?? '').replaceAll('"', ''), sizeBytes: Size ?? 0 })
    if (page.IsTruncated !== true || page.NextPartNumberMarker === undefined) return sent
    after = page.NextPartNumberMarker
  }
}

/** Goes on with what a crash left: its parts are sent again only when they are not the same bytes. */
export const beginUpload = async (bucket: Bucket, { key, lock }: Upload): Promise<Session> => {
  const { settings } = bucket
  const [left] = await listOpenUploads(bucket, key)
  if (left !== undefined) return { id: left, sent: await partsSent(bucket, key, left) }
  const answer = await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.CreateMultipartUploadCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        ContentType: 'application/octet-stream',
        ...lockFields(lock),
      }),
    ),
  )
  return { id: answer.UploadId ?? '', sent: new Map() }
}

const sendPart = async (
  bucket: Bucket,
  { key }: Upload,
  session: Session,
  { n, bytes }: Readonly<{ n: number; bytes: Buffer }>,
): Promise<string> => {
  const there = session.sent.get(n)
  if (there?.sizeBytes === bytes.length && there.etag === md5(bytes, 'hex')) return there.etag
  const { settings } = bucket
  const answer = await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.UploadPartCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        UploadId: session.id,
        PartNumber: n,
        Body: bytes,
        ContentLength: bytes.length,
        ContentMD5: md5(bytes, 'base64'),
      }),
    ),
  )
  return answer.ETag ?? ''
}

/** Ends an upload that has no version; what it sent is given up. */
export const giveUploadUp = async (bucket: Bucket, key: string, id: string): Promise<void> => {
  const { settings } = bucket
  await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.AbortMultipartUploadCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        UploadId: id,
      }),
    ),
  )
}

const complete = async (
  bucket: Bucket,
  { key, lock }: Upload,
  id: string,
  etags: readonly string[],
): Promise<string> => {
  const { settings } = bucket
  const parts = etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }))
  const answer = await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.CompleteMultipartUploadCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        UploadId: id,
        MultipartUpload: { Parts: parts },
      }),
    ),
  )
  const version = versionIdOf(answer.VersionId, settings)
  // Ceph gives no lock to what comes in parts; and what was begun long ago has the lock of then.
  await lockAsAsked(bucket, { key, version }, lock)
  return version
}

/**
 * Sends bytes under a name. There is a version only when all of them were read and are those of the digest: a locked
 * version of wrong bytes could not be removed for years. Answers with its id.
 */
export const sendBytes = async (
  bucket: Bucket,
  bytes: AsyncIterable<Uint8Array>,
  upload: Upload,
): Promise<string> => {
  const hash = createHash('sha256')
  const etags: string[] = []
  let session: Session | undefined
  let first: Buffer | undefined
  for await (const part of inParts(bytes, upload.partBytes)) {
    hash.update(part)
    if (session === undefined && part.length < upload.partBytes) {
      first = part
      continue
    }
    session ??= await beginUpload(bucket, upload)
    etags.push(await sendPart(bucket, upload, session, { n: etags.length + 1, bytes: part }))
  }
  const found = hash.digest('hex')
  if (found !== upload.sha256) {
    if (session !== undefined) await giveUploadUp(bucket, upload.key, session.id)
    throw new BlobMismatchError(upload.sha256, found)
  }
  return session === undefined
    ? bucket.put(upload.key, first ?? Buffer.alloc(0), upload.lock)
    : complete(bucket, upload, session.id, etags)
}
