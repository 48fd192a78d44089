import { fromBase64, toBase64 } from '../bytes.ts'
import { parseCanonical } from '../canonical.ts'
import type { CheckedEvent } from './check-events.ts'
import { BlobRef, CHUNK_BYTES, MediaManifest } from './documents.ts'
import { parseManifest } from './manifest.ts'
import { chunkRoot } from './media-manifest.ts'
import { blobsIn, type NamedBlob } from './named-blobs.ts'
import * as at from './paths.ts'
import type { Primitives } from './primitives.ts'
import type { Scan, ScannedFile } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

type Reference = NamedBlob & Readonly<{ path: string }>

const isBlobFile = (path: string): boolean =>
  (path.startsWith(at.DOCUMENTS) || path.startsWith(at.MEDIA)) && at.sidecarKind(path) === undefined
const isMedia = (path: string): boolean => path.startsWith(at.MEDIA) && at.sidecarKind(path) === undefined

/** Every member `chain` that is a digest: what a phone signed, as its event names it. */
const chainsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const own: unknown = Reflect.get(value, 'chain')
  const named = BlobRef.safeParse(own)
  return [...(named.success ? [named.data.sha256] : []), ...Object.values(value).flatMap(chainsIn)]
}

const BESIDE = { captions: at.captionsBeside, chain: at.chainBeside, sheet: at.sheetBeside } as const
const CALLED = { captions: '字幕', chain: '切片链', sheet: '音像说明' } as const

/** A file beside a film: a chain is one that an event names; captions and sheet are the manifest's word, which the export event states. */
const checkSidecar = (
  scan: Scan,
  path: string,
  file: ScannedFile,
  chains: ReadonlySet<string>,
): Item | undefined => {
  const kind = at.sidecarKind(path)
  if (kind === undefined) return undefined
  const film = [...scan.files.keys()].find((p) => isMedia(p) && BESIDE[kind](p) === path)
  if (film === undefined) return fail('sidecar', path, '没有同名的音像')
  if (kind !== 'chain') return pass('sidecar', path, `${film} 的${CALLED[kind]}，由导出登记的清单证明`)
  return chains.has(file.sha256)
    ? pass('sidecar', path, `${film} 的切片链，事件记有其摘要`)
    : fail('sidecar', path, '没有任何已披露的事件记载这个切片链')
}

/** What the manifest says of the files here that are no longer what it says: digest to path. */
const changedIn = (scan: Scan): ReadonlyMap<string, string> => {
  const read = parseManifest(scan.files.get(at.MANIFEST)?.bytes ?? new Uint8Array())
  const lines = read.ok ? read.value : []
  const isChanged = (path: string, digest: string): boolean => {
    const file = scan.files.get(path)
    return file !== undefined && file.sha256 !== digest
  }
  return new Map(lines.filter((l) => isChanged(l.path, l.digest)).map((l) => [l.digest, l.path]))
}

type Known = Readonly<{ refs: readonly Reference[]; changed: ReadonlyMap<string, string> }>

const checkFile = (path: string, file: ScannedFile, { refs, changed }: Known): Item => {
  const named = refs.filter((r) => r.blob.sha256 === file.sha256)
  const [first] = named
  if (!first && [...changed.values()].includes(path))
    return fail('blob', path, '文件已经改动，不再是事件所指的那一份')
  if (!first) return fail('blob', path, '没有任何已披露的事件指向此文件')
  return named.every((r) => r.blob.sizeBytes === file.sizeBytes)
    ? pass('blob', path, `见 ${first.path}`)
    : fail('blob', path, '大小与事件记载的不一致')
}

const readManifest = (bytes: Uint8Array | undefined): MediaManifest | undefined => {
  const json = parseCanonical(bytes ?? new Uint8Array())
  return json.ok ? MediaManifest.safeParse(json.value).data : undefined
}

