/** A blob that an event names, and which event that is. */
export type NamedBlobs = Map<string, string>

const HEX = /^[0-9a-f]{64}$/

const walk = (value: unknown, event: string, found: NamedBlobs): void => {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const sha256: unknown =
      key === 'blob' && typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'sha256') : undefined
    if (typeof sha256 === 'string' && HEX.test(sha256) && !found.has(sha256)) found.set(sha256, event)
    walk(inner, event, found)
  }
}

/** Adds what a payload names under the key `blob`, at any depth. Bytes that are no JSON name nothing: that is found elsewhere. */
export const addNamedBlobs = (bytes: Uint8Array, event: string, found: NamedBlobs): void => {
  try {
    walk(JSON.parse(Buffer.from(bytes).toString('utf8')), event, found)
  } catch {
    // The commitment check says that these bytes are not what was recorded.
  }
}
