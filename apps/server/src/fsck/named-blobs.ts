import { blobsIn } from '@liuhen/ledger/package/named-blobs'

/** A blob that an event names, and which event that is. */
export type NamedBlobs = Map<string, string>

/** Adds what a payload names. Bytes that are no JSON name nothing: that is found elsewhere. */
export const addNamedBlobs = (bytes: Uint8Array, event: string, found: NamedBlobs): void => {
  try {
    for (const { blob } of blobsIn(JSON.parse(Buffer.from(bytes).toString('utf8'))))
      if (!found.has(blob.sha256)) found.set(blob.sha256, event)
  } catch {
    // The commitment check says that these bytes are not what was recorded.
  }
}
