import { describe, expect, it } from 'vitest'
import { toBase64 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { sha256 } from './hashes.ts'
import { ed25519NoteKey, formatNote, signEd25519 } from './note.ts'
import { formatReceipt, parseReceipt, readReceipt, weighReceipt } from './receipt.ts'

const seed = new Uint8Array(32).fill(1)
const key = ed25519NoteKey('log.example/1', seed)
const leaf = (n: number): Uint8Array => sha256(Uint8Array.of(n))
const receipt = {
  origin: 'log.example/1',
  acceptedAt: '2026-03-02T09:00:00+08:00',
  mmdSeconds: 60,
  leafHashes: [leaf(1), leaf(2)],
}
const signed = (text: string): string => formatNote({ text, signatures: [signEd25519(key.name, seed, text)] })
const dueMs = Date.parse(receipt.acceptedAt) + 60_000

describe('receipt', () => {
  it('reads back what it wrote, under the key of its log alone', () => {
    expect(readReceipt(signed(formatReceipt(receipt)), key)).toEqual(receipt)
    expect(readReceipt(signed(formatReceipt({ ...receipt, origin: 'other/1' })), key)).toBeUndefined()
    expect(readReceipt(signed(formatReceipt(receipt)), ed25519NoteKey(key.name, leaf(9)))).toBeUndefined()
  })

  it('has one text, of which no byte can be changed', () => {
    const text = formatReceipt(receipt)
    const note = signed(text)
    for (let i = 0; i < text.length; i++) {
      const changed = `${note.slice(0, i)}${note[i] === 'B' ? 'C' : 'B'}${note.slice(i + 1)}`
      expect(readReceipt(changed, key)).toBeUndefined()
    }
  })

  // Signed by the same key, it must never pass for a checkpoint, whatever the log is called.
  it.each(['log.example/1', '5', toBase64(leaf(1))])('is no checkpoint of the log %s', (origin) => {
    expect(parseCheckpoint(formatReceipt({ ...receipt, origin }))).toBeUndefined()
  })

  it.each([
    ['no leaf', (t: string) => t.replace(/leaf [^]*$/, '')],
    ['a short leaf', (t: string) => t.replace(/leaf .*\n/, 'leaf AAAA\n')],
    ['another word', (t: string) => t.replace('mmd', 'max')],
    ['no time', (t: string) => t.replace(/accepted .*\n/, 'accepted now\n')],
    ['no time to keep', (t: string) => t.replace('mmd 60', 'mmd 0')],
    ['no end of line', (t: string) => t.slice(0, -1)],
  ])('is not read with %s', (_, change) => {
    expect(parseReceipt(change(formatReceipt(receipt)))).toBeUndefined()
  })

  it('is kept, pending, or broken when the time is over', () => {
    const both = (): boolean => true
    const one = (hash: Uint8Array): boolean => toBase64(hash) === toBase64(leaf(1))
    expect(weighReceipt(receipt, both, dueMs + 1)).toBe('kept')
    expect(weighReceipt(receipt, one, dueMs)).toBe('pending')
    expect(weighReceipt(receipt, one, dueMs + 1)).toBe('broken')
  })
})
