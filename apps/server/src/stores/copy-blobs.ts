import { BlobMismatchError, BlobMissingError, StoreUnreachableError } from '../blobs/blob-store.ts'
import { isMissing } from '../blobs/durable.ts'
import { type BlobSize, listUncopied, noteRead } from './copy-rows.ts'
import {
  inOnePass,
  isNoRoom,
  mustStillBeHere,
  reachStore,
  StoreAwayError,
  type Stores,
} from './reach-store.ts'
import { bytesOf, type CopyVerdict, readCopy } from './read-copy.ts'
import type { KeptStore } from './store-place.ts'

export type CopyRun = Readonly<{
  copied: number
  bytes: number
  /** Copies that are not what they should be; the scrub deals with them. */
  faults: number
  /** Why nothing, or nothing more, was done. */
  stopped?: 'no-second-store' | 'away' | 'another-pass' | 'no-room' | 'time'
  why?: string
}>

const BATCH = 64

/** The first store has it and does not give it out: that one file waits for the scrub, the others are copied. */
class OriginalUnreadableError extends Error {}

async function* originalOf(stores: Stores, sha256: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytesOf(stores.first.bytes, sha256)
  } catch (e) {
    if (e instanceof BlobMissingError || isMissing(e)) throw e
    throw new OriginalUnreadableError(sha256, { cause: e })
  }
}

/** What is wrong with the original; throws whatever is wrong with the second store. */
const takeFromFirst = async (stores: Stores, second: KeptStore, sha256: string): Promise<CopyVerdict> => {
  try {
    await second.bytes.take(sha256, originalOf(stores, sha256))
    return 'intact'
  } catch (e) {
    if (e instanceof OriginalUnreadableError) return 'unreadable'
    if (e instanceof BlobMismatchError) return 'altered'
    if (e instanceof BlobMissingError || isMissing(e)) return 'missing'
    throw e
  }
}

/** Bytes that are there already, from before a crash or a restore, are read back and not written again. */
const readFirst = async (
  stores: Stores,
  second: KeptStore,
  sha256: string,
  isThere: boolean,
): Promise<CopyVerdict> => {
  if (!isThere) return takeFromFirst(stores, second, sha256)
  await second.bytes.tidy(sha256)
  return (await readCopy(stores.first.bytes, sha256)).verdict
}

/**
 * One blob into the second store: read from the first, written in the durable order, read back from the second, and only
 * then its row. Both stores were read in full, so both rows are new. Whatever a crash cuts off is done again.
 */
const copyOne = async (stores: Stores, second: KeptStore, { sha256 }: BlobSize): Promise<boolean> => {
  const isThere = (await second.bytes.sizeOf(sha256)) !== undefined
  const original = await readFirst(stores, second, sha256, isThere)
  await mustStillBeHere(stores.first)
  await noteRead(stores.pool, { sha256, store: 'first' }, original, await stores.now())
  if (!isThere && original !== 'intact') return false
  const { verdict } = await readCopy(second.bytes, sha256)
  await mustStillBeHere(second)
  await noteRead(stores.pool, { sha256, store: 'second' }, verdict, await stores.now())
  return verdict === 'intact' && original === 'intact'
}

type Done = { copied: number; bytes: number; faults: number }

/** Counts in `done` as it goes, so that what was done before an error is told. */
const copyAll = async (
  stores: Stores,
  second: KeptStore,
  done: Done,
  until: () => boolean,
): Promise<CopyRun> => {
  const tried: string[] = []
  for (;;) {
    const batch = await listUncopied(stores.pool, { limit: BATCH, except: tried })
    if (batch.length === 0) return done
    for (const blob of batch) {
      if (until()) return { ...done, stopped: 'time' }
      const ok = await copyOne(stores, second, blob)
      done.copied += ok ? 1 : 0
      done.bytes += ok ? blob.sizeBytes : 0
      done.faults += ok ? 0 : 1
      if (!ok) tried.push(blob.sha256)
    }
  }
}

/**
 * Copies everything that the second store does not have. Goes on where it was, after a crash and after the store was
 * away; deletes nothing. `until` is asked between two files.
 */
export const copyBlobs = async (
  stores: Stores,
  options: Readonly<{ until?: () => boolean }> = {},
): Promise<CopyRun> => {
  const done: Done = { copied: 0, bytes: 0, faults: 0 }
  const { second } = stores
  // The first store is taken into use also where there is no second.
  for (const kept of second === undefined ? [stores.first] : [stores.first, second]) {
    const reached = await reachStore(stores.pool, kept)
    if (!reached.here) return { ...done, stopped: 'away', why: reached.why }
  }
  if (second === undefined) return { ...done, stopped: 'no-second-store' }
  try {
    const run = await inOnePass(stores.pool, 'copy', () =>
      copyAll(stores, second, done, options.until ?? (() => false)),
    )
    return run ?? { ...done, stopped: 'another-pass' }
  } catch (e) {
    if (e instanceof StoreAwayError || e instanceof StoreUnreachableError)
      return { ...done, stopped: 'away', why: e.message }
    if (isNoRoom(e)) return { ...done, stopped: 'no-room', why: '第二存储的空间用完了，请扩容。' }
    throw e
  }
}
