import { z } from 'zod'
import { concat, equalBytes, fromBase64, toBase64 } from './bytes.ts'
import { canonicalBytes, parseCanonical, type Parsed } from './canonical.ts'
import { PART_TAG, SALT_BYTES } from './commitment.ts'
import type { Hashes } from './hashes.ts'
import { leafHash, parseLeaf, type Leaf } from './leaf.ts'
import { inclusionRanges } from './merkle.ts'
import { rangesFromTiles } from './tiles.ts'

const Base64 = z.string().refine((s) => fromBase64(s) !== undefined, 'not base64')

/**
 * What the log says in one stream for everybody, canonical: each event from the first on, with its entry, index, salt and
 * public part. Published beside the checkpoint without proofs, since whoever has the log rebuilds it; in a package with an
 * inclusion proof each.
 */
export const PublicStream = z.strictObject({
  v: z.literal(1),
  events: z
    .array(
      z.strictObject({
        index: z.int().min(0),
        entry: Base64,
        public: Base64,
        salt: Base64,
        proof: z.array(Base64).max(64).exactOptional(),
      }),
    )
    .min(1),
})
export type PublicStream = z.infer<typeof PublicStream>

/** An event of it that is in the log and says what was committed to. */
export type PublicEvent = Readonly<{ index: number; leaf: Leaf; value: unknown }>

type Tools = Readonly<{
  hashes: Hashes
  /** Whether the log has this leaf at this index. */
  stands: (claim: Readonly<{ index: number; leafHash: Uint8Array; proof: readonly Uint8Array[] }>) => boolean
}>

const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array()

const commits = (leaf: Leaf, part: Uint8Array, { sha256, sm3 }: Hashes): boolean =>
  equalBytes(sha256(part), bytesOf(leaf.c.pub ?? '')) && equalBytes(sm3(part), bytesOf(leaf.c3.pub ?? ''))

type Read = PublicEvent & Readonly<{ hash: Uint8Array }>

const readOne = (
  said: PublicStream['events'][number],
  before: Read | undefined,
  { hashes, stands }: Tools,
): Parsed<Read> => {
  const no = (why: string) => ({ ok: false, why: `日志第 ${said.index} 条：${why}` }) as const
  const entry = bytesOf(said.entry)
  const parsed = parseLeaf(entry)
  if (!parsed.ok) return no(`不是规范的存证条目（${parsed.why}）`)
  const leaf = parsed.value
  const joins = before
    ? leaf.s === before.leaf.s &&
      leaf.n === before.leaf.n + 1 &&
      equalBytes(bytesOf(leaf.p ?? ''), before.hash)
    : leaf.n === 1
  if (!joins || (before && said.index <= before.index)) return no('与前一条不相扣，中间有缺失')
  const hash = leafHash(hashes.sha256, entry)
  const proof = (said.proof ?? []).map(bytesOf)
  if (!stands({ index: said.index, leafHash: hash, proof })) return no('检查点所确认的日志里没有这一条目')
  const [salt, payload] = [bytesOf(said.salt), bytesOf(said.public)]
  if (salt.length !== SALT_BYTES || !commits(leaf, concat(PART_TAG, salt, payload), hashes))
    return no('内容与入账时的承诺不一致')
  const json = parseCanonical(payload)
  return json.ok
    ? { ok: true, value: { leaf, hash, index: said.index, value: json.value } }
    : no('内容不是规范 JSON')
}

/** Every event, if each is in the log, is what was committed to, and none is left out between. */
export const readPublicStream = (bytes: Uint8Array, tools: Tools): Parsed<readonly PublicEvent[]> => {
  const json = parseCanonical(bytes)
  const file = json.ok ? PublicStream.safeParse(json.value).data : undefined
  if (!file) return { ok: false, why: '不是规范写法' }
  const read: Read[] = []
  for (const said of file.events) {
    const one = readOne(said, read.at(-1), tools)
    if (!one.ok) return one
    read.push(one.value)
  }
  return { ok: true, value: read }
}

type Tiles = Parameters<typeof rangesFromTiles>[1]

/**
 * A published stream for a reader who has not the whole log: the events that a checkpoint of this size covers, each with
 * its proof. Undefined when there is none, and for bytes that are no stream.
 */
export const streamWithProofs = async (
  hash: Hashes['sha256'],
  bytes: Uint8Array,
  { size, log }: Readonly<{ size: number; log: Tiles }>,
): Promise<Uint8Array | undefined> => {
  const json = parseCanonical(bytes)
  const file = json.ok ? PublicStream.safeParse(json.value).data : undefined
  const covered = file?.events.filter((e) => e.index < size) ?? []
  const events = await Promise.all(
    covered.map(async (e) => {
      const proof = await rangesFromTiles(hash, log, inclusionRanges(e.index, size))
      return { ...e, proof: proof.map(toBase64) }
    }),
  )
  return events.length === 0 ? undefined : canonicalBytes({ v: 1, events })
}
