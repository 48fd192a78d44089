import { z } from 'zod'
import { concat, fromBase64, toBase64, toHex } from '../bytes.ts'
import { parseCanonical, type Parsed } from '../canonical.ts'
import { leafHash } from '../leaf.ts'
import { verifyInclusion } from '../merkle.ts'
import { checkAbsentParts } from '../package/check-absent.ts'
import { type CheckedEvent, checkEvents } from '../package/check-events.ts'
import { checkRevoked } from '../package/check-keys.ts'
import { checkLog } from '../package/check-log.ts'
import { BlobRef } from '../package/documents.ts'
import { eventPath } from '../package/paths.ts'
import { type Primitives, purePrimitives } from '../package/primitives.ts'
import { type PackageReader, readPackage, type Scan } from '../package/read-package.ts'
import { fail, type Item, notChecked, pass, type Report } from '../package/report.ts'
import {
  chunkPath,
  chunksOf,
  CLIP_FILE,
  CLIP_PROOF,
  ClipProof,
  MADE_EVENT,
  MAX_CLIP_BYTES,
  STORED_EVENT,
} from './clip-proof.ts'
import {
  compareSamples,
  edgeBound,
  outOfOrder,
  type Pair,
  pairsOf,
  type ReadOriginal,
} from './compare-samples.ts'
import { type Bytes, readTracks } from './mp4.ts'

export type VerifyClipOptions = Readonly<{
  policy?: string
  primitives?: Primitives
  /** The original, for whoever has it: then the chunks' own bytes need not be in the folder. */
  original?: Readonly<{ sizeBytes: number; read(at: number, length: number): Promise<Uint8Array> }>
}>

/** INCOMPLETE: nothing failed, and not all of it was compared, or bytes between the samples are missing. */
export type ClipReport = Omit<Report, 'verdict' | 'seals'> &
  Readonly<{ verdict: Report['verdict'] | 'INCOMPLETE' }>

type At = Readonly<{ scan: Scan; proof: ClipProof; p: Primitives; events: readonly CheckedEvent[] }>

const readProof = (scan: Scan): Parsed<ClipProof> => {
  const json = parseCanonical(scan.files.get(CLIP_PROOF)?.bytes ?? new Uint8Array())
  if (!json.ok) return json
  const proof = ClipProof.safeParse(json.value)
  return proof.success ? { ok: true, value: proof.data } : { ok: false, why: '成员不符合规定' }
}

const Stored = z.looseObject({ blob: BlobRef, chunkRoot: z.string(), chunkSizeBytes: z.int() })
const Made = z.looseObject({
  blob: BlobRef,
  source: z.looseObject({ recordingId: z.string(), sha256: z.string(), chunkRoot: z.string() }),
})

const publicOf = ({ events }: At, at: ClipProof['stored'], type: string): unknown =>
  events.find(
    (e) =>
      e.streamId === at.streamId && e.version === at.version && e.leaf.t === type && e.index !== undefined,
  )?.parts.public

/** The original is the one that the record names, and so is the clip. */
const checkSource = (at: At): Item => {
  const { proof } = at
  const { original, stored, clip } = proof
  const path = eventPath(stored.streamId, stored.version)
  const told = Stored.safeParse(publicOf(at, stored, STORED_EVENT))
  if (!told.success) return fail('clip-source', path, '原件入库的登记不在日志里，或者没有披露')
  const { blob, chunkRoot, chunkSizeBytes } = told.data
  const same =
    blob.sha256 === original.sha256 &&
    blob.sizeBytes === original.sizeBytes &&
    chunkRoot === original.chunkRoot &&
    chunkSizeBytes === original.chunkSizeBytes
  if (!same) return fail('clip-source', CLIP_PROOF, '所称的原件与入库时登记的不一致')
  const made = Made.safeParse(publicOf(at, proof.made, MADE_EVENT))
  if (!made.success) return fail('clip-source', CLIP_PROOF, '制作片段的登记不在日志里，或者没有披露')
  const { source } = made.data
  const bound =
    made.data.blob.sha256 === clip.sha256 &&
    made.data.blob.sizeBytes === clip.sizeBytes &&
    source.recordingId === stored.streamId &&
    source.sha256 === original.sha256 &&
    source.chunkRoot === original.chunkRoot
  return bound
    ? pass('clip-source', path, `原件 ${original.sha256.slice(0, 16)}…`)
    : fail('clip-source', CLIP_PROOF, '制作片段的登记指向别的片段或者别的原件')
}

const checkFile = ({ scan, proof }: At): Item => {
  const file = scan.files.get(CLIP_FILE)
  if (file === undefined) return fail('clip-file', CLIP_FILE, '片段不在文件夹内')
  return file.sha256 === proof.clip.sha256 && file.sizeBytes === proof.clip.sizeBytes
    ? pass('clip-file', CLIP_FILE)
    : fail('clip-file', CLIP_FILE, '片段与证明所指的不是同一个文件')
}

