import { fromBase64, toBase64 } from './bytes.ts'
import { parseTreeSize } from './merkle.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 leaves needs no more. */
const MAX_HASHES = 63

/** C2SP tlog-proof: where an entry stands in the log, and the checkpoint that says so. */
export type TlogProof = Readonly<{
  index: number
  hashes: readonly Uint8Array[]
  /** The signed note, verbatim. */
  checkpoint: string
  /** Not authenticated by anything. */
  extra?: Uint8Array
}>

export const formatTlogProof = ({ index, hashes, checkpoint, extra }: TlogProof): string => {
  const head = [HEADER, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`]
  return `${[...head, ...hashes.map(toBase64)].join('\n')}\n\n${checkpoint}`
}

/** Strict; undefined for anything that formatTlogProof does not write. The checkpoint is returned unread. */
export const parseTlogProof = (text: string): TlogProof | undefined => {
  const at = text.indexOf('\n\n')
  if (at < 0) return undefined
  const [header, ...rest] = text.slice(0, at).split('\n')
  const hasExtra = rest[0]?.startsWith('extra ') ?? false
  const extra = hasExtra ? fromBase64(rest[0]?.slice(6) ?? '') : undefined
  const [indexLine = '', ...hashLines] = hasExtra ? rest.slice(1) : rest
  const index = indexLine.startsWith('index ') ? parseTreeSize(indexLine.slice(6)) : undefined
  const hashes = hashLines.map(fromBase64).filter((h) => h?.length === 32)
  const sound = header === HEADER && hashes.length === hashLines.length && hashes.length <= MAX_HASHES
  if (!sound || index === undefined || (hasExtra && !extra)) return undefined
  return {
    index,
    hashes: hashes.filter((h) => h !== undefined),
    checkpoint: text.slice(at + 2),
    ...(extra && { extra }),
  }
}
