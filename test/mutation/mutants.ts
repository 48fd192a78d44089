import { hash } from 'node:crypto'
import { utf8 } from '@liuhen/ledger/bytes'
import { ExportPointer } from '@liuhen/ledger/package/documents'
import { formatManifest } from '@liuhen/ledger/package/manifest'
import * as at from '@liuhen/ledger/package/paths'

/** Files of a package or of a log, by path. */
export type Files = ReadonlyMap<string, Uint8Array>
/** One change. `paths`: one of these a checker has to name. */
export type Mutant = Readonly<{ what: string; paths: readonly string[]; files: Files }>

/** One bit of a byte, another from byte to byte. */
export const flipped = (bytes: Uint8Array, i: number): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8))
  return changed
}

/** Each byte of a file, or each `step`-th; of a file of at most 128 bytes always each. */
export function* flips(files: Files, path: string, step = 1): Generator<Mutant> {
  const bytes = files.get(path) ?? new Uint8Array()
  for (let i = 0; i < bytes.length; i += bytes.length <= 128 ? 1 : step)
    yield { what: `byte ${i}`, paths: [path], files: new Map(files).set(path, flipped(bytes, i)) }
}

const without = (files: Files, ...paths: readonly string[]): Files =>
  new Map([...files].filter(([path]) => !paths.includes(path)))

/** Every file lost, emptied, cut at either end, lengthened and written twice over. */
export function* handled(files: Files): Generator<Mutant> {
  for (const [path, bytes] of files) {
    const changed = (what: string, now: Uint8Array): Mutant => ({
      what,
      paths: [path],
      files: new Map(files).set(path, now),
    })
    yield { what: 'deleted', paths: [path], files: without(files, path) }
    yield changed('emptied', new Uint8Array())
    yield changed('cut', bytes.subarray(0, -1))
    yield changed('cut in front', bytes.subarray(1))
    yield changed('lengthened', Uint8Array.of(...bytes, 10))
    yield changed('written twice over', Uint8Array.of(...bytes, ...bytes))
  }
}

/** A second file of the same contents. In a log nobody reads what has no place in it. */
export function* copied(files: Files): Generator<Mutant> {
  for (const [path, bytes] of files)
    yield {
      what: 'copied',
      paths: [`${path}.copy`],
      files: new Map(files).set(`${path}.copy`, bytes),
    }
}

/** Every two neighbours exchanged, unless they are the same. */
export function* exchanged(files: Files): Generator<Mutant> {
  const paths = [...files.keys()]
  for (const [i, path] of paths.entries()) {
    const other = paths[(i + 1) % paths.length] ?? path
    const [a, b] = [files.get(path) ?? new Uint8Array(), files.get(other) ?? new Uint8Array()]
    if (Buffer.compare(a, b) === 0) continue
    yield {
      what: 'exchanged',
      paths: [path, other],
      files: new Map(files).set(path, b).set(other, a),
    }
  }
}

const isTag = (path: string): boolean => !path.startsWith('data/') && path !== at.TAG_MANIFEST

/** The manifests of a package as a forger makes them anew. */
export const withNewManifests = (files: Files): Files => {
  const lines = (algorithm: 'sha256' | 'sm3') =>
    formatManifest(
      [...files]
        .filter(([p]) => p.startsWith('data/'))
        .map(([path, b]) => ({ path, digest: hash(algorithm, b, 'hex') })),
    )
  const payload = new Map(files).set(at.MANIFEST, lines('sha256'))
  if (files.has(at.MANIFEST_SM3)) payload.set(at.MANIFEST_SM3, lines('sm3'))
  const tags = [...payload].filter(([p]) => isTag(p))
  return payload.set(
    at.TAG_MANIFEST,
    formatManifest(tags.map(([path, b]) => ({ path, digest: hash('sha256', b, 'hex') }))),
  )
}

/** Where the export's own event is gone, the pointer to it is what does not hold. */
const exportStream = (files: Files): string =>
  ExportPointer.parse(JSON.parse(Buffer.from(files.get(at.EXPORT) ?? []).toString())).streamId

/** The last events of each stream left out, one, two, … all of them, with manifests that know nothing of them. */
export function* tailsOmitted(files: Files): Generator<Mutant> {
  const events = [...files.keys()].flatMap((path) => {
    const event = at.parseEventFile(path)
    return event ? [{ path, ...event }] : []
  })
  for (const streamId of new Set(events.map((e) => e.streamId))) {
    const own = events.filter((e) => e.streamId === streamId)
    const last = Math.max(...own.map((e) => e.version))
    for (let from = last; from >= 1; from -= 1) {
      const gone = own.filter((e) => e.version >= from).map((e) => e.path)
      yield {
        what: `events ${from} to ${last}`,
        paths: streamId === exportStream(files) ? [streamId, at.EXPORT] : [streamId],
        files: withNewManifests(without(files, ...gone)),
      }
    }
  }
}

/** What the archives want beside the payload: each file left out, exchanged for another or laid in beside it, with manifests made anew. */
export function* enclosuresChanged(files: Files): Generator<Mutant> {
  const own = [...files.keys()].filter((path) => at.isDescription(path) || at.isEep(path))
  for (const path of own) {
    const gone = new Map(without(files, path))
    yield { what: 'left out', paths: [path], files: withNewManifests(gone) }
    const other = utf8('<元数据/>')
    yield { what: 'exchanged', paths: [path], files: withNewManifests(gone.set(path, other)) }
    const more = path.replace(/\.xml$/, '-.xml')
    const beside = new Map(files).set(more, files.get(path) ?? other)
    yield { what: 'beside another', paths: [more], files: withNewManifests(beside) }
  }
}
