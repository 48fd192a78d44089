import { toHex, utf8 } from '@liuhen/ledger/bytes'
import { parseChain, segmentsOf, type ChainLine } from '@liuhen/ledger/chain/record'
import { type ChainPart, type ChainTail, sealRecord } from '@liuhen/ledger/chain/seal-record'
import type { DiskAsk, Found, KnownKey } from './disk-messages.ts'

/** Files that a run grows in. A handle that writes at once is given to workers only; the library of pages lacks it. */
type Handle = Readonly<{
  getSize(): number
  read(bytes: Uint8Array, at: Readonly<{ at: number }>): number
  write(bytes: Uint8Array, at: Readonly<{ at: number }>): number
  truncate(size: number): void
  flush(): void
  close(): void
}>
type Growing = FileSystemFileHandle & Readonly<{ createSyncAccessHandle(): Promise<Handle> }>
type Run = {
  tail: ChainTail
  key: CryptoKey
  media: Handle
  chain: Handle
  medium: 'video' | 'audio' | 'photo'
}

const FOLDER = 'field'
const runs = new Map<string, Run>()

const root = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })

const handleIn = async (folder: FileSystemDirectoryHandle, name: string): Promise<Handle> => {
  const file = (await folder.getFileHandle(name, { create: true })) as Growing
  return file.createSyncAccessHandle()
}
const handles = async (chain: string) => {
  const folder = await (await root()).getDirectoryHandle(chain, { create: true })
  const [media, list] = await Promise.all([handleIn(folder, 'media'), handleIn(folder, 'chain')])
  return { media, chain: list }
}

/** At the end, whole, and on the disk when it returns. */
const grow = (handle: Handle, bytes: Uint8Array): void => {
  const at = handle.getSize()
  try {
    const written = handle.write(bytes, { at })
    if (written !== bytes.length) throw new DOMException('the phone is full', 'QuotaExceededError')
    handle.flush()
  } catch (error) {
    // A part of it would lie before what comes next.
    handle.truncate(at)
    throw error
  }
}
const readAll = (handle: Handle): Uint8Array => {
  const bytes = new Uint8Array(handle.getSize())
  handle.read(bytes, { at: 0 })
  return bytes
}

const signWith = (key: CryptoKey) => async (message: Uint8Array) =>
  new Uint8Array(
    await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, message as Uint8Array<ArrayBuffer>),
  )
const digest = async (bytes: Uint8Array): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))

const add = async (run: Run, part: ChainPart): Promise<void> => {
  const { line, tail } = await sealRecord(run.tail, part, signWith(run.key))
  grow(run.chain, utf8(line))
  run.tail = tail
}
const of = (chain: string): Run => {
  const run = runs.get(chain)
  if (run === undefined) throw new Error('this run is not being recorded')
  return run
}
const release = ({ media, chain }: Pick<Run, 'media' | 'chain'>): void => {
  media.close()
  chain.close()
}

/** Bytes first, then the record that names them: what a record names is on the disk. */
const addSegment = async (run: Run, given: Uint8Array, at: Readonly<{ wall: string; mono?: number }>) => {
  await add(run, {
    kind: 'segment',
    ...at,
    medium: run.medium,
    bytes: given.length,
    sha256: await digest(given),
  })
}

const begin = async (ask: Extract<DiskAsk, { do: 'open' }>) => {
  const files = await handles(ask.chain)
  const { line, tail } = await sealRecord({ chain: ask.chain }, ask.part, signWith(ask.key))
  grow(files.chain, utf8(line))
  runs.set(ask.chain, { tail, key: ask.key, ...files, medium: ask.part.medium })
  return { link: tail.link }
}

const finish = async (ask: Extract<DiskAsk, { do: 'close' }>) => {
  const run = of(ask.chain)
  try {
    await add(run, ask.part)
  } finally {
    release(run)
    runs.delete(ask.chain)
  }
  return { link: run.tail.link }
}

const marksIn = (lines: readonly ChainLine[]): Found['marks'] =>
  lines.flatMap(({ record: r }) =>
    r.kind === 'mark' ? [{ code: r.code, atSeconds: Math.round(r.atMs / 100) / 10 }] : [],
  )

