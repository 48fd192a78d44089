import { concat, equalBytes } from './bytes.ts'
import type { Hash } from './hashes.ts'

/** A perfect subtree: leaves index·2^level up to (index+1)·2^level. */
export type Node = Readonly<{ level: number; index: number }>
/** Leaves start (inclusive) to end (exclusive). */
export type Range = Readonly<{ start: number; end: number }>

const NODE_PREFIX = Uint8Array.of(1)

/** RFC 6962 §2.1: inner node. */
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array =>
  hash(concat(NODE_PREFIX, left, right))

/** Decimal without leading zeros, at most 2^53 − 1. Sizes and indexes come from strangers. */
export const parseTreeSize = (text: string): number | undefined => {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const size = Number(text)
  return Number.isSafeInteger(size) ? size : undefined
}

/** Largest power of two smaller than n (n ≥ 2). Arithmetic, not bit operators: sizes pass 2^32. */
const split = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** The perfect subtrees that a range consists of, from left to right; `start` is a multiple of the first one's width. */
export const perfectNodes = ({ start, end }: Range): Node[] => {
  const nodes: Node[] = []
  for (let at = start; at < end; ) {
    let level = 0
    let width = 1
    while (at + width * 2 <= end && at % (width * 2) === 0) {
      width *= 2
      level += 1
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Hash of a range from the hashes of its perfect subtrees. No subtree at all: the empty tree. */
export const foldRange = (hash: Hash, hashes: readonly Uint8Array[]): Uint8Array => {
  const last = hashes.at(-1)
  if (!last) return hash(new Uint8Array())
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(hash, left, right), last)
}

/** Hash of a perfect subtree from a row of 2^k hashes below it. */
export const perfectHash = (hash: Hash, row: readonly Uint8Array[]): Uint8Array => {
  let level = row
  while (level.length > 1) {
    const below = level
    level = below.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(hash, left, below[i + 1]!)] : [])) // even length
  }
  const top = level[0]
  if (!top) throw new RangeError('an empty row has no hash')
  return top
}

/** RFC 9162 §2.1.3.1: the ranges whose hashes form the inclusion proof of a leaf, nearest first. */
export const inclusionRanges = (index: number, size: number): Range[] => {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const path: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  return path
}

/** RFC 9162 §2.1.4.1: the ranges whose hashes form the consistency proof between two sizes. */
export const consistencyRanges = (first: number, second: number): Range[] => {
  if (!(first >= 0 && first <= second)) throw new RangeError(`sizes out of order: ${first}, ${second}`)
  if (first === 0 || first === second) return []
  const path: Range[] = []
  let start = 0
  let end = second
  // The old tree's right edge walks down until it is a whole subtree of the new one.
  while (end !== first) {
    const middle = start + split(end - start)
    if (first <= middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  // The verifier knows that subtree already when it is the whole old tree.
  if (start > 0) path.unshift({ start, end })
  return path
}

/** The hash of any range over leaf hashes held in memory. */
export const rangeHash = (hash: Hash, leaves: readonly Uint8Array[], { start, end }: Range): Uint8Array => {
  if (end - start === 0) return hash(new Uint8Array())
  if (end - start === 1) return leaves[start]! // ranges lie inside the tree
  const middle = start + split(end - start)
  return nodeHash(
    hash,
    rangeHash(hash, leaves, { start, end: middle }),
    rangeHash(hash, leaves, { start: middle, end }),
  )
}

export const treeRoot = (hash: Hash, leaves: readonly Uint8Array[]): Uint8Array =>
  rangeHash(hash, leaves, { start: 0, end: leaves.length })

export const inclusionProof = (hash: Hash, leaves: readonly Uint8Array[], index: number): Uint8Array[] =>
  inclusionRanges(index, leaves.length).map((range) => rangeHash(hash, leaves, range))

export const consistencyProof = (hash: Hash, leaves: readonly Uint8Array[], first: number): Uint8Array[] =>
  consistencyRanges(first, leaves.length).map((range) => rangeHash(hash, leaves, range))

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** RFC 9162 §2.1.3.2. False for anything that does not hold; never throws. */
export const verifyInclusion = (
  hash: Hash,
  claim: Readonly<{
    leafHash: Uint8Array
    index: number
    size: number
    proof: readonly Uint8Array[]
    root: Uint8Array
  }>,
): boolean => {
  const { index, size } = claim
  if (!isSize(index) || !isSize(size) || index >= size || claim.leafHash.length !== 32) return false
  let fn = index
  let sn = size - 1
  let r = claim.leafHash
  for (const p of claim.proof) {
    if (sn === 0 || p.length !== 32) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(hash, p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      r = nodeHash(hash, r, p)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(r, claim.root)
}

/** RFC 9162 §2.1.4.2. False for anything that does not hold; never throws. */
export const verifyConsistency = (
  hash: Hash,
  claim: Readonly<{
    first: number
    second: number
    firstRoot: Uint8Array
    secondRoot: Uint8Array
    proof: readonly Uint8Array[]
  }>,
): boolean => {
  const { first, second, firstRoot, secondRoot } = claim
  if (!isSize(first) || !isSize(second) || first > second) return false
  if (claim.proof.some((p) => p.length !== 32)) return false
  const empty = hash(new Uint8Array())
  if (second === 0 && !equalBytes(secondRoot, empty)) return false
  if (first === 0) return claim.proof.length === 0 && equalBytes(firstRoot, empty)
  if (first === second) return claim.proof.length === 0 && equalBytes(firstRoot, secondRoot)
  return walkConsistency(hash, claim)
}

const walkConsistency = (hash: Hash, claim: Parameters<typeof verifyConsistency>[1]): boolean => {
  let fn = claim.first - 1
  let sn = claim.second - 1
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  // A power of two: the old root is itself the first element.
  const [seed, ...rest] = fn === 0 ? [claim.firstRoot, ...claim.proof] : claim.proof
  if (!seed) return false
  let fr = seed
  let sr = seed
  for (const c of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, c, fr)
      sr = nodeHash(hash, c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      sr = nodeHash(hash, sr, c)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(fr, claim.firstRoot) && equalBytes(sr, claim.secondRoot)
}
