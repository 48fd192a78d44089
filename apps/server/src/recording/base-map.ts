import { readFile, stat } from 'node:fs/promises'

/** More than this no browser draws as one sheet; a province's roads belong in tiles. */
const MOST_BYTES = 20 * 1024 ** 2

/**
 * The operator's own map, as it lies there. None is shipped: maps of China that are shown in public carry a number of
 * review (审图号), and only who holds a reviewed map may put it here.
 */
export const readBaseMap = async (path: string | undefined): Promise<{ map?: unknown }> => {
  if (path === undefined) return {}
  const { size } = await stat(path)
  if (size > MOST_BYTES) throw new Error(`the base map ${path} has more than ${MOST_BYTES} bytes`)
  return { map: JSON.parse(await readFile(path, 'utf8')) }
}
