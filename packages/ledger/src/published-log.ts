import { bundlesFrom } from './bundles.ts'
import { decodeUtf8, equalBytes, toHex } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { rebuildLog } from './edge.ts'
import type { Hashes } from './hashes.ts'
import { KEY_EVENTS, readKeysFile } from './keys/file.ts'
import {
  followKeys,
  keysBefore,
  sameKey,
  type FormerKey,
  type KeyHistory,
  type KnownKey,
  type PlacedChange,
} from './keys/follow.ts'
import { leafHash, parseLeaf } from './leaf.ts'
import { checkNote, keyFingerprint, parseNote, type Note, type NoteKey, type VerifyEd25519 } from './note.ts'
import { readPublicStream } from './public-stream.ts'
import { SM3_ROOT_EVENT, Sm3Root, wrongSm3Roots } from './sm3-root.ts'
import { checkSm2Line } from './sm2-line.ts'

export type PublishedLog = Readonly<{
  checkpoint: Checkpoint
  /** What does not hold, in English, the first first; empty when all does. */
  faults: readonly string[]
  /** The key that signed: the one that the asker trusts, or one that it handed over to. */
  key: KnownKey
  /** The last key to which the asker's led by the log, and which nobody took back; the asker's own where it never changed. */
  latest: KnownKey
  /** The keys that the log had before that one, the last first: what somebody kept may be signed by any of them. */
  former: readonly FormerKey[]
  /** The newest root by SM3 that the log states; every one that it states is that of its entries. */
  sm3Root?: Sm3Root
}>

type Tools = Readonly<{
  hashes: Hashes
  verify?: VerifyEd25519
  /** Key of the SM2 line that the checkpoint has to have. */
  sm2?: NoteKey
  read: (path: string) => Promise<Uint8Array | undefined>
}>

/** Hashes of all leaves with their indexes, from the entry bundles. */
export const leavesOf = async (
  { hashes, read }: Tools,
  size: number,
): Promise<ReadonlyMap<string, number>> => {
  const leaves = new Map<string, number>()
  for await (const { index, entries } of bundlesFrom({ size, read })) {
    for (const [i, entry] of entries.entries()) leaves.set(toHex(leafHash(hashes.sha256, entry)), index + i)
  }
  return leaves
}

/** An entry in which the log speaks about itself. */
type Statement = Readonly<{ index: number; type: string; hash: Uint8Array }>

const OF_KEYS: readonly string[] = Object.values(KEY_EVENTS)
const OF_ITSELF: readonly string[] = [...OF_KEYS, SM3_ROOT_EVENT]

/** Every change of the key and every root by SM3 among the entries, whatever is published beside them. */
const statementsOf = async ({ hashes, read }: Tools, size: number): Promise<readonly Statement[]> => {
  const found: Statement[] = []
  for await (const { index, entries } of bundlesFrom({ size, read })) {
    for (const [i, entry] of entries.entries()) {
      const text = decodeUtf8(entry) ?? ''
      // A leaf is canonical: its type is spelled in one way.
      const leaf = OF_ITSELF.some((type) => text.includes(type)) ? parseLeaf(entry) : undefined
      if (leaf?.ok !== true || !OF_ITSELF.includes(leaf.value.t)) continue
      found.push({ index: index + i, type: leaf.value.t, hash: leafHash(hashes.sha256, entry) })
    }
  }
  return found
}

type Stands = Parameters<typeof readPublicStream>[1]['stands']
const amongst =
  (said: readonly Statement[]): Stands =>
  ({ index, leafHash: leaf, proof }) =>
    proof.length === 0 && said.some((s) => s.index === index && equalBytes(s.hash, leaf))

const NONE: readonly string[] = []

/** How the log says that its key changed, and what is wrong with that: all that it says has to be published, to the last. */
const changesOf = async (
  statements: readonly Statement[],
  tools: Tools,
): Promise<Readonly<{ changes: readonly PlacedChange[]; faults: readonly string[] }>> => {
  const said = statements.filter((s) => OF_KEYS.includes(s.type))
  const bytes = await tools.read('keys.json')
  const verify = tools.verify && { verify: tools.verify }
  const read = bytes && readKeysFile(bytes, { hashes: tools.hashes, ...verify, stands: amongst(said) })
  if (read?.ok === false)
    return { changes: [], faults: ['what is said of the keys is not what the log has keys.json'] }
  const changes = read?.value ?? []
  return {
    changes,
    faults:
      changes.length === said.length ? NONE : ['changes of the key that the log has are not in keys.json'],
  }
}

