import { expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { appendEntries, emptyEdge } from './edge.ts'
import { pureHashes } from './hashes.ts'
import { leafHash } from './leaf.ts'
import { foldRange, treeRoot } from './merkle.ts'
import { growNodes, growOverLog, grownIn, NOTHING_GROWN, statementOf, wrongSm3Roots } from './sm3-root.ts'

const { sha256, sm3 } = pureHashes
const entries = Array.from({ length: 600 }, (_, i) => utf8(`{"n":${i}}`))
const leaves = entries.map((entry) => leafHash(sm3, entry))
const { files } = appendEntries(sha256, emptyEdge, entries)
const bundles = new Map(files.map((f) => [f.path, f.bytes]))
const log = { size: 600, read: (path: string) => Promise.resolve(bundles.get(path)) }

it('is the root of the same tree by SM3, however it grew', async () => {
  for (const [a, b] of [
    [1, 2],
    [2, 7],
    [255, 257],
    [256, 512],
    [300, 600],
  ] as const) {
    const first = growNodes(sm3, NOTHING_GROWN, leaves.slice(0, a))
    const grown = growNodes(sm3, first, leaves.slice(a, b))
    expect(foldRange(sm3, grown.nodes)).toEqual(treeRoot(sm3, leaves.slice(0, b)))
    const stated = statementOf(sm3, first)
    expect(grownIn(stated)).toEqual(first)
    expect(await growOverLog(sm3, grownIn(stated), b, log)).toEqual(grown)
  }
})

it('is found wrong where an entry, the root or a node is another, or the log is shorter', async () => {
  const at = (size: number) => statementOf(sm3, growNodes(sm3, NOTHING_GROWN, leaves.slice(0, size)))
  const stated = [at(300), at(257), at(600)]
  expect(await wrongSm3Roots(sm3, stated, log)).toEqual([])
  const other = { ...at(300), root: at(299).root }
  expect(await wrongSm3Roots(sm3, [at(257), other], log)).toEqual([other])
  const nodes = { ...at(300), nodes: at(299).nodes.slice(0, at(300).nodes.length) }
  expect(await wrongSm3Roots(sm3, [nodes], log)).toEqual([nodes])
  expect(await wrongSm3Roots(sm3, [at(600)], { ...log, size: 500 })).toHaveLength(1)
  const forged = appendEntries(sha256, emptyEdge, entries.with(3, utf8('{"n":"forged"}')))
  const read = (path: string) => Promise.resolve(forged.files.find((f) => f.path === path)?.bytes)
  expect(await wrongSm3Roots(sm3, stated, { size: 600, read })).toHaveLength(3)
  expect(
    await growOverLog(sm3, NOTHING_GROWN, 600, { size: 600, read: async () => undefined }),
  ).toBeUndefined()
})
