import { decodeUtf8, equalBytes, toHex } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { rebuildLog } from './edge.ts'
import type { Hashes } from './hashes.ts'
import { readKeysFile } from './keys/file.ts'
import { followKeys, sameKey, type KeyHistory, type KnownKey } from './keys/follow.ts'
import { leafHash } from './leaf.ts'
import { checkNote, keyFingerprint, parseNote, type Note, type NoteKey, type VerifyEd25519 } from './note.ts'
import { readPublicStream } from './public-stream.ts'
import { SM3_ROOT_EVENT, Sm3Root, wrongSm3Roots } from './sm3-root.ts'
import { checkSm2Line } from './sm2-line.ts'
import { decodeBundle, TILE_WIDTH, tilePath } from './tiles.ts'

export type PublishedLog = Readonly<{
  checkpoint: Checkpoint
  /** What does not hold, in English, the first first; empty when all does. */
  faults: readonly string[]
  /** The key that signed: the one that the asker trusts, or one that it handed over to. */
  key: KnownKey
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

/** Hashes of all leaves, from the entry bundles; absent where a bundle is. */
export const leavesOf = async (
  { hashes, read }: Tools,
  size: number,
): Promise<ReadonlyMap<string, number>> => {
  const leaves = new Map<string, number>()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const bytes = await read(tilePath({ level: 'entries', index, width }))
    const entries = (bytes && decodeBundle(bytes)) ?? []
    for (const [i, entry] of entries.entries())
      leaves.set(toHex(leafHash(hashes.sha256, entry)), index * TILE_WIDTH + i)
  }
  return leaves
}

const NONE: readonly string[] = []

/** How the log says that its key changed, and what is wrong with that. */
const historyOf = async (
  trusted: NoteKey,
  { origin, size }: Checkpoint,
  tools: Tools,
): Promise<Readonly<{ history: KeyHistory; faults: readonly string[] }>> => {
  const bytes = await tools.read('keys.json')
  if (!bytes) return { history: followKeys([trusted], [], origin), faults: NONE }
  const leaves = await leavesOf(tools, size)
  const read = readKeysFile(bytes, {
    hashes: tools.hashes,
    ...(tools.verify && { verify: tools.verify }),
    stands: ({ index, leafHash: leaf, proof }) => proof.length === 0 && leaves.get(toHex(leaf)) === index,
  })
  const history = followKeys([trusted], read.ok ? read.value : [], origin)
  return { history, faults: read.ok ? NONE : ['what is said of the keys is not what the log has keys.json'] }
}

/** The roots by SM3 that the log states: of its own entries, and stated in the log. */
const sm3RootsOf = async (
  { size }: Checkpoint,
  tools: Tools,
): Promise<Readonly<{ sm3Root?: Sm3Root; faults: readonly string[] }>> => {
  const bytes = await tools.read('sm3-roots.json')
  if (!bytes) return { faults: NONE }
  const leaves = await leavesOf(tools, size)
  const read = readPublicStream(bytes, {
    hashes: tools.hashes,
    stands: ({ index, leafHash: leaf, proof }) => proof.length === 0 && leaves.get(toHex(leaf)) === index,
  })
  const stated = (read.ok ? read.value : []).map(({ leaf, value }) =>
    leaf.t === SM3_ROOT_EVENT ? Sm3Root.safeParse(value).data : undefined,
  )
  const sound = stated.filter((s) => s !== undefined)
  const wrong = await wrongSm3Roots(tools.hashes.sm3, sound, { size, read: tools.read })
  const last = sound.at(-1)
  if (!last || sound.length < stated.length || wrong.length > 0)
    return { faults: ['the SM3 roots are not those of the entries sm3-roots.json'] }
  return { sm3Root: last, faults: NONE }
}

/** Of the keys that can be believed, one that signed and that nobody took back, nor any that led to it. */
const signerOf = (note: Note, { known, revoked }: KeyHistory, verify?: VerifyEd25519): KnownKey | undefined =>
  known
    .filter(({ key, before }) => !revoked.some((r) => [key, ...before].some((k) => sameKey(r.key, k))))
    .find(({ key }) => checkNote(note, key, verify) === 'verified')

/**
 * A published log against the key that its keeper made known: signature, tree from the entries, every tile, and along the
 * changes of the key that the log itself has. Undefined when there is no checkpoint to read. `vectors/check-log.go` and `.py`
 * do the same with none of this code, for the present key.
 */
export const checkPublishedLog = async (key: NoteKey, tools: Tools): Promise<PublishedLog | undefined> => {
  const source = decodeUtf8((await tools.read('checkpoint')) ?? new Uint8Array()) ?? ''
  const note = parseNote(source)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint) return undefined
  const { root, faults } = await rebuildLog(tools.hashes.sha256, checkpoint.size, tools.read)
  const keys = await historyOf(key, checkpoint, tools)
  const sm3 = await sm3RootsOf(checkpoint, tools)
  const signer = signerOf(note, keys.history, tools.verify)
  const taken = keys.history.revoked.map((r) => `; revoked: ${keyFingerprint(r.key)}`).join('')
  return {
    checkpoint,
    ...(sm3.sm3Root && { sm3Root: sm3.sm3Root }),
    key: signer ?? { key, via: [], before: [] },
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
