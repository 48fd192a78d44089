import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../../vectors/ledger/tree.json' with { type: 'json' }
import { fromHex, toHex } from './bytes.ts'
import { sha256 } from './hashes.ts'
import { leafHash } from './leaf.ts'
import {
  consistencyProof,
  foldRange,
  inclusionProof,
  parseTreeSize,
  perfectNodes,
  rangeHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()
const leavesOf = (n: number): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, Uint8Array.of(i & 0xff, i >> 8)))

describe('Merkle tree (RFC 9162 §2.1)', () => {
  it.each(vectors.roots)('has the known root at size $size', ({ size, root }) => {
    const leaves = vectors.leaves.slice(0, size).map((l) => leafHash(sha256, bytes(l)))
    expect(toHex(treeRoot(sha256, leaves))).toBe(root)
  })

  it.each(vectors.inclusion)('judges an inclusion proof: $name', (v) => {
    const claim = {
      leafHash: bytes(v.leafHash),
      index: parseTreeSize(v.index) ?? -1,
      size: parseTreeSize(v.size) ?? -1,
      proof: v.proof.map(bytes),
      root: bytes(v.root),
    }
    expect(verifyInclusion(sha256, claim)).toBe(v.ok)
  })

  it.each(vectors.consistency)('judges a consistency proof: $name', (v) => {
    const claim = {
      first: parseTreeSize(v.first) ?? -1,
      second: parseTreeSize(v.second) ?? -1,
      firstRoot: bytes(v.firstRoot),
      secondRoot: bytes(v.secondRoot),
      proof: v.proof.map(bytes),
    }
    expect(verifyConsistency(sha256, claim)).toBe(v.ok)
  })

  it('proves every leaf of every size up to 40, and no other leaf with the same proof', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size)
      const root = treeRoot(sha256, leaves)
      leaves.forEach((leaf, index) => {
        const proof = inclusionProof(sha256, leaves, index)
        const claim = { leafHash: leaf, index, size, proof, root }
        expect(verifyInclusion(sha256, claim)).toBe(true)
        expect(verifyInclusion(sha256, { ...claim, index: (index + 1) % size })).toBe(size === 1)
        expect(verifyInclusion(sha256, { ...claim, proof: [...proof, root] })).toBe(false)
        if (proof.length > 0) expect(verifyInclusion(sha256, { ...claim, proof: proof.slice(1) })).toBe(false)
      })
    }
  })

  it('proves every pair of sizes up to 40 consistent, and refuses a changed history', () => {
    const leaves = leavesOf(40)
    for (let second = 0; second <= 40; second++) {
      const secondRoot = treeRoot(sha256, leaves.slice(0, second))
      for (let first = 0; first <= second; first++) {
        const firstRoot = treeRoot(sha256, leaves.slice(0, first))
        const proof = consistencyProof(sha256, leaves.slice(0, second), first)
        const claim = { first, second, firstRoot, secondRoot, proof }
        expect(verifyConsistency(sha256, claim)).toBe(true)
        expect(verifyConsistency(sha256, { ...claim, firstRoot: sha256(firstRoot) })).toBe(false)
        if (first > 0 || second === 0) {
          expect(verifyConsistency(sha256, { ...claim, secondRoot: sha256(secondRoot) })).toBe(false)
        }
        expect(verifyConsistency(sha256, { ...claim, proof: [...proof, firstRoot] })).toBe(false)
      }
    }
  })

  it('refuses a proof in which any one bit is different', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (size, i, bit) => {
        const leaves = leavesOf(size)
        const index = i % size
        const proof = inclusionProof(sha256, leaves, index)
        const hash = Uint8Array.from(proof[bit % proof.length]!)
        hash[bit % 32]! ^= 1 << (bit % 8)
        const claim = { leafHash: leaves[index]!, index, size, root: treeRoot(sha256, leaves) }
        expect(verifyInclusion(sha256, { ...claim, proof: proof.with(bit % proof.length, hash) })).toBe(false)
      }),
    )
  })

  it('gives the same hash of a range from perfect subtrees as from leaves', () => {
    const leaves = leavesOf(100)
    for (let end = 1; end <= 100; end += 3) {
      const nodes = perfectNodes({ start: 0, end }).map(({ level, index }) =>
        rangeHash(sha256, leaves, { start: index * 2 ** level, end: (index + 1) * 2 ** level }),
      )
      expect(foldRange(sha256, nodes)).toEqual(treeRoot(sha256, leaves.slice(0, end)))
    }
  })

  it.each(['-1', '01', '1e3', '', ' 1', '9007199254740992', '99999999999999999999', '1.0'])(
    'reads no tree size from %j',
    (text) => expect(parseTreeSize(text)).toBeUndefined(),
  )

  it('judges sizes above 2^32 without overflow', () => {
    const claim = { leafHash: sha256(Uint8Array.of(1)), root: sha256(Uint8Array.of(2)), proof: [] }
    expect(verifyInclusion(sha256, { ...claim, index: 2 ** 40, size: 2 ** 40 + 1 })).toBe(false)
    expect(verifyInclusion(sha256, { ...claim, index: 2 ** 53, size: 2 ** 53 + 2 })).toBe(false)
  })
})
