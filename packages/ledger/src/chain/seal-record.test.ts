import { expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { piecesOf, sampleKey } from './sample-chain.ts'
import { type ChainPart, type ChainTail, sealRecord } from './seal-record.ts'
import { verifyChain } from './verify-chain.ts'

const CHAIN = '0190f3a0-0000-7000-8000-000000000001'
const key = sampleKey('phone')
const sign = (message: Uint8Array) => Promise.resolve(key.sign(message))
const wall = (ms: number) => new Date(Date.UTC(2026, 2, 10) + ms).toISOString()

const open: ChainPart = {
  kind: 'open',
  wall: wall(0),
  mono: 0,
  session: CHAIN,
  take: 1,
  medium: 'audio',
  mime: 'audio/webm',
  key: key.spki,
  clock: 'real',
  officer: { id: 'p1', name: '李卫东' },
}

it('makes runs that verify: opening, segments, marks, closing', async () => {
  const bytes = [Uint8Array.of(1, 2), Uint8Array.of(3)]
  const parts: ChainPart[] = [
    open,
    ...bytes.map((b, i) => ({
      kind: 'segment' as const,
      wall: wall(3000 * i),
      mono: 3000 * i,
      medium: 'audio' as const,
      bytes: b.length,
      sha256: toHex(sha256(b)),
    })),
    { kind: 'mark', wall: wall(4000), mono: 4000, atMs: 4000, code: 'other' },
    { kind: 'close', wall: wall(9000), why: 'interrupted', cause: 'other' },
  ]
  let at: ChainTail | Readonly<{ chain: string }> = { chain: CHAIN }
  let file = ''
  for (const part of parts) {
    const sealed = await sealRecord(at, part, sign)
    file += sealed.line
    at = sealed.tail
  }
  expect(at).toMatchObject({ n: 4, segments: 2, bytes: 3 })
  const report = verifyChain({ file: utf8(file), pieces: piecesOf(bytes), isVouched: () => true })
  expect(report).toMatchObject({ verdict: 'ok', findings: [], close: { segments: 2, bytes: 3 } })
})

it('opens a run once, and nothing comes before its opening', async () => {
  const { tail } = await sealRecord({ chain: CHAIN }, open, sign)
  await expect(sealRecord(tail, open, sign)).rejects.toThrow('once')
  const close: ChainPart = { kind: 'close', wall: wall(0), why: 'finished' }
  await expect(sealRecord({ chain: CHAIN }, close, sign)).rejects.toThrow('opening')
})
