import {
  existsSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import fsp, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * A disk that keeps nothing that was not synced. kill -9 leaves the kernel's page cache, so it cannot show a missing
 * fsync; a loss of power can. `watchDisk`, in the process that will be killed, notes before each change of a file how to
 * undo it, and after each sync what can no longer be undone. `losePower`, in the test, undoes the rest: each write and
 * each name that no sync had reached, which is the most that a disk may lose.
 */
export type Without = 'fdatasync' | 'directory-fsync'

type Note =
  | Readonly<{ op: 'bytes'; ino: number; size: number; at: number; over: string }>
  | Readonly<{ op: 'synced'; ino: number }>
  | Readonly<{ op: 'name' | 'unname'; path: string; ino: number }>
  | Readonly<{ op: 'names-synced'; path: string }>

const heldIn = (journal: string, ino: number): string => join(`${journal}.inodes`, String(ino))

const inodeOf = (path: string): number | undefined => lstatSync(path, { throwIfNoEntry: false })?.ino

type Opened = Readonly<{ path: string; ino: number; isDirectory: boolean }>

const noteTo = (journal: string) => {
  mkdirSync(`${journal}.inodes`, { recursive: true })
  const fd = openSync(journal, 'a')
  // At a position, hence by pwrite: the calls that tests count and kill at stay the server's own.
  const note = (n: Note): void => void writeSync(fd, `${JSON.stringify(n)}\n`, 0)
  /** The inode stays reachable under whatever names it loses. */
  const hold = (path: string): number => {
    const ino = inodeOf(path) ?? 0
    if (!existsSync(heldIn(journal, ino))) linkSync(path, heldIn(journal, ino))
    return ino
  }
  return { note, hold }
}

const overwritten = (fd: number, at: number, length: number): string => {
  const had = Buffer.alloc(Math.max(0, Math.min(length, fstatSync(fd).size - at)))
  readSync(fd, had, 0, had.length, at)
  return had.toString('base64')
}

/** Handles: what is written through them, and what their syncs make durable. */
const watchHandles = (note: (n: Note) => void, without: ReadonlySet<Without>, prototype: FileHandle) => {
  const opened = new WeakMap<FileHandle, Opened>()
  const before = (handle: FileHandle, at: number, length: number): void => {
    const ino = opened.get(handle)?.ino ?? 0
    const { size } = fstatSync(handle.fd)
    note({ op: 'bytes', ino, size, at, over: overwritten(handle.fd, at, length) })
  }
  const method = (name: string) => Reflect.get(prototype, name) as (...args: readonly unknown[]) => unknown
  const real = {
    write: method('write'),
    writev: method('writev'),
    truncate: method('truncate'),
    datasync: method('datasync'),
    sync: method('sync'),
  }
  const own = {
    write(this: FileHandle, buffer: Uint8Array, offset: number, length: number, position: number) {
      before(this, position, length)
      return Reflect.apply(real.write, this, [buffer, offset, length, position])
    },
    writev(this: FileHandle, buffers: readonly Uint8Array[], position: number) {
      before(
        this,
        position,
        buffers.reduce((sum, b) => sum + b.length, 0),
      )
      return Reflect.apply(real.writev, this, [buffers, position])
    },
    truncate(this: FileHandle, length = 0) {
      before(this, length, Number.MAX_SAFE_INTEGER)
      return Reflect.apply(real.truncate, this, [length])
    },
    async datasync(this: FileHandle) {
      if (without.has('fdatasync')) return
      await Reflect.apply(real.datasync, this, [])
      note({ op: 'synced', ino: opened.get(this)?.ino ?? 0 })
    },
    async sync(this: FileHandle) {
      const of = opened.get(this)
      if (of?.isDirectory === true && without.has('directory-fsync')) return
      await Reflect.apply(real.sync, this, [])
      note(of?.isDirectory ? { op: 'names-synced', path: of.path } : { op: 'synced', ino: of?.ino ?? 0 })
    },
  }
  Object.assign(prototype, own)
  return opened
}

export const watchDisk = async (journal: string, without: readonly Without[]): Promise<void> => {
  const { note, hold } = noteTo(journal)
  const real = { ...fsp }
  const probe = await real.open(import.meta.filename, 'r')
  const opened = watchHandles(note, new Set(without), Object.getPrototypeOf(probe))
  await probe.close()
  Object.assign(fsp, {
    open: async (path: string, flags?: string, mode?: number) => {
      const isNew = flags?.startsWith('w') === true
      const handle = await real.open(path, flags, mode)
      const isDirectory = fstatSync(handle.fd).isDirectory()
      const ino = isDirectory ? 0 : hold(path)
      if (isNew) note({ op: 'name', path, ino })
      opened.set(handle, { path, ino, isDirectory })
      return handle
    },
    link: async (from: string, to: string) => {
      const ino = hold(from)
      // Noted before it is there: a kill in between leaves a note of nothing, not a name without a note.
      if (!existsSync(to)) note({ op: 'name', path: to, ino })
      return real.link(from, to)
    },
    rename: async (from: string, to: string) => {
      const ino = hold(from)
      note({ op: 'unname', path: from, ino })
      note({ op: 'name', path: to, ino })
      return real.rename(from, to)
    },
    unlink: async (path: string) => {
      if (existsSync(path)) note({ op: 'unname', path, ino: hold(path) })
      return real.unlink(path)
    },
    mkdir: async (path: string, options: { recursive: true; mode?: number }) => {
      for (let dir = path; !existsSync(dir); dir = dirname(dir)) note({ op: 'name', path: dir, ino: 0 })
      return real.mkdir(path, options)
    },
  })
  syncBuiltinESMExports()
}

const undoBytes = (journal: string, n: Extract<Note, { op: 'bytes' }>): void => {
  const fd = openSync(heldIn(journal, n.ino), 'r+')
  ftruncateSync(fd, n.size)
  const over = Buffer.from(n.over, 'base64')
  writeSync(fd, over, 0, over.length, n.at)
  closeSync(fd)
}

const undo = (journal: string, n: Note): void => {
  if (n.op === 'bytes') undoBytes(journal, n)
  if (n.op === 'name') rmSync(n.path, { recursive: true, force: true })
  if (n.op === 'unname' && !existsSync(n.path) && existsSync(dirname(n.path)))
    linkSync(heldIn(journal, n.ino), n.path)
}

/** A line that was cut off by the kill is of a change that had not begun. */
const readNotes = (journal: string): Note[] =>
  existsSync(journal)
    ? readFileSync(journal, 'utf8')
        .split('\n')
        .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Note] : []))
    : []

const isReachedBy = (sync: Note, earlier: Note): boolean =>
  (sync.op === 'synced' && earlier.op === 'bytes' && earlier.ino === sync.ino) ||
  (sync.op === 'names-synced' &&
    (earlier.op === 'name' || earlier.op === 'unname') &&
    dirname(earlier.path) === sync.path)

/** After the process has ended. Answers how many changes the disk lost. */
export const losePower = (journal: string): number => {
  let pending: Note[] = []
  for (const n of readNotes(journal)) {
    if (n.op === 'synced' || n.op === 'names-synced') pending = pending.filter((p) => !isReachedBy(n, p))
    else pending.push(n)
  }
  for (const n of pending.toReversed()) undo(journal, n)
  rmSync(journal, { force: true })
  rmSync(`${journal}.inodes`, { recursive: true, force: true })
  return pending.length
}