/** What lies outside of the original, or is more than the clip can hold, would name chunks without end. */
const isWithin = ({ scan, proof }: At): boolean => {
  const most = scan.files.get(CLIP_FILE)?.sizeBytes ?? 0
  let sum = 0
  return proof.tracks.flat().every(([at, size]) => {
    sum += size
    const end = at + size
    return sum <= most && Number.isSafeInteger(end) && end <= proof.original.sizeBytes
  })
}

/** Every chunk that the samples need, and no other, each at its place in the original's tree. */
const checkChunks = (at: At): Item => {
  const { proof, p } = at
  const { original, chunks } = proof
  if (!isWithin(at)) return fail('clip-chunks', CLIP_PROOF, '所列的样本超出原件，或者比片段还长')
  const root = fromBase64(original.chunkRoot) ?? new Uint8Array()
  const size = Math.ceil(original.sizeBytes / original.chunkSizeBytes)
  const wanted = chunksOf(proof)
  if (wanted.join() !== chunks.map((c) => c.index).join())
    return fail('clip-chunks', CLIP_PROOF, '所列的块与样本所在的块不一致')
  const wrong = chunks.find((c) => {
    const leaf = leafHash(p.sha256, fromBase64(c.sha256) ?? new Uint8Array())
    const audit = c.audit.map((h) => fromBase64(h) ?? new Uint8Array())
    return !verifyInclusion(p.sha256, { leafHash: leaf, index: c.index, size, proof: audit, root })
  })
  return wrong === undefined
    ? pass('clip-chunks', CLIP_PROOF, `共 ${chunks.length} 块`)
    : fail('clip-chunks', chunkPath(wrong.index), '这一块不在原件的分块树中')
}

const KEPT_CHUNKS = 3

const readWhole = async (reader: PackageReader, path: string): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const part of reader.open(path)) parts.push(part)
  return concat(...parts)
}

/** Chunks one after the other, each compared with its digest when it is read. */
const chunkSource = (at: At, reader: PackageReader, o: VerifyClipOptions) => {
  const { proof, p, scan } = at
  const { chunkSizeBytes, sizeBytes } = proof.original
  const digests = new Map(proof.chunks.map((c) => [c.index, c.sha256]))
  const held = new Map<number, Promise<Uint8Array>>()
  const bad: number[] = []
  const fetch = async (index: number): Promise<Uint8Array> => {
    const path = chunkPath(index)
    const bytes = scan.files.has(path)
      ? await readWhole(reader, path)
      : await o.original?.read(
          index * chunkSizeBytes,
          Math.min(chunkSizeBytes, sizeBytes - index * chunkSizeBytes),
        )
    if (bytes && toBase64(p.sha256(bytes)) === digests.get(index)) return bytes
    bad.push(index)
    return new Uint8Array()
  }
  const chunk = (index: number): Promise<Uint8Array> => {
    const known = held.get(index) ?? fetch(index)
    held.set(index, known)
    for (const old of held.keys()) if (held.size > KEPT_CHUNKS) held.delete(old)
    return known
  }
  const read: ReadOriginal = async (from, size) => {
    const parts: Uint8Array[] = []
    for (let pos = from; pos < from + size; ) {
      const index = Math.floor(pos / chunkSizeBytes)
      const start = pos - index * chunkSizeBytes
      const end = Math.min(chunkSizeBytes, start + from + size - pos)
      const part = (digests.has(index) ? await chunk(index) : new Uint8Array()).subarray(start, end)
      if (part.length !== end - start) return undefined
      parts.push(part)
      pos += part.length
    }
    const [only, ...more] = parts
    return only && more.length === 0 ? only : concat(...parts)
  }
  return { read, bad }
}

/** Bytes beside the proof that nothing speaks of could pass for a part of it. */
const strangersIn = ({ scan, proof }: At): Item[] => {
  const chunks = new Set(proof.bytes === 'included' ? proof.chunks.map((c) => chunkPath(c.index)) : [])
  return [...scan.files.keys()]
    .filter((path) => path.startsWith('data/') && path !== CLIP_FILE && !chunks.has(path))
    .map((path) => fail('clip-proof', path, '证明没有提到这个文件'))
}

const checkSamples = async (at: At, reader: PackageReader, o: VerifyClipOptions): Promise<Item[]> => {
  const { proof, scan } = at
  if ((scan.files.get(CLIP_FILE)?.sizeBytes ?? 0) > MAX_CLIP_BYTES)
    return [notChecked('clip-samples', CLIP_FILE, '片段过大，本次没有逐个样本比对')]
  const bytes = await readWhole(reader, CLIP_FILE)
  const clip: Bytes = { sizeBytes: bytes.length, read: (from, n) => bytes.subarray(from, from + n) }
  const own = readTracks(clip)
  if (!own.ok) return [fail('clip-samples', CLIP_FILE, `读不出片段的样本：${own.why}`)]
  const { pairs, why } = pairsOf(own.value, proof.tracks, proof.original.sizeBytes)
  if (why !== undefined) return [fail('clip-samples', CLIP_PROOF, why)]
  const early = outOfOrder(pairs)
  const order =
    early === undefined
      ? pass('clip-order', CLIP_PROOF)
      : fail('clip-order', CLIP_PROOF, `第 ${early.track + 1} 轨第 ${early.n + 1} 个样本次序不对`)
  if (proof.bytes === 'left-out' && o.original === undefined) {
    const open = '没有附原件的块；持有原件的人可以加上原件再核验'
    return [order, notChecked('clip-samples', CLIP_FILE, open), notChecked('clip-between', CLIP_FILE, open)]
  }
  return [order, ...(await compared(at, { clip, pairs, ...chunkSource(at, reader, o) }))]
}