/**
 * The roots by SM3 that the log states: of its own entries, and all of them, but for the newest, which is published with the
 * next.
 */
const sm3RootsOf = async (
  { size }: Checkpoint,
  statements: readonly Statement[],
  tools: Tools,
): Promise<Readonly<{ sm3Root?: Sm3Root; faults: readonly string[] }>> => {
  const said = statements.filter((s) => s.type === SM3_ROOT_EVENT)
  const bytes = await tools.read('sm3-roots.json')
  const read = bytes && readPublicStream(bytes, { hashes: tools.hashes, stands: amongst(said) })
  const stated = (read?.ok === true ? read.value : []).map(({ value }) => Sm3Root.safeParse(value).data)
  const sound = stated.filter((s) => s !== undefined)
  const wrong = await wrongSm3Roots(tools.hashes.sm3, sound, { size, read: tools.read })
  if (read?.ok === false || sound.length < stated.length || wrong.length > 0)
    return { faults: ['the SM3 roots are not those of the entries sm3-roots.json'] }
  const last = sound.at(-1)
  return {
    ...(last && { sm3Root: last }),
    faults:
      stated.length < said.length - 1 ? ['SM3 roots that the log states are not in sm3-roots.json'] : NONE,
  }
}

/** Keys that can be believed: nobody took them back, nor any that led to them. */
const believed = ({ known, revoked }: KeyHistory): readonly KnownKey[] =>
  known.filter(({ key, before }) => !revoked.some((r) => [key, ...before].some((k) => sameKey(r.key, k))))

const signerOf = (note: Note, history: KeyHistory, verify?: VerifyEd25519): KnownKey | undefined =>
  believed(history).find(({ key }) => checkNote(note, key, verify) === 'verified')

/**
 * A published log against the key that its keeper made known: signature, tree from the entries, every tile, and along the
 * changes of the key that the log itself has. Undefined when there is no checkpoint to read. `vectors/check-log.go` and `.py`
 * do the same with none of this code; of SM3 roots they know nothing.
 */
export const checkPublishedLog = async (key: NoteKey, tools: Tools): Promise<PublishedLog | undefined> => {
  const source = decodeUtf8((await tools.read('checkpoint')) ?? new Uint8Array()) ?? ''
  const note = parseNote(source)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint) return undefined
  const { root, faults } = await rebuildLog(tools.hashes.sha256, checkpoint.size, tools.read)
  const statements = await statementsOf(tools, checkpoint.size)
  const keys = await changesOf(statements, tools)
  const sm3 = await sm3RootsOf(checkpoint, statements, tools)
  const history = followKeys([key], keys.changes, checkpoint.origin)
  const signer = signerOf(note, history, tools.verify)
  const taken = history.revoked.map((r) => `; revoked: ${keyFingerprint(r.key)}`).join('')
  return {
    checkpoint,
    ...(sm3.sm3Root && { sm3Root: sm3.sm3Root }),
    key: signer ?? { key, via: [], before: [] },
    latest: believed(history).at(-1) ?? { key, via: [], before: [] },
    former: keysBefore(signer?.key ?? key, keys.changes, checkpoint.origin),
    faults: [
      ...(signer ? [] : [`the checkpoint is not signed by this key${taken}`]),
      ...(tools.sm2 === undefined || checkSm2Line(note, tools.sm2, tools.hashes) === 'verified'
        ? []
        : ['the checkpoint has no SM2 line of this key']),
      ...(key.name === checkpoint.origin ? [] : ['the key is of another log']),
      ...(equalBytes(root, checkpoint.root) ? [] : ['the entries do not have the root that was signed']),
      ...keys.faults,
      ...sm3.faults,
      ...faults.map(({ path, why }) => `${why} ${path}`),
    ],
  }
}
