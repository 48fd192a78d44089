import { p256 } from '@noble/curves/nist.js'
import { concat, fromHex, toBase64, toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { type ChainRecord, chainLine, linkOf, messageOf, type OpenRecord, recordBytes } from './record.ts'
import type { Piece } from './match-pieces.ts'

/** A key for examples and tests; devices make their own, which nobody can read. */
export const sampleKey = (seed: string) => {
  const secret = sha256(utf8(seed))
  const point = p256.getPublicKey(secret, false)
  const prefix = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200') ?? new Uint8Array()
  const spki = toBase64(concat(prefix, point))
  return { spki, sign: (message: Uint8Array) => p256.sign(message, secret, { lowS: false, prehash: true }) }
}
export type SampleKey = ReturnType<typeof sampleKey>

const STEP_MS = 3000
const BEGUN_MS = Date.UTC(2026, 2, 10, 2)

type Unlinked = Record<string, unknown> & Readonly<{ kind: ChainRecord['kind'] }>

/** Lines of a whole run over these bytes, a mark after the first. */
export const sampleChain = (
  pieces: readonly Uint8Array[],
  more: Partial<{
    chain: string
    session: string
    take: number
    key: SampleKey
    isOpenEnded: boolean
    drift: number
    about: OpenRecord['about']
  }> = {},
) => {
  const key = more.key ?? sampleKey('one')
  const chain = more.chain ?? '0190f3a0-0000-7000-8000-000000000001'
  const lines: string[] = []
  let link: string | undefined
  const add = (part: Unlinked): void => {
    const n = lines.length
    const ms = n * STEP_MS
    // Written here in the order of the schema; canonical JSON puts keys into theirs.
    const record = {
      v: 1,
      chain,
      n,
      wall: new Date(BEGUN_MS + ms + n * (more.drift ?? 0)).toISOString(),
      mono: ms,
      ...(link !== undefined && { prev: link }),
      ...part,
    } as unknown as ChainRecord
    const bytes = recordBytes(record)
    lines.push(chainLine(record, key.sign(messageOf(bytes))))
    link = linkOf(bytes)
  }
  add({
    kind: 'open',
    session: more.session ?? '0190f3a0-0000-7000-8000-00000000000a',
    take: more.take ?? 1,
    medium: 'video',
    mime: 'video/webm',
    key: key.spki,
    clock: 'real',
    officer: { id: 'p1', name: '李卫东' },
    ...(more.about && { about: more.about }),
  })
  pieces.forEach((p, i) => {
    add({ kind: 'segment', medium: 'video', bytes: p.length, sha256: toHex(sha256(p)) })
    if (i === 0) add({ kind: 'mark', atMs: STEP_MS, code: 'other' })
  })
  if (more.isOpenEnded !== true) {
    const bytes = pieces.reduce((sum, p) => sum + p.length, 0)
    add({ kind: 'close', segments: pieces.length, bytes, why: 'finished' })
  }
  return { lines, file: utf8(lines.join('')), pieces: piecesOf(pieces), key }
}

export const piecesOf = (pieces: readonly Uint8Array[]): readonly Piece[] =>
  pieces.map((p) => ({ sha256: toHex(sha256(p)), sizeBytes: p.length }))
