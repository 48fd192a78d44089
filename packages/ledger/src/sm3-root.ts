import { z } from 'zod'
import { bundlesFrom, type LogFiles } from './bundles.ts'
import { equalBytes, fromBase64, toBase64 } from './bytes.ts'
import type { Hash } from './hashes.ts'
import { leafHash } from './leaf.ts'
import { foldRange, nodeHash, perfectNodes } from './merkle.ts'

/** Type of the event that states the root of the same entries by SM3, for readers who want a chain without SHA-256. */
export const SM3_ROOT_EVENT = 'LogSm3Root'

const Digest = z.string().refine((s) => fromBase64(s)?.length === 32, 'not the base64 of 32 bytes')

/**
 * Its public part: the RFC 6962 tree over the log's first `size` entries with SM3 in the place of SHA-256, and the hashes of
 * its perfect subtrees from left to right, from which the next root goes on.
 */
export const Sm3Root = z.strictObject({
  size: z.int().min(1),
  root: Digest,
  nodes: z.array(Digest).min(1).max(64),
})
export type Sm3Root = z.infer<typeof Sm3Root>

/** A tree as far as it has grown. */
export type Grown = Readonly<{ size: number; nodes: readonly Uint8Array[] }>
export const NOTHING_GROWN: Grown = { size: 0, nodes: [] }

/** The tree after these leaves too. */
export const growNodes = (hash: Hash, from: Grown, leaves: readonly Uint8Array[]): Grown => {
  const stack = perfectNodes({ start: 0, end: from.size }).map(({ level }, i) => ({
    level,
    hash: from.nodes[i] ?? new Uint8Array(),
  }))
  for (const leaf of leaves) {
    let top = { level: 0, hash: leaf }
    for (let left = stack.at(-1); left?.level === top.level; left = stack.at(-1)) {
      stack.pop()
      top = { level: top.level + 1, hash: nodeHash(hash, left.hash, top.hash) }
    }
    stack.push(top)
  }
  return { size: from.size + leaves.length, nodes: stack.map((node) => node.hash) }
}

/** Grows over the entries of a published log; undefined when a bundle is not there or cannot be read. */
export const growOverLog = async (
  hash: Hash,
  from: Grown,
  to: number,
  log: LogFiles,
): Promise<Grown | undefined> => {
  let grown = from
  for await (const { index, entries } of bundlesFrom(log, from.size)) {
    const leaves = entries.slice(0, to - index).map((entry) => leafHash(hash, entry))
    grown = growNodes(hash, grown, leaves)
    if (grown.size === to) break
  }
  return grown.size === to ? grown : undefined
}

export const statementOf = (sm3: Hash, { size, nodes }: Grown): Sm3Root => ({
  size,
  root: toBase64(foldRange(sm3, nodes)),
  nodes: nodes.map(toBase64),
})

export const grownIn = ({ size, nodes }: Sm3Root): Grown => ({
  size,
  nodes: nodes.map((node) => fromBase64(node) ?? new Uint8Array()),
})

/** Of the stated roots, those that are not what the entries give. One pass; stops where the entries cannot be read. */
export const wrongSm3Roots = async (
  sm3: Hash,
  stated: readonly Sm3Root[],
  log: LogFiles,
): Promise<readonly Sm3Root[]> => {
  const wrong: Sm3Root[] = []
  let grown: Grown = NOTHING_GROWN
  for (const said of stated.toSorted((a, b) => a.size - b.size)) {
    const next = said.size > log.size ? undefined : await growOverLog(sm3, grown, said.size, log)
    const holds =
      next !== undefined &&
      equalBytes(foldRange(sm3, next.nodes), fromBase64(said.root) ?? new Uint8Array()) &&
      next.nodes.map(toBase64).join() === said.nodes.join()
    if (!holds) wrong.push(said)
    if (next === undefined) break
    grown = next
  }
  return wrong
}
