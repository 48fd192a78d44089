import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadEdge, edgeTiles, type Edge, type LogFile } from '@liuhen/ledger/edge'
import { TILE_WIDTH, tilePath, type ReadTile, type Tile } from '@liuhen/ledger/tiles'

export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Temporary file, fsync, rename, fsync of the folder: after it returns the bytes survive a loss of power. */
export const writeDurably = async (path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> => {
  const temporary = `${path}.tmp-${process.pid}`
  const handle = await open(temporary, 'w', mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** A new folder is durable once its parent is. */
export const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at))
}

/** Writes tiles and bundles below the log's folder. A full tile makes its partial ones superfluous. */
export const writeLogFiles = async (folder: string, files: readonly LogFile[]): Promise<void> => {
  for (const file of files) {
    const path = join(folder, file.path)
    await makeFolder(dirname(path))
    await writeDurably(path, file.bytes)
    if (file.tile.width === TILE_WIDTH) await rm(`${path}.p`, { recursive: true, force: true })
  }
}

const readOrNothing = (path: string): Promise<Uint8Array | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

export const readLogFile = (folder: string, path: string): Promise<Uint8Array | undefined> =>
  readOrNothing(join(folder, path))

/** The widest partial file of a tile, when one as wide as wanted is not there: it begins with the same hashes. */
const widerPartial = async (folder: string, tile: Tile): Promise<Uint8Array | undefined> => {
  const whole = tilePath({ ...tile, width: TILE_WIDTH })
  const names = await readdir(join(folder, `${whole}.p`)).catch(() => [])
  const widest = Math.max(0, ...names.filter((name) => /^\d{1,3}$/.test(name)).map(Number))
  return widest < tile.width ? undefined : readLogFile(folder, `${whole}.p/${widest}`)
}

/** Reads a tile of hashes; a partial one that was superseded is the beginning of a wider one. */
export const tileReader =
  (folder: string): ReadTile =>
  async (tile: Tile) => {
    const partial = await readLogFile(folder, tilePath(tile))
    if (partial !== undefined) return partial
    const full =
      (await readLogFile(folder, tilePath({ ...tile, width: TILE_WIDTH }))) ??
      (await widerPartial(folder, tile))
    if (full === undefined) throw new Error(`${tilePath(tile)} is missing`)
    return full.subarray(0, tile.width * 32)
  }

/** The right edge of a published size; undefined when the files do not give it. */
export const readEdge = async (folder: string, size: number): Promise<Edge | undefined> => {
  const files = new Map<string, Uint8Array>()
  for (const tile of edgeTiles(size)) {
    const bytes = await readLogFile(folder, tilePath(tile))
    if (bytes === undefined) return undefined
    files.set(tilePath(tile), bytes)
  }
  try {
    return loadEdge(size, files)
  } catch {
    return undefined
  }
}
