import {
  type ChainRecord,
  type CloseRecord,
  chainLine,
  linkOf,
  type MarkRecord,
  messageOf,
  type OpenRecord,
  recordBytes,
  type SegmentRecord,
} from './record.ts'

/** Where a run stands: what its next record needs to know. */
export type ChainTail = Readonly<{
  chain: string
  /** Of the last record, and its link. */
  n: number
  link: string
  segments: number
  bytes: number
}>

type Own = 'v' | 'chain' | 'n' | 'prev'
/** What a device says; its place in the chain is added here. */
export type ChainPart =
  | Omit<OpenRecord, Own>
  | Omit<SegmentRecord, Own>
  | Omit<MarkRecord, Own>
  | Omit<CloseRecord, Own | 'segments' | 'bytes'>

export type Sign = (message: Uint8Array) => Promise<Uint8Array>

const place = (at: ChainTail | Readonly<{ chain: string }>, part: ChainPart): ChainRecord => {
  const v = 1 as const
  if (part.kind === 'open') {
    if ('link' in at) throw new Error('a run is opened once')
    return { v, chain: at.chain, n: 0, ...part }
  }
  if (!('link' in at)) throw new Error('a run begins with its opening')
  const own = { v, chain: at.chain, n: at.n + 1, prev: at.link }
  return part.kind === 'close'
    ? { ...own, ...part, segments: at.segments, bytes: at.bytes }
    : { ...own, ...part }
}

/** The next line of a run, and where the run then stands. */
export const sealRecord = async (
  at: ChainTail | Readonly<{ chain: string }>,
  part: ChainPart,
  sign: Sign,
): Promise<Readonly<{ line: string; tail: ChainTail }>> => {
  const record = place(at, part)
  const bytes = recordBytes(record)
  const line = chainLine(record, await sign(messageOf(bytes)))
  const before = 'link' in at ? at : { segments: 0, bytes: 0 }
  const added = record.kind === 'segment' ? { segments: 1, bytes: record.bytes } : { segments: 0, bytes: 0 }
  const tail: ChainTail = {
    chain: at.chain,
    n: record.n,
    link: linkOf(bytes),
    segments: before.segments + added.segments,
    bytes: before.bytes + added.bytes,
  }
  return { line, tail }
}
