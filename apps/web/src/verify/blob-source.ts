import type { TarSource } from '@liuhen/ledger/package/tar'

/** A file that the user picked, read piece by piece; nothing is sent anywhere. */
export const blobSource = (blob: Blob): TarSource => ({
  sizeBytes: blob.size,
  read: async (at, length) => {
    const bytes = new Uint8Array(await blob.slice(at, at + length).arrayBuffer())
    if (bytes.length !== length) throw new RangeError(`tar ends at byte ${at + bytes.length}`)
    return bytes
  },
  stream: async function* (at, length) {
    const reader = blob
      .slice(at, at + length)
      .stream()
      .getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  },
})