/** What contradicts the manifest: its own form, the file, or what the events say of the same bytes. */
const mediaFault = (
  m: MediaManifest,
  file: ScannedFile,
  refs: readonly Reference[],
  p: Primitives,
): string => {
  const chunks = m.chunks.map((c) => fromBase64(c) ?? new Uint8Array())
  const root = chunkRoot(p.sha256, chunks)
  if (m.sizeBytes !== file.sizeBytes || m.chunks.length !== Math.ceil(m.sizeBytes / CHUNK_BYTES)) {
    return '大小或者块数不一致'
  }
  if (toBase64(root) !== m.chunkRoot) return '逐块摘要与根不一致'
  const wrong = (file.chunks ?? []).findIndex((c, i) => toBase64(c) !== m.chunks[i])
  if (wrong >= 0) return `第 ${wrong + 1} 块与文件不一致`
  if (file.chunks?.length !== m.chunks.length) return '块数与文件不一致'
  const named = refs.filter((r) => r.blob.sha256 === m.sha256)
  if (named.some((r) => r.blob.mime !== undefined && r.blob.mime !== m.mime)) return '类型与事件记载的不一致'
  if (named.some((r) => r.chunkRoot !== undefined && r.chunkRoot !== m.chunkRoot))
    return '根与事件记载的不一致'
  const sm3 = named.find((r) => r.blob.sm3 !== undefined)?.blob.sm3
  return sm3 !== undefined && m.sm3 !== undefined && sm3 !== m.sm3 ? 'SM3 摘要与事件记载的不一致' : ''
}

const checkSm3 = (path: string, file: ScannedFile, stated: string | undefined): Item => {
  if (stated === undefined) return notChecked('media-sm3', path, '没有记载 SM3 摘要')
  if (file.sm3 === undefined) return notChecked('media-sm3', path, 'SHA-256 已核对；整段 SM3 本次没有计算')
  return file.sm3 === stated ? pass('media-sm3', path) : fail('media-sm3', path, 'SM3 摘要不一致')
}

const checkMedia = (scan: Scan, path: string, refs: readonly Reference[], p: Primitives): Item[] => {
  const file = scan.files.get(path)
  if (!file) return []
  const manifestPath = at.mediaManifestPath(file.sha256)
  const manifest = readManifest(scan.files.get(manifestPath)?.bytes)
  if (manifest?.sha256 !== file.sha256) return [fail('media', path, `没有可用的分块清单 ${manifestPath}`)]
  const fault = mediaFault(manifest, file, refs, p)
  const stated = refs.find((r) => r.blob.sha256 === file.sha256 && r.blob.sm3)?.blob.sm3 ?? manifest.sm3
  return [
    fault === '' ? pass('media', path) : fail('media', manifestPath, fault),
    checkSm3(path, file, stated),
  ]
}

/** Files that an event names but that are not here: said, never passed over. */
const checkAbsent = (scan: Scan, { refs, changed }: Known): Item[] => {
  const here = new Set([...scan.files].filter(([path]) => isBlobFile(path)).map(([, file]) => file.sha256))
  const absent = new Map(refs.filter((r) => !here.has(r.blob.sha256)).map((r) => [r.blob.sha256, r]))
  return [...absent.values()].map((r) => {
    const path = changed.get(r.blob.sha256)
    const why =
      path === undefined
        ? `事件所指的文件 ${r.blob.sha256.slice(0, 16)}… 没有随包附上，原件由制包机关保存`
        : `事件所指的是 ${path} 改动以前的样子，包内的已经改动`
    return notChecked('blob', r.path, why)
  })
}

/** Documents and recordings are those that the events name; `events` are those whose commitments held. */
export const checkBlobs = (scan: Scan, events: readonly CheckedEvent[], p: Primitives): Item[] => {
  // parseCanonical has bounded the depth.
  const refs = events.flatMap((e) =>
    Object.values(e.parts).flatMap((part) => blobsIn(part).map((named) => ({ path: e.path, ...named }))),
  )
  const media = new Set([...scan.files].filter(([path]) => isMedia(path)).map(([, f]) => f.sha256))
  const chains = new Set(events.flatMap((e) => Object.values(e.parts).flatMap(chainsIn)))
  const known: Known = { refs, changed: changedIn(scan) }
  const items: Item[] = []
  for (const [path, file] of scan.files) {
    if (isBlobFile(path)) items.push(checkFile(path, file, known))
    if (isMedia(path)) items.push(...checkMedia(scan, path, refs, p))
    const sidecar = checkSidecar(scan, path, file, chains)
    if (sidecar) items.push(sidecar)
    const named = at.parseMediaManifestPath(path)
    if (named && !media.has(named)) items.push(fail('media', path, '分块清单没有对应的音像'))
  }
  return [...items, ...checkAbsent(scan, known)]
}