type Comparing = Readonly<{ clip: Bytes; pairs: readonly Pair[]; read: ReadOriginal; bad: number[] }>

const compared = async ({ proof }: At, c: Comparing): Promise<Item[]> => {
  const { differs, leftOut, atEdges } = await compareSamples(c.clip, c.pairs, c.read)
  const [index] = c.bad
  if (index !== undefined) return [fail('clip-chunks', chunkPath(index), '块缺失，或者与原件登记的不一致')]
  const [first] = differs
  const bytes = proof.tracks.flat().reduce((sum, [, n]) => sum + n, 0)
  return [
    first === undefined
      ? pass('clip-samples', CLIP_FILE, `共 ${c.pairs.length} 个样本，${bytes} 字节`)
      : fail(
          'clip-samples',
          CLIP_FILE,
          `${differs.length} 个样本与原件不同，最先是第 ${first.track + 1} 轨第 ${first.n + 1} 个`,
        ),
    between(leftOut, atEdges, edgeBound(c.pairs)),
  ]
}

const between = (leftOut: number, atEdges: number, bound: number): Item => {
  if (leftOut > 0)
    return notChecked(
      'clip-between',
      CLIP_FILE,
      `中间有 ${leftOut} 字节不在片段里（可能是其他轨道，也可能是略去的内容）`,
    )
  if (atEdges > bound)
    return notChecked(
      'clip-between',
      CLIP_FILE,
      `首尾各轨没有同时开始、同时结束的地方，有 ${atEdges} 字节不在片段里，多于轨道交错所能解释的 ${bound} 字节，可能略去了内容`,
    )
  return pass('clip-between', CLIP_FILE, atEdges === 0 ? '' : `首尾轨道交错处有 ${atEdges} 字节不在片段里`)
}

/** Missing or changed where the chunks are said to be here. */
const chunkFiles = ({ proof, scan }: At): Item[] =>
  proof.bytes === 'left-out'
    ? []
    : proof.chunks.flatMap(({ index, sha256 }) => {
        const digest = fromBase64(sha256)
        const isHere = digest && scan.files.get(chunkPath(index))?.sha256 === toHex(digest)
        return isHere ? [] : [fail('clip-chunks', chunkPath(index), '块缺失，或者与原件登记的不一致')]
      })

const PROVEN = ['clip-samples', 'clip-order', 'clip-between'] as const

const verdictOf = (items: readonly Item[]): ClipReport['verdict'] => {
  if (items.some((i) => i.result === 'FAIL')) return 'FAIL'
  const isProven = PROVEN.every((check) => items.some((i) => i.check === check && i.result === 'PASS'))
  return isProven ? 'PASS' : 'INCOMPLETE'
}

/**
 * Whether a clip is a part of an original that stands in the log, without the original. Never throws on a bad folder.
 * PASS wants every sample compared and nothing left out between them.
 */
export const verifyClip = async (
  reader: PackageReader,
  options: VerifyClipOptions = {},
): Promise<ClipReport> => {
  const p = options.primitives ?? purePrimitives
  const scan = await readPackage(reader, { primitives: p, sm3Files: false })
  const log = checkLog(scan, options.policy, p)
  const { items: eventItems, events } = checkEvents(scan, log, p)
  const read = readProof(scan)
  const keys = checkRevoked(log, { witnessed: log.witnessedAt, stamped: undefined })
  const items: Item[] = [
    ...scan.items,
    ...log.items,
    ...keys.items,
    ...eventItems,
    ...checkAbsentParts(events),
  ]
  if (read.ok) {
    const at: At = { scan, proof: read.value, p, events }
    const bad = [checkFile(at), checkSource(at), checkChunks(at), ...chunkFiles(at), ...strangersIn(at)]
    items.push(pass('clip-proof', CLIP_PROOF), ...bad)
    // Of a clip that is another file nothing more can be said.
    if (bad[0]?.result === 'PASS') items.push(...(await checkSamples(at, reader, options)))
  } else items.push(fail('clip-proof', CLIP_PROOF, read.why))
  return {
    verdict: verdictOf(items),
    anchoring: log.witnessed ? 'WITNESSED' : 'UNANCHORED',
    witnesses: log.witnesses,
    keys: keys.isTrusted ? 'TRUSTED' : 'NOT CHECKED',
    origin: log.checkpoint?.origin ?? '',
    fingerprint: log.fingerprint,
    keyGiven: log.keyGiven,
    keyInPackage: log.keyInPackage,
    items,
  }
}
