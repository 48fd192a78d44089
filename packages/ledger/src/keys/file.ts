import { z } from 'zod'
import { concat, equalBytes, fromBase64 } from '../bytes.ts'
import { parseCanonical, type Parsed } from '../canonical.ts'
import { PART_TAG, SALT_BYTES } from '../commitment.ts'
import type { Hashes } from '../hashes.ts'
import { leafHash, parseLeaf, type Leaf } from '../leaf.ts'
import type { VerifyEd25519 } from '../note.ts'
import { readKeyChange, type KeyChange } from './change.ts'
import type { PlacedChange } from './follow.ts'

/** Types of the two events; the public part of each is `{"statement": <signed note>}`. */
export const KEY_EVENTS: Readonly<Record<KeyChange['kind'], string>> = {
  rotation: 'LogKeyRotated',
  revocation: 'LogKeyRevoked',
}

export const KeyStatement = z.strictObject({ statement: z.string() })

const Base64 = z.string().refine((s) => fromBase64(s) !== undefined, 'not base64')

/**
 * keys.json, canonical: every change of the log's keys, from the first on, as the log has it. Published beside the
 * checkpoint without proofs, since whoever has the log rebuilds it; in a package with an inclusion proof each.
 */
export const KeysFile = z.strictObject({
  v: z.literal(1),
  changes: z
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
export type KeysFile = z.infer<typeof KeysFile>

type Tools = Readonly<{
  hashes: Hashes
  verify?: VerifyEd25519
  /** Whether the log has this leaf at this index. */
  stands: (claim: Readonly<{ index: number; leafHash: Uint8Array; proof: readonly Uint8Array[] }>) => boolean
}>

const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array()

const commits = (leaf: Leaf, part: Uint8Array, { sha256, sm3 }: Hashes): boolean =>
  equalBytes(sha256(part), bytesOf(leaf.c.pub ?? '')) && equalBytes(sm3(part), bytesOf(leaf.c3.pub ?? ''))

const readOne = (
  said: KeysFile['changes'][number],
  before: Readonly<{ leaf: Leaf; hash: Uint8Array; index: number }> | undefined,
  { hashes, verify, stands }: Tools,
): Parsed<Readonly<{ leaf: Leaf; hash: Uint8Array; index: number; change: KeyChange }>> => {
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
  if (!joins || (before && said.index <= before.index)) return no('与前一次变更不相扣，中间有缺失')
  const hash = leafHash(hashes.sha256, entry)
  const proof = (said.proof ?? []).map(bytesOf)
  if (!stands({ index: said.index, leafHash: hash, proof })) return no('检查点所确认的日志里没有这一条目')
  const [salt, payload] = [bytesOf(said.salt), bytesOf(said.public)]
  if (salt.length !== SALT_BYTES || !commits(leaf, concat(PART_TAG, salt, payload), hashes))
    return no('内容与入账时的承诺不一致')
  const json = parseCanonical(payload)
  const statement = json.ok ? KeyStatement.safeParse(json.value).data?.statement : undefined
  const change = statement === undefined ? undefined : readKeyChange(statement, verify)
  if (!change || KEY_EVENTS[change.kind] !== leaf.t) return no('换钥或者吊销的声明签名不成立')
  return { ok: true, value: { leaf, hash, index: said.index, change } }
}

/** Every change, if each is in the log, is what was committed to, is signed by whom it concerns, and none is left out between. */
export const readKeysFile = (bytes: Uint8Array, tools: Tools): Parsed<readonly PlacedChange[]> => {
  const json = parseCanonical(bytes)
  const file = json.ok ? KeysFile.safeParse(json.value).data : undefined
  if (!file) return { ok: false, why: '不是规范写法' }
  const read: { leaf: Leaf; hash: Uint8Array; index: number; change: KeyChange }[] = []
  for (const said of file.changes) {
    const one = readOne(said, read.at(-1), tools)
    if (!one.ok) return one
    read.push(one.value)
  }
  return { ok: true, value: read.map(({ index, change }) => ({ index, change })) }
}
