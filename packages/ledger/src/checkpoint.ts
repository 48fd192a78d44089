import { fromBase64, toBase64 } from './bytes.ts'
import { parseTreeSize } from './merkle.ts'

/** C2SP tlog-checkpoint: the body of the signed note. */
export type Checkpoint = Readonly<{
  /** Name of the log; one per installation. */
  origin: string
  size: number
  root: Uint8Array
  extensions?: readonly string[]
}>

/** Text to be signed, ending with a newline. */
export const formatCheckpoint = ({ origin, size, root, extensions = [] }: Checkpoint): string => {
  const text = `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`
  if (!parseCheckpoint(text)) throw new RangeError('not a checkpoint')
  return text
}

/** Strict; undefined for anything that formatCheckpoint does not write. */
export const parseCheckpoint = (text: string): Checkpoint | undefined => {
  if (!text.endsWith('\n')) return undefined
  const [origin = '', sizeText = '', rootText = '', ...extensions] = text.slice(0, -1).split('\n')
  const size = parseTreeSize(sizeText)
  const root = fromBase64(rootText)
  if (origin === '' || size === undefined || root?.length !== 32) return undefined
  if (extensions.includes('')) return undefined
  return { origin, size, root, ...(extensions.length > 0 && { extensions }) }
}
