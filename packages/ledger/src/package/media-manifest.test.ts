import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { MediaManifest } from './documents.ts'
import { makeMediaManifest } from './media-manifest.ts'

const media = { sizeBytes: 5_000_000, mime: 'video/mp4', sha256: toHex(sha256(utf8('x'))) }
const digests = [sha256(utf8('a')), sha256(utf8('b'))]

describe('media manifest', () => {
  it('has the form that verification accepts', () => {
    const manifest = makeMediaManifest(sha256, { ...media, chunkDigests: digests })
    expect(MediaManifest.parse(manifest)).toEqual(manifest)
    expect(makeMediaManifest(sha256, { ...media, sizeBytes: 0, chunkDigests: [] }).chunks).toEqual([])
  })

  it('is not made from fewer or more digests than the size has chunks', () => {
    for (const chunkDigests of [digests.slice(1), [...digests, ...digests]]) {
      expect(() => makeMediaManifest(sha256, { ...media, chunkDigests })).toThrow(RangeError)
    }
  })
})
