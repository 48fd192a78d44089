import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromBase64, utf8 } from '../bytes.ts'
import { CHAIN_VERDICTS } from './finding.ts'
import { fingerprintOf, pointOf } from './device-key.ts'
import { parseChain, segmentsOf } from './record.ts'
import { piecesOf, sampleChain, sampleKey } from './sample-chain.ts'
import { type ChainInput, verifyChain } from './verify-chain.ts'

const Vectors = z.object({
  key: z.string(),
  cases: z.array(
    z.object({
      name: z.string(),
      file: z.string(),
      pieces: z.array(z.string()),
      vouched: z.boolean(),
      verdict: z.enum(CHAIN_VERDICTS),
      findings: z.array(z.unknown()),
      registered: z
        .object({
          session: z.string(),
          take: z.int(),
          begun: z.string().optional(),
          ended: z.string().optional(),
          medium: z.string().optional(),
          case: z.string().optional(),
          step: z.string().optional(),
          scene: z.string().optional(),
        })
        .transform(({ begun, ended, ...rest }) => ({ ...rest, begunAt: begun, endedAt: ended }))
        .optional(),
    }),
  ),
})
const vectors = Vectors.parse(
  JSON.parse(readFileSync(new URL('../../../../vectors/chain/chain.json', import.meta.url), 'utf8')),
)
const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array()
const SHARE = Array.from({ length: 5 }, (_, i) => new Uint8Array(20 + i).fill(i + 1))
const vouch = () => true
const verdictOf = (lines: readonly string[], pieces: ChainInput['pieces'], more: Partial<ChainInput> = {}) =>
  verifyChain({ file: utf8(lines.join('')), pieces, isVouched: vouch, ...more })

describe('the vectors, signed by openssl', () => {
  it.each(vectors.cases)('$name: $verdict', ({ file, pieces, vouched, verdict, findings, registered }) => {
    const said = verifyChain({
      file: utf8(file),
      pieces: piecesOf(pieces.map(bytesOf)),
      isVouched: (key) => vouched && key === fingerprintOf(vectors.key),
      ...(registered && { expects: registered }),
    })
    expect({ verdict: said.verdict, findings: said.findings }).toEqual({ verdict, findings })
  })

  it('hold every verdict there is', () => {
    expect(new Set(vectors.cases.map((c) => c.verdict))).toEqual(new Set(CHAIN_VERDICTS))
  })
})

describe('a chain', () => {
  const whole = sampleChain(SHARE)

  it('is sound when nothing was done to it, and says what it is', () => {
    const report = verifyChain({ file: whole.file, pieces: whole.pieces, isVouched: vouch })
    expect(report).toMatchObject({ verdict: 'ok', findings: [], records: 8, segments: 5, bytes: 110 })
    expect(report.close?.why).toBe('finished')
    expect(report.key).toBe(fingerprintOf(whole.key.spki))
  })

  it('is spliced when it is another run than was said', () => {
    const { session = '' } = verifyChain({ ...whole, isVouched: vouch }).open ?? {}
    expect(verdictOf(whole.lines, whole.pieces, { expects: { session, take: 1 } }).verdict).toBe('ok')
    expect(verdictOf(whole.lines, whole.pieces, { expects: { session, take: 2 } }).verdict).toBe('spliced')
  })

  it('signed anew as a whole with another key is nobody’s', () => {
    const forged = sampleChain(SHARE, { key: sampleKey('two') })
    const isVouched = (key: string) => key === fingerprintOf(whole.key.spki)
    expect(verifyChain({ ...forged, isVouched }).verdict).toBe('ingest-hash-only')
    expect(verifyChain({ ...whole, isVouched }).verdict).toBe('ok')
  })

  it('without its opening has no key, and nothing of it holds', () => {
    const { verdict, findings } = verdictOf(whole.lines.slice(1), whole.pieces)
    expect(verdict).toBe('altered')
    expect(findings).toContainEqual({ fault: 'gap', from: 0, to: 0, of: 'record' })
  })

  it('finds its segments again in their order, whatever the order of the lines', () => {
    const shuffled = utf8(whole.lines.toReversed().join(''))
    expect(segmentsOf(parseChain(shuffled)).map((s) => s.n)).toEqual([1, 3, 4, 5, 6])
  })

  it('is not taken from what is no text, and no key from what is none', () => {
    expect(verdictOf(['\n'], []).verdict).toBe('altered')
    expect(verifyChain({ file: Uint8Array.of(0xff), pieces: [], isVouched: vouch }).verdict).toBe('altered')
    expect(pointOf(whole.key.spki)).toHaveLength(65)
    expect(pointOf(`${whole.key.spki.slice(0, -4)}AAAA`)).toBeUndefined()
  })
})

describe('whatever is done to a chain', () => {
  const { lines, pieces } = sampleChain(SHARE)
  const place = fc.nat({ max: lines.length - 1 })

  it('one changed letter is found', () => {
    const text = lines.join('')
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('0', 'A', ' ', '}'), (at, letter) => {
        if (text[at] === letter) return
        const file = utf8(text.slice(0, at) + letter + text.slice(at + 1))
        expect(verifyChain({ file, pieces, isVouched: vouch }).verdict).not.toBe('ok')
      }),
      { numRuns: 150 },
    )
  })

  it('records left out, but for the last ones, leave a gap; the last ones leave no end', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 3 }), (from, more) => {
        const to = Math.min(from + more, lines.length - 1)
        const left = lines.filter((_, i) => i < from || i > to)
        if (left.length === 0 || from === 0) return
        const faults = verdictOf(left, pieces).findings.map((f) => f.fault)
        expect(faults).toContain(to === lines.length - 1 ? 'unterminated' : 'gap')
      }),
      { numRuns: 60 },
    )
  })

  it('any other order of its bytes is found', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...pieces], { minLength: pieces.length }), (order) => {
        const isSame = order.every((p, i) => p === pieces[i])
        expect(verdictOf(lines, order).verdict).toBe(isSame ? 'ok' : 'reordered')
      }),
      { numRuns: 30 },
    )
  })

  it('any other order of its records is found', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (order) => {
        const isSame = order.every((line, i) => line === lines[i])
        expect(verdictOf(order, pieces).verdict).toBe(isSame ? 'ok' : 'reordered')
      }),
      { numRuns: 30 },
    )
  })

  it('segments with the same bytes are no fault', () => {
    const same = Array.from({ length: 4 }, () => Uint8Array.of(7, 7))
    const chain = sampleChain(same)
    expect(verifyChain({ ...chain, isVouched: vouch }).verdict).toBe('ok')
    expect(verdictOf(chain.lines, chain.pieces.slice(1)).verdict).toBe('gap')
    expect(verdictOf(chain.lines, [...chain.pieces, ...chain.pieces.slice(1, 2)]).verdict).toBe('duplicated')
  })
})

describe('a clock that is set in small steps', () => {
  const pieces = Array.from({ length: 8 }, (_, i) => utf8(`piece ${i}`))
  const verdictOf = (drift: number) => {
    const { file, pieces: cut } = sampleChain(pieces, { drift })
    return verifyChain({ file, pieces: cut, isVouched: () => true }).verdict
  }
  it('is a clock that jumps, though no step is one', () => {
    expect(verdictOf(1_900)).toBe('clock-jump')
  })
  it('is not one that only goes a little wrong', () => {
    expect(verdictOf(100)).toBe('ok')
  })
})
