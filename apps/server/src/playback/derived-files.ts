import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What is made of an original for those who look at it, under the original's digest. Nothing here is evidence: it is
 * made again when it is gone, no copy of it is kept, and whoever disposes of the original removes the folder.
 */
export type Derived = Readonly<{
  root: string
  /** Bytes that all of it may take. */
  most?: number
}>

const folderOf = ({ root }: Derived, sha256: string): string => join(root, sha256.slice(0, 2), sha256)
export const derivedPath = (d: Derived, sha256: string, name: string): string =>
  join(folderOf(d, sha256), name)

const isAbsent = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
const unlessAbsent = (error: unknown): undefined => {
  if (isAbsent(error)) return undefined
  throw error
}

/** Also says that somebody used it. */
export const readDerived = async (d: Derived, sha256: string, name: string): Promise<Buffer | undefined> => {
  const bytes = await readFile(derivedPath(d, sha256, name)).catch(unlessAbsent)
  if (bytes !== undefined) await utimes(folderOf(d, sha256), new Date(), new Date())
  return bytes
}

export const derivedSize = async (d: Derived, sha256: string, name: string): Promise<number | undefined> =>
  (await stat(derivedPath(d, sha256, name)).catch(unlessAbsent))?.size

/** `make` writes into a folder of its own and names what is to be kept; it appears whole or not at all. */
export const keepDerived = async (
  d: Derived,
  sha256: string,
  make: (folder: string) => Promise<readonly string[]>,
): Promise<void> => {
  const folder = folderOf(d, sha256)
  await mkdir(folder, { recursive: true })
  const making = await mkdtemp(join(folder, 'making-'))
  try {
    for (const name of await make(making)) await rename(join(making, name), join(folder, name))
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

export const writeInto = (folder: string, name: string, bytes: Buffer | string): Promise<void> =>
  writeFile(join(folder, name), bytes)

export const dropDerived = (d: Derived, sha256: string): Promise<void> =>
  rm(folderOf(d, sha256), { recursive: true, force: true })

const KEEP_MS = 30 * 24 * 3600_000
const MOST_BYTES = 50 * 1024 ** 3

type Held = Readonly<{ sha256: string; usedMs: number; bytes: number }>

const bytesIn = async (folder: string): Promise<number> => {
  let bytes = 0
  for (const name of (await readdir(folder, { recursive: true }).catch(unlessAbsent)) ?? []) {
    const found = await stat(join(folder, name)).catch(unlessAbsent)
    if (found?.isFile()) bytes += found.size
  }
  return bytes
}

const heldIn = async (d: Derived): Promise<Held[]> => {
  const held: Held[] = []
  for (const shelf of (await readdir(d.root).catch(unlessAbsent)) ?? [])
    for (const sha256 of (await readdir(join(d.root, shelf)).catch(unlessAbsent)) ?? []) {
      const found = await stat(folderOf(d, sha256)).catch(unlessAbsent)
      if (found) held.push({ sha256, usedMs: found.mtimeMs, bytes: await bytesIn(folderOf(d, sha256)) })
    }
  return held
}

/** What was looked at the longest ago goes first, until the rest fits; what was just made stays in any case. */
export const makeRoom = async (d: Derived, made: string): Promise<void> => {
  const held = await heldIn(d)
  let over = held.reduce((sum, h) => sum + h.bytes, 0) - (d.most ?? MOST_BYTES)
  for (const { sha256, bytes } of held.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (over <= 0) return
    if (sha256 === made) continue
    await dropDerived(d, sha256)
    over -= bytes
  }
}

/** Removes what nobody has looked at for thirty days; answers how many originals that was. */
export const sweepDerived = async (d: Derived, nowMs: number): Promise<number> => {
  const old = (await heldIn(d)).filter(({ usedMs }) => nowMs - usedMs >= KEEP_MS)
  for (const { sha256 } of old) await dropDerived(d, sha256)
  return old.length
}
