import { link, mkdir, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * The order that makes bytes durable: temp file with O_EXCL → write → fsync → link(2), which never overwrites →
 * fsync of the directories → only then an acknowledgement. After a failed fsync the kernel may have dropped the
 * pages: the file is lost and a new one is written; fsync is never tried again on the same descriptor.
 */
export const syncDirectory = async (path: string): Promise<void> => {
  const dir = await open(path, 'r')
  try {
    await dir.sync()
  } finally {
    await dir.close()
  }
}

/** Directories whose way down from the root this process has synced; nobody removes a directory. */
const reachable = new Set<string>()

/**
 * Makes missing directories and syncs each parent that got a new entry. One that is there may be another's, not synced
 * yet: each is synced once by each process, whoever made it.
 */
export const makeDurableDirectory = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o750 })
  const unsure: string[] = []
  for (let dir = path; !reachable.has(dir) && dirname(dir) !== dir; dir = dirname(dir)) unsure.push(dir)
  for (const dir of unsure.toReversed()) {
    await syncDirectory(dirname(dir)).catch((e: unknown) => {
      // Above what is ours there may be directories that we may pass but not open.
      if (!hasCode(e, 'EACCES')) throw e
    })
    reachable.add(dir)
  }
}

const hasCode = (e: unknown, code: string) => e instanceof Error && 'code' in e && e.code === code

export const isMissing = (e: unknown): boolean => hasCode(e, 'ENOENT')
export const isPresent = (e: unknown): boolean => hasCode(e, 'EEXIST')

/** True when the name is new, false when it was there already; durable in both cases. */
export const linkDurably = async (from: string, to: string): Promise<boolean> => {
  await makeDurableDirectory(dirname(to))
  const isNew = await link(from, to).then(
    () => true,
    (e: unknown) => {
      if (isPresent(e)) return false
      throw e
    },
  )
  await syncDirectory(dirname(to))
  return isNew
}

export const removeIfThere = async (path: string): Promise<void> => {
  await unlink(path).catch((e: unknown) => {
    if (!isMissing(e)) throw e
  })
}

/** A new, empty file whose name survives a crash. */
export const createDurably = async (path: string): Promise<void> => {
  await makeDurableDirectory(dirname(path))
  const file = await open(path, 'wx', 0o640)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await syncDirectory(dirname(path))
}
