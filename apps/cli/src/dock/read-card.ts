import { lstat, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { ListedFile } from '@liuhen/domain/docking/events'

export type CardFile = ListedFile & Readonly<{ birthAt: string }>
export type Card = Readonly<{
  files: readonly CardFile[]
  /** Links and the like: nothing that a device makes, and never followed. */
  odd: readonly string[]
}>

/** Every file of a card, in the order of paths. A folder that cannot be read is an error, never an empty folder. */
export const readCard = async (root: string): Promise<Card> => {
  const files: CardFile[] = []
  const odd: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue
    const full = join(entry.parentPath, entry.name)
    const path = full.slice(join(root, sep).length).split(sep).join('/')
    if (!entry.isFile()) odd.push(path)
    else {
      const { size, mtime, birthtime } = await lstat(full)
      files.push({
        path,
        sizeBytes: size,
        modifiedAt: mtime.toISOString(),
        birthAt: birthtime.toISOString(),
      })
    }
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), odd }
}
