import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { LockTrial } from '@liuhen/domain/stores/lock'
import type { Bucket, ObjectLock } from './s3-bucket.ts'
import { isDenied, s3Code } from './s3-errors.ts'
import { fieldsOf, type Locked, lockOf } from './s3-retention.ts'
import { beginUpload, sendBytes } from './s3-upload.ts'

const TOLERANCE_MS = 60_000

/** At least as locked as the object that was put whole. */
const isAsLocked = (has: Locked, whole: Locked): boolean =>
  has.mode === whole.mode &&
  (has.until?.getTime() ?? 0) >= (whole.until?.getTime() ?? Number.POSITIVE_INFINITY) - TOLERANCE_MS

/** Whether what came in parts has the lock, and keeps its bytes when its version is deleted. */
const tryVersion = async (
  bucket: Bucket,
  of: Readonly<{ key: string; version: string }>,
  whole: Locked,
): Promise<Omit<LockTrial, 'what'>> => {
  const got = await lockOf(bucket, of)
  if (!isAsLocked(got, whole)) return { outcome: 'broken', answer: got.mode ?? 'no lock' }
  const answer = await bucket.ask(({ sdk, client }) =>
    client.send(new sdk.DeleteObjectCommand(fieldsOf(bucket, of))).then(
      () => 'OK',
      (e: unknown) => (isDenied(e) ? s3Code(e) : Promise.reject(e)),
    ),
  )
  return { outcome: (await bucket.has(of.key, of.version)) ? 'held' : 'broken', answer }
}

/**
 * Large files go in parts, and some stores forget the lock of those. Two tiny ones of one part go the same way as those: one
 * at once, one that was begun, left, and taken up again.
 */
export const tryParts = async (
  bucket: Bucket,
  key: string,
  put: Readonly<{ lock: ObjectLock | undefined; locked: Locked }>,
): Promise<readonly LockTrial[]> => {
  const trials: LockTrial[] = []
  for (const what of ['parts', 'resumed'] as const) {
    const bytes = Buffer.from(`${key} ${what}\n`)
    const upload = {
      key: `${key}-${what}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      partBytes: bytes.length,
      ...(put.lock && { lock: put.lock }),
    }
    if (what === 'resumed') await beginUpload(bucket, upload)
    const version = await sendBytes(bucket, Readable.from([bytes]), upload)
    trials.push({ what, ...(await tryVersion(bucket, { key: upload.key, version }, put.locked)) })
  }
  return trials
}
