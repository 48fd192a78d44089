import { decodeBundle, TILE_WIDTH, tilePath } from './tiles.ts'

/** The files of a published log, by their paths below its prefix. */
export type LogFiles = Readonly<{
  size: number
  read: (path: string) => Promise<Uint8Array | undefined>
}>

/** Entries that follow one another; `index` is that of the first. */
export type Bundle = Readonly<{ index: number; entries: readonly Uint8Array[] }>

/** The entries of a log from `start` on, bundle by bundle. Ends before the first bundle that is not there or not whole. */
export async function* bundlesFrom({ size, read }: LogFiles, start = 0): AsyncGenerator<Bundle> {
  for (let at = start - (start % TILE_WIDTH); at < size; at += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - at)
    const bytes = await read(tilePath({ level: 'entries', index: at / TILE_WIDTH, width }))
    const entries = bytes && decodeBundle(bytes)
    if (entries?.length !== width) return
    const before = Math.max(0, start - at)
    yield { index: at + before, entries: entries.slice(before) }
  }
}
