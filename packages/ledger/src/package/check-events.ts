import { concat, decodeUtf8, equalBytes, fromBase64, toBase64 } from '../bytes.ts'
import { parseCanonical } from '../canonical.ts'
import { PART_TAG, SALT_BYTES } from '../commitment.ts'

import { leafHash, parseLeaf, PART_KEYS, PARTS, type Leaf, type PartName } from '../leaf.ts'
import { verifyInclusion } from '../merkle.ts'
import { parseTlogProof } from '../tlog-proof.ts'
import type { LogFinding } from './check-log.ts'
import { eventPath, parseEventFile } from './paths.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, pass, type Item } from './report.ts'

/** An event whose entry could be read. `parts` holds the payloads whose commitments held, and no other. */
export type CheckedEvent = Readonly<{
  path: string
  streamId: string
  version: number
  leaf: Leaf
  leafHash: Uint8Array
  index: number | undefined
  parts: Readonly<Partial<Record<PartName, unknown>>>
  /** Parts of which the package has a file, whether it holds or not. */
  here: readonly PartName[]
}>

export type EventFinding = Readonly<{ items: readonly Item[]; events: readonly CheckedEvent[] }>

type Context = Readonly<{ scan: Scan; log: LogFinding; p: Primitives }>

const bytesOf = (scan: Scan, path: string): Uint8Array | undefined => scan.files.get(path)?.bytes

/** Whether the entry stands in the log at the place that its proof names. */
const checkInclusion = (c: Context, base: string, hash: Uint8Array): { item: Item; index?: number } => {
  const path = `${base}.entry`
  const no = (why: string) => ({ item: fail('entry', path, why) })
  const bytes = bytesOf(c.scan, `${base}.tlog-proof`)
  const proof = bytes && parseTlogProof(decodeUtf8(bytes) ?? '')
  if (!proof) return no('存在证明缺失或者不是规范写法')
  if (proof.checkpoint !== c.log.note) return no('存在证明附的检查点不是本卷包的检查点')
  if (!c.log.checkpoint) return no('没有可用的检查点')
  const { size, root } = c.log.checkpoint
  const { index, hashes } = proof
  return verifyInclusion(c.p.sha256, { leafHash: hash, index, size, proof: hashes, root })
    ? { item: pass('entry', path, `日志序号 ${index}`), index }
    : no('存在证明不成立：检查点所确认的日志里没有这一条目')
}

const checkPart = (
  c: Context,
  base: string,
  leaf: Leaf,
  name: PartName,
): { items: Item[]; value?: unknown } => {
  const path = `${base}.${name}.json`
  const payload = bytesOf(c.scan, path)
  const salt = bytesOf(c.scan, `${base}.${name}.salt`)
  const key = PART_KEYS[name]
  const [c2, c3] = [leaf.c[key], leaf.c3[key]]
  if (!payload && !salt) {
    return { items: [] }
  }
  if (c2 === undefined || c3 === undefined) {
    return { items: [fail('commitment-sha256', path, '存证条目里没有对这一部分的承诺')] }
  }
  if (!payload || salt?.length !== SALT_BYTES) {
    return { items: [fail('commitment-sha256', path, '内容或者 32 字节的盐缺失')] }
  }
  const input = concat(PART_TAG, salt, payload)
  const holds = equalBytes(c.p.sha256(input), fromBase64(c2) ?? input)
  const holds3 = equalBytes(c.p.sm3(input), fromBase64(c3) ?? input)
  const json = parseCanonical(payload)
  const items = [
    holds ? pass('commitment-sha256', path) : fail('commitment-sha256', path, '内容与入账时的承诺不一致'),
    holds3 ? pass('commitment-sm3', path) : fail('commitment-sm3', path, '内容与入账时的 SM3 承诺不一致'),
    ...(json.ok ? [] : [fail('commitment-sha256', path, `内容不是规范 JSON:${json.why}`)]),
  ]
  return holds && holds3 && json.ok ? { items, value: json.value } : { items }
}

const checkEvent = (
  c: Context,
  streamId: string,
  version: number,
): { items: Item[]; event?: CheckedEvent } => {
  const base = eventPath(streamId, version)
  const path = `${base}.entry`
  const entry = bytesOf(c.scan, path)
  if (!entry) return { items: [fail('entry', path, '存证条目缺失')] }
  const parsed = parseLeaf(entry)
  if (!parsed.ok) return { items: [fail('entry', path, `不是规范的存证条目：${parsed.why}`)] }
  const leaf = parsed.value
  if (leaf.s !== streamId || leaf.n !== version) {
    return { items: [fail('entry', path, '条目内的事件流或者序号与文件名不符')] }
  }
  const hash = leafHash(c.p.sha256, entry)
  const { item, index } = checkInclusion(c, base, hash)
  const items = [item]
  const parts: Partial<Record<PartName, unknown>> = {}
  for (const name of PARTS) {
    const part = checkPart(c, base, leaf, name)
    items.push(...part.items)
    if (part.value !== undefined) parts[name] = part.value
  }
  const here = PARTS.filter((name) =>
    ['json', 'salt'].some((kind) => c.scan.files.has(`${base}.${name}.${kind}`)),
  )
  return { items, event: { path, streamId, version, leaf, leafHash: hash, index, parts, here } }
}

/** Every event that any file of the package speaks of. */
export const checkEvents = (scan: Scan, log: LogFinding, p: Primitives): EventFinding => {
  const named = new Map<string, readonly [string, number]>()
  for (const path of scan.files.keys()) {
    const file = parseEventFile(path)
    if (file) named.set(eventPath(file.streamId, file.version), [file.streamId, file.version])
  }
  const found = [...named.values()]
    .sort(([a, m], [b, n]) => (a === b ? m - n : a < b ? -1 : 1))
    .map(([streamId, version]) => checkEvent({ scan, log, p }, streamId, version))
  const empty = found.length === 0 ? [fail('entry', 'proofs/streams', '卷包里没有任何事件')] : []
  const events = found.flatMap((f) => (f.event ? [f.event] : []))
  return {
    items: [...empty, ...found.flatMap((f) => f.items)],
    events,
  }
}

export const hashText = (event: CheckedEvent): string => toBase64(event.leafHash)
