import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import commitments from '../../../vectors/ledger/commitment.json' with { type: 'json' }
import leaves from '../../../vectors/ledger/leaf.json' with { type: 'json' }
import { decodeUtf8, fromHex, toBase64, toHex, utf8 } from './bytes.ts'
import { commit, commitBoth } from './commitment.ts'
import { pureHashes } from './hashes.ts'
import { leafHash, makeLeaf, parseLeaf, type LeafInput } from './leaf.ts'

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()
const salt = new Uint8Array(32).fill(7)

const input: LeafInput = {
  id: '0198f2c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  streamId: '0198f2c4-5d6e-7f80-9a1b-000000000001',
  version: 2,
  agencyId: 'zoumaling',
  type: 'CaseFiled',
  recordedAt: '2026-11-22T11:21:36.789+08:00',
  prevLeafHash: new Uint8Array(32).fill(1),
  parts: { public: { salt, bytes: utf8('{}') }, personal: { salt, bytes: utf8('{"a":1}') } },
}

describe('commitment to a compartment', () => {
  it.each(commitments.good)('has the known value: $name', (v) => {
    const both = commitBoth(pureHashes, bytes(v.salt), utf8(v.payload))
    expect(toHex(both.sha256)).toBe(v.sha256)
    expect(toHex(both.sm3)).toBe(v.sm3)
  })

  it.each(commitments.bad)('does not hold: $name', (v) => {
    const sha = v.salt.length === 64 ? toHex(commit(pureHashes.sha256, bytes(v.salt), utf8(v.payload))) : ''
    expect(sha).not.toBe(v.sha256)
  })

  it('can be recomputed by anybody with cat and sha256sum', () => {
    const plain = createHash('sha256').update('liuhen.part.v1\n').update(salt).update('{}').digest('hex')
    expect(toHex(commit(pureHashes.sha256, salt, utf8('{}')))).toBe(plain)
  })

  it('takes a salt of 32 bytes and no other', () => {
    expect(() => commit(pureHashes.sha256, new Uint8Array(31), utf8('{}'))).toThrow(RangeError)
  })
})

describe('leaf', () => {
  it('holds commitments, order and time to the second, and nothing that was said', () => {
    const { bytes: entry, leaf } = makeLeaf(input, pureHashes)
    expect(leaf.at).toBe('2026-11-22T03:21:36Z')
    expect(Object.keys(leaf.c)).toEqual(['pii', 'pub'])
    expect(leaf.c.pub).toBe(toBase64(commit(pureHashes.sha256, salt, utf8('{}'))))
    expect(parseLeaf(entry)).toEqual({ ok: true, value: leaf })
    expect(decodeUtf8(entry)).toMatch(/^\{"at":"2026/)
  })

  it('is at most 1,024 bytes with the longest that every member may be, and refused beyond', () => {
    const part = { salt, bytes: utf8('{}') }
    const longest: LeafInput = {
      ...input,
      streamId: 'S'.repeat(64),
      version: Number.MAX_SAFE_INTEGER,
      agencyId: '街'.repeat(64),
      type: 'T'.repeat(64),
      parts: { public: part, internal: part, personal: part },
    }
    const { bytes: entry } = makeLeaf(longest, pureHashes)
    expect(entry.length).toBeLessThanOrEqual(1024)
    expect(() => makeLeaf({ ...longest, type: 'T'.repeat(65) }, pureHashes)).toThrow()
    expect(() => makeLeaf({ ...longest, agencyId: '街'.repeat(65) }, pureHashes)).toThrow()
  })

  it('is refused when a value would break the schema', () => {
    expect(() => makeLeaf({ ...input, version: 1 }, pureHashes)).toThrow()
    expect(() => makeLeaf({ ...input, streamId: '../x' }, pureHashes)).toThrow()
    expect(() => makeLeaf({ ...input, agencyId: '' }, pureHashes)).toThrow()
  })

  it.each(leaves.good)('is read: $name', ({ text, hash }) => {
    expect(parseLeaf(utf8(text)).ok).toBe(true)
    expect(toHex(leafHash(pureHashes.sha256, utf8(text)))).toBe(hash)
  })

  it.each(leaves.bad)('is refused: $name', ({ text }) => expect(parseLeaf(utf8(text)).ok).toBe(false))
})
