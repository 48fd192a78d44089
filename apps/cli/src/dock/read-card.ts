import { lstat, readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { ListedFile } from '@liuhen/domain/docking/events'

export type CardFile = ListedFile & Readonly<{ birthAt: string }>
export type Card = Readonly<{
  files: readonly CardFile[]
  /** Links and the like: nothing that a device makes, and never followed. */
  odd: readonly string[]
  /** There, and cannot be looked at; the others are taken in all the same. */
  unreadable: readonly string[]
}>

const look = async (full: string, path: string): Promise<CardFile | undefined> => {
  const found = await lstat(full).catch(() => undefined)
  return (
    found && {
      path,
      sizeBytes: found.size,
      modifiedAt: found.mtime.toISOString(),
      birthAt: found.birthtime.toISOString(),
    }
  )
}

/** Every file of a card, in the order of paths. A folder that cannot be read is an error, never an empty folder. */
export const readCard = async (folder: string): Promise<Card> => {
  const root = resolve(folder)
  const card = { files: [] as CardFile[], odd: [] as string[], unreadable: [] as string[] }
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue
    const full = join(entry.parentPath, entry.name)
    const path = relative(root, full).split(sep).join('/')
    const file = entry.isFile() ? await look(full, path) : undefined
    if (file !== undefined) card.files.push(file)
    else (entry.isFile() ? card.unreadable : card.odd).push(path)
  }
  return { ...card, files: card.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}
