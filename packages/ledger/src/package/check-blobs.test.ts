import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { pureHashes, sha256 } from '../hashes.ts'
import { checkBlobs } from './check-blobs.ts'
import type { CheckedEvent } from './check-events.ts'
import { purePrimitives } from './primitives.ts'
import type { Scan, ScannedFile } from './read-package.ts'
import { mediaManifestOf } from './sample-package.ts'

const film = utf8('a film')
const manifest = mediaManifestOf(pureHashes, film, 'video/mp4')
const blob = { sha256: manifest.sha256, sizeBytes: film.length, mime: 'video/mp4', sm3: manifest.sm3 }
const MEDIA = 'data/media/1.mp4'
const MANIFEST = `proofs/media/${manifest.sha256}.manifest.json`

const event = (payload: unknown): CheckedEvent => ({
  path: 'e',
  streamId: 's',
  version: 1,
  leaf: { at: '', c: {}, c3: {}, id: '', n: 1, o: '', p: null, s: 's', t: 'X', v: 1 },
  leafHash: sha256(film),
  here: [],
  index: 0,
  parts: { internal: payload },
})

const media: ScannedFile = { sizeBytes: film.length, sha256: manifest.sha256, chunks: [sha256(film)] }

const scan = (stated: object = manifest, file = media): Scan => {
  const bytes = canonicalBytes(stated)
  const proof = { sizeBytes: bytes.length, sha256: toHex(sha256(bytes)), bytes }
  return {
    items: [],
    files: new Map([
      [MEDIA, file],
      [MANIFEST, proof],
    ]),
  }
}

const results = (of: Scan, payload: unknown): string[] =>
  checkBlobs(of, [event(payload)], purePrimitives)
    .filter((i) => i.result !== 'PASS')
    .map((i) => `${i.result} ${i.check} ${i.path}`)

const SM3_OPEN = `NOT CHECKED media-sm3 ${MEDIA}`

describe('files that events name', () => {
  it('are found by the key blob at any depth of a payload', () => {
    expect(results(scan(), { a: [{ b: { blob, chunkRoot: manifest.chunkRoot } }] })).toEqual([SM3_OPEN])
  })

  it('are compared by SM3 when it was computed', () => {
    expect(results(scan(manifest, { ...media, sm3: manifest.sm3 ?? '' }), { blob })).toEqual([])
    const other = { ...media, sm3: '0'.repeat(64) }
    expect(results(scan(manifest, other), { blob })).toEqual([`FAIL media-sm3 ${MEDIA}`])
  })

  it('fail when no event names them', () => {
    const hidden = { note: { sha256: blob.sha256, sizeBytes: blob.sizeBytes } }
    expect(results(scan(), hidden)).toEqual([`FAIL blob ${MEDIA}`, SM3_OPEN])
  })

  it('fail when the event states another size', () => {
    expect(results(scan(), { blob: { ...blob, sizeBytes: 1 } })).toContain(`FAIL blob ${MEDIA}`)
  })

  it('are reported when they are named and not here', () => {
    const absent = { ...blob, sha256: '0'.repeat(64) }
    expect(results(scan(), [{ blob }, { blob: absent }])).toEqual([SM3_OPEN, 'NOT CHECKED blob e'])
  })

  it.each([
    ['root', { blob, chunkRoot: 'AAAA' }, manifest],
    ['type', { blob: { ...blob, mime: 'video/webm' } }, manifest],
    ['SM3 digest', { blob: { ...blob, sm3: '0'.repeat(64) } }, manifest],
  ])('fail when event and media manifest state another %s', (_, payload, stated) => {
    expect(results(scan(stated), payload)).toContain(`FAIL media ${MANIFEST}`)
  })

  it.each([
    ['size', { ...manifest, sizeBytes: 7 }],
    ['root', { ...manifest, chunkRoot: manifest.chunks[0] }],
    ['number of chunks', { ...manifest, chunks: [...manifest.chunks, ...manifest.chunks] }],
  ])('fail when the media manifest states another %s than the file has', (_, stated) => {
    expect(results(scan(stated), { blob })).toContain(`FAIL media ${MANIFEST}`)
  })

  it('fail without a media manifest, and a manifest without a file fails', () => {
    const { files } = scan()
    const without = new Map(files)
    without.delete(MANIFEST)
    expect(results({ files: without, items: [] }, { blob })).toEqual([`FAIL media ${MEDIA}`])
    const alone = new Map(files)
    alone.delete(MEDIA)
    expect(results({ files: alone, items: [] }, { blob })).toContain(`FAIL media ${MANIFEST}`)
  })
})

describe('files beside a film', () => {
  const text = utf8('WEBVTT\n')
  const file: ScannedFile = { sizeBytes: text.length, sha256: toHex(sha256(text)) }
  const beside = (path: string): Scan => {
    const { items, files } = scan()
    return { items, files: new Map([...files, [path, file]]) }
  }
  it('are captions by the film’s own name, and a chain that an event names', () => {
    expect(results(beside('data/media/1.vtt'), { blob })).toEqual([SM3_OPEN])
    const chain = { sha256: file.sha256, sizeBytes: file.sizeBytes }
    expect(results(beside('data/media/1.chain.txt'), { blob, chain })).toEqual([SM3_OPEN])
  })
  it('fail without their film, and a chain fails that no event names', () => {
    expect(results(beside('data/media/2.vtt'), { blob })).toContain('FAIL sidecar data/media/2.vtt')
    const path = 'data/media/1.chain.txt'
    expect(results(beside(path), { blob })).toContain(`FAIL sidecar ${path}`)
  })
})
