import { describe, expect, it } from 'vitest'
import { ed25519NoteKey, formatNote, signEd25519, type NoteKey } from '../note.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { parseReceipt } from '../receipt.ts'
import { formatKeyChange, parseKeyChange, readKeyChange, type KeyChange } from './change.ts'
import { followKeys, type PlacedChange } from './follow.ts'

const ORIGIN = 'log.example/1'
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const key = (n: number): NoteKey => ed25519NoteKey(ORIGIN, seed(n))
const at = '2026-03-02T01:00:00Z'
const rotation = (from: number, to: number): KeyChange => ({
  kind: 'rotation',
  origin: ORIGIN,
  at,
  from: key(from),
  to: key(to),
})
const revocation = (revoked: number, by: number): KeyChange => ({
  kind: 'revocation',
  origin: ORIGIN,
  at,
  key: key(revoked),
  by: key(by),
  since: '2026-03-01T00:00:00Z',
  size: 5,
})
const signedBy = (change: KeyChange, ...by: readonly number[]): string => {
  const text = formatKeyChange(change)
  return formatNote({ text, signatures: by.map((n) => signEd25519(ORIGIN, seed(n), text)) })
}

describe('a change of keys', () => {
  it.each([rotation(1, 2), revocation(1, 2)])(
    'is read as it was written, and is nothing else: $kind',
    (change) => {
      const text = formatKeyChange(change)
      expect(parseKeyChange(text)).toEqual(change)
      expect(parseCheckpoint(text)).toBeUndefined()
      expect(parseReceipt(text)).toBeUndefined()
    },
  )

  it('is read in no other way of writing', () => {
    const text = formatKeyChange(rotation(1, 2))
    const others = [
      text.slice(0, -1),
      `${text}at ${at}\n`,
      `${text}why not\n`,
      text.replace(at, '2026-03-02T09:00:00+08:00'),
      text.replace(`log ${ORIGIN}`, 'log other.example/1'),
      text.replace('rotation', 'revocation'),
      text.split('\n').toReversed().join('\n'),
    ]
    expect(others.map(parseKeyChange)).toEqual(others.map(() => undefined))
    expect(() => formatKeyChange(rotation(1, 1))).toThrow('not a change of keys')
    expect(() => formatKeyChange(revocation(1, 1))).toThrow('not a change of keys')
  })

  it('counts only under the signatures of everybody whom it concerns, and of nobody else', () => {
    const change = rotation(1, 2)
    expect(readKeyChange(signedBy(change, 1, 2))).toEqual(change)
    for (const by of [[1], [2], [1, 3], [1, 1], [1, 2, 3], []])
      expect(readKeyChange(signedBy(change, ...by))).toBeUndefined()
    expect(readKeyChange(signedBy(revocation(1, 2), 2))).toEqual(revocation(1, 2))
    expect(readKeyChange(signedBy(revocation(1, 2), 1))).toBeUndefined()
  })
})

describe('who follows the keys of a log', () => {
  const placed = (...changes: readonly KeyChange[]): PlacedChange[] =>
    changes.map((change, i) => ({ index: 10 * (i + 1), change }))
  const reached = (trusted: readonly number[], changes: readonly PlacedChange[]) => {
    const { known, revoked } = followKeys(trusted.map(key), changes, ORIGIN)
    return { known: known.map((k) => [k.key, k.via]), revoked: revoked.map((r) => r.key) }
  }

  it('comes from the named key to the present one, by the places in the log', () => {
    expect(reached([1], placed(rotation(1, 2), rotation(2, 3))).known).toEqual([
      [key(1), []],
      [key(2), [10]],
      [key(3), [10, 20]],
    ])
    expect(reached([2], placed(rotation(1, 2), rotation(2, 3))).known).toEqual([
      [key(2), []],
      [key(3), [20]],
    ])
  })

  it('does not follow whom nobody handed over to, nor what a key says after it handed over', () => {
    expect(reached([1], placed(rotation(4, 5))).known).toEqual([[key(1), []]])
    expect(reached([1], placed(rotation(1, 2), rotation(1, 5))).known.map(([k]) => k)).toEqual([
      key(1),
      key(2),
    ])
    const { known } = followKeys([key(1)], placed(rotation(1, 2)), 'log.example/2')
    expect(known).toEqual([])
  })

  it('hears a revocation from the present key alone, and nothing from the revoked one after it', () => {
    expect(reached([1], placed(rotation(1, 2), revocation(1, 2))).revoked).toEqual([key(1)])
    expect(reached([1], placed(rotation(1, 2), revocation(2, 1))).revoked).toEqual([])
    expect(reached([1, 2], placed(revocation(1, 2), rotation(1, 5)))).toEqual({
      known: [
        [key(1), []],
        [key(2), []],
      ],
      revoked: [key(1)],
    })
  })
})
