import { BlobRef } from './documents.ts'

/** Bytes that a payload names, with what it says of them beside. */
export type NamedBlob = Readonly<{ blob: BlobRef; chunkRoot?: string }>

/** Every member `blob` of a payload, at any depth: the one way in which events name bytes. What is no reference names nothing. */
export const blobsIn = (value: unknown): NamedBlob[] => {
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
  return members.flatMap(([key, inner]) => {
    const deeper = blobsIn(inner)
    const named = key === 'blob' ? BlobRef.safeParse(inner) : undefined
    if (named?.success !== true) return deeper
    const chunkRoot: unknown = members.find(([other]) => other === 'chunkRoot')?.[1]
    return [{ blob: named.data, ...(typeof chunkRoot === 'string' && { chunkRoot }) }, ...deeper]
  })
}