/** A line that was torn by the end of the page never counted. */
const cutTorn = (handle: Handle): readonly ChainLine[] => {
  const bytes = readAll(handle)
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) {
    handle.truncate(whole)
    handle.flush()
  }
  return parseChain(bytes.slice(0, whole)).flatMap((line) => (line === undefined ? [] : [line]))
}

const tailOf = (lines: readonly ChainLine[]): ChainTail | undefined => {
  const last = lines.at(-1)
  if (last === undefined) return undefined
  const segments = segmentsOf(lines)
  const bytes = segments.reduce((sum, s) => sum + s.bytes, 0)
  return { chain: last.record.chain, n: last.record.n, link: last.link, segments: segments.length, bytes }
}

/** Bytes that came when no record could follow any more are signed now, and say by their missing time that it is late. */
const signEnd = async (run: Run, wall: string): Promise<void> => {
  const { tail, media } = run
  const orphan = new Uint8Array(Math.max(0, media.getSize() - tail.bytes))
  if (orphan.length > 0) {
    media.read(orphan, { at: tail.bytes })
    await addSegment(run, orphan, { wall })
  }
  await add(run, { kind: 'close', wall, why: 'interrupted', cause: 'page-ended' })
}

/** What an earlier page left: closed with the key that opened it, if this phone still has that. */
const recover = async (chain: string, keys: readonly KnownKey[], wall: string): Promise<Found> => {
  const files = await handles(chain)
  try {
    let lines = cutTorn(files.chain)
    const first = lines[0]?.record
    const open = first?.kind === 'open' ? first : undefined
    const tail = tailOf(lines)
    const key = keys.find((k) => k.publicKey === open?.key)
    if (open && tail && key && lines.at(-1)?.record.kind !== 'close') {
      await signEnd({ tail, key: key.privateKey, ...files, medium: open.medium }, wall)
      lines = cutTorn(files.chain)
    }
    const last = lines.at(-1)
    const segments = segmentsOf(lines)
    const timed = segments.findLast((s) => s.mono !== undefined) ?? segments.at(-1)
    return {
      ...(open && { open }),
      ...(last?.record.kind === 'close' && { close: last.record }),
      ...(last && { link: last.link }),
      sizes: segments.map((s) => s.bytes),
      marks: marksIn(lines),
      ...(timed && { lastAt: timed.wall }),
    }
  } finally {
    release(files)
  }
}

const list = async (): Promise<readonly string[]> => {
  const folder = await root()
  const names: string[] = []
  // The names of a folder's entries; the library of pages lacks them too.
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
  return names
}

const answer = async (ask: DiskAsk): Promise<unknown> => {
  switch (ask.do) {
    case 'open':
      return begin(ask)
    case 'segment': {
      const run = of(ask.chain)
      const bytes = new Uint8Array(ask.bytes)
      grow(run.media, bytes)
      try {
        await addSegment(run, bytes, { wall: ask.wall, mono: ask.mono })
      } catch (error) {
        // Bytes that no record names would lie before the next segment.
        run.media.truncate(run.tail.bytes)
        throw error
      }
      return { bytes: bytes.length }
    }
    case 'mark':
      return add(of(ask.chain), ask.part)
    case 'close':
      return finish(ask)
    case 'recover':
      return recover(ask.chain, ask.keys, ask.wall)
    case 'list':
      return list()
    case 'remove':
      return (await root()).removeEntry(ask.chain, { recursive: true })
  }
}

// One after the other: the order of records is the order in which they were asked for.
let turn: Promise<void> = Promise.resolve()
self.addEventListener('message', (event: MessageEvent<Readonly<{ id: number; ask: DiskAsk }>>) => {
  const { id, ask } = event.data
  turn = turn.then(async () => {
    try {
      self.postMessage({ id, done: await answer(ask) })
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error'
      self.postMessage({ id, failed: name, why: error instanceof Error ? error.message : '' })
    }
  })
})
