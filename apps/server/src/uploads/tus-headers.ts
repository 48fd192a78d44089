import { z } from 'zod'

/** Headers of tus 1.0.0, read strictly: whatever is not as the protocol says is absent or `malformed`. */

export type Malformed = Readonly<{ malformed: string }>
export const isMalformed = (x: unknown): x is Malformed =>
  typeof x === 'object' && x !== null && 'malformed' in x

const MAX_METADATA_BYTES = 4096
const MAX_METADATA_PAIRS = 16
const KEY = /^[\x21-\x2b\x2d-\x7e]{1,64}$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const decodePair = (pair: string): readonly [string, string] | undefined => {
  const [key = '', value = '', ...rest] = pair.trim().split(' ')
  if (!KEY.test(key) || !BASE64.test(value) || rest.length > 0) return undefined
  return [key, Buffer.from(value, 'base64').toString('utf8')]
}

/** `Upload-Metadata: key base64,key base64`; keys are unique. */
export const parseMetadata = (header: string | undefined): ReadonlyMap<string, string> | Malformed => {
  if (header === undefined || header === '') return new Map()
  if (Buffer.byteLength(header) > MAX_METADATA_BYTES) return { malformed: 'Upload-Metadata 超过 4 KiB。' }
  const pairs = header.split(',')
  if (pairs.length > MAX_METADATA_PAIRS) return { malformed: 'Upload-Metadata 超过 16 项。' }
  const decoded = pairs.map(decodePair)
  const known = decoded.filter((p) => p !== undefined)
  const map = new Map(known)
  return map.size === pairs.length
    ? map
    : { malformed: 'Upload-Metadata 格式不对：应为“键 base64”，键不重复。' }
}

const Whole = z.string().regex(/^(?:0|[1-9][0-9]{0,15})$/)

/** A count of bytes: decimal, no sign, no leading zero, a safe integer. */
export const parseBytes = (header: string | undefined): number | undefined => {
  const parsed = Whole.safeParse(header)
  const n = parsed.success ? Number(parsed.data) : Number.NaN
  return Number.isSafeInteger(n) ? n : undefined
}

export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1'] as const
export type Checksum = Readonly<{ algorithm: (typeof CHECKSUM_ALGORITHMS)[number]; hex: string }>

const DIGEST_BYTES = { sha256: 32, sha1: 20 } as const

/** `Upload-Checksum: sha256 base64`. */
export const parseChecksum = (header: string | undefined): Checksum | Malformed | undefined => {
  if (header === undefined) return undefined
  const [name, value = '', ...rest] = header.split(' ')
  const algorithm = CHECKSUM_ALGORITHMS.find((a) => a === name)
  if (algorithm === undefined || rest.length > 0 || !BASE64.test(value))
    return { malformed: `Upload-Checksum 只支持 ${CHECKSUM_ALGORITHMS.join('、')}。` }
  const digest = Buffer.from(value, 'base64')
  if (digest.length !== DIGEST_BYTES[algorithm]) return { malformed: 'Upload-Checksum 的长度不对。' }
  return { algorithm, hex: digest.toString('hex') }
}

export const MAX_PARTS = 64
export type Concat = Readonly<{ kind: 'partial' }> | Readonly<{ kind: 'final'; partIds: readonly string[] }>

const UUID_AT_END = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** `Upload-Concat: partial` or `final;url url`. Of an address only the id counts: the sender may know us by another host. */
export const parseConcat = (header: string | undefined): Concat | Malformed | undefined => {
  if (header === undefined) return undefined
  if (header === 'partial') return { kind: 'partial' }
  const urls = /^final;(.+)$/.exec(header)?.[1]?.trim().split(/ +/)
  if (urls === undefined) return { malformed: 'Upload-Concat 应为 partial，或者 final;地址 地址。' }
  if (urls.length > MAX_PARTS) return { malformed: `一个文件最多分 ${MAX_PARTS} 段上传。` }
  const partIds = urls.map((url) => UUID_AT_END.exec(url)?.[1]).filter((id) => id !== undefined)
  return partIds.length === urls.length && new Set(partIds).size === urls.length
    ? { kind: 'final', partIds }
    : { malformed: 'Upload-Concat 里的地址应是本服务器给出的分片地址，不重复。' }
}
