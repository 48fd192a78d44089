import { describe, expect, it } from 'vitest'
import vectors from '../../../vectors/ledger/checkpoint.json' with { type: 'json' }
import { fromHex, toHex, utf8 } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import {
  checkNote,
  ed25519NoteKey,
  formatNote,
  formatVkey,
  keyFingerprint,
  noteKey,
  noteKeyId,
  parseNote,
  parseVkey,
  signEd25519,
} from './note.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'

const seed = fromHex('01'.repeat(32))!
const key = ed25519NoteKey('log.example/1', seed)

describe('signed note (C2SP signed-note)', () => {
  it.each(vectors.notes)('judges $name', ({ vkey, note, expected }) => {
    const parsedKey = parseVkey(vkey)
    const parsed = parseNote(note)
    const verdict = !parsedKey || !parsed ? 'unreadable' : checkNote(parsed, parsedKey)
    expect(verdict).toBe(expected)
  })

  it.each(vectors.badVkeys)('refuses the key %j', (vkey) => expect(parseVkey(vkey)).toBeUndefined())

  it('reads a key whose base64 holds a plus sign', () => {
    for (let i = 0; i < 300; i++) {
      const some = ed25519NoteKey('log.example/1', sha(i))
      const vkey = formatVkey(some)
      expect(parseVkey(vkey)).toEqual(some)
    }
  })

  it('signs what it verifies, and refuses any change of text', () => {
    const text = formatCheckpoint({ origin: 'log.example/1', size: 3, root: new Uint8Array(32) })
    const note = formatNote({ text, signatures: [signEd25519('log.example/1', seed, text)] })
    const parsed = parseNote(note)!
    expect(checkNote(parsed, key)).toBe('verified')
    expect(checkNote({ ...parsed, text: text.replace('\n3\n', '\n4\n') }, key)).toBe('bad')
    expect(checkNote(parsed, ed25519NoteKey('log.example/1', sha(1)))).toBe('absent')
  })

  it('ignores lines of keys that it does not know, such as an SM2 line of type 0xff', () => {
    const text = 'log.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
    const sm2 = {
      name: key.name,
      keyId: noteKeyId(key.name, 0xff, utf8('liuhen/sm2')),
      signature: new Uint8Array(64),
    }
    const note = formatNote({ text, signatures: [sm2, signEd25519(key.name, seed, text)] })
    expect(checkNote(parseNote(note)!, key)).toBe('verified')
  })

  it('refuses a note when one of two lines by the same key is bad', () => {
    const text = 'a\n'
    const good = signEd25519(key.name, seed, text)
    const bad = signEd25519(key.name, seed, 'b\n')
    expect(checkNote({ text, signatures: [good, { ...good, signature: bad.signature }] }, key)).toBe('bad')
  })

  it('accepts no key of another kind as the key of a log', () => {
    const other = noteKey(key.name, 0x04, key.key)
    const { signature } = signEd25519(key.name, seed, 'a\n')
    expect(checkNote({ text: 'a\n', signatures: [{ ...other, signature }] }, other)).toBe('bad')
  })

  it('accepts no key of small order, under which one signature fits every text', () => {
    const identity = Uint8Array.of(1, ...new Uint8Array(31))
    const weak = noteKey(key.name, 0x01, identity)
    const signature = Uint8Array.of(...identity, ...new Uint8Array(32))
    expect(checkNote({ text: 'a\n', signatures: [{ ...weak, signature }] }, weak)).toBe('bad')
  })

  it('gives a fingerprint that depends on the key alone', () => {
    expect(keyFingerprint(ed25519NoteKey('other', seed))).toBe(keyFingerprint(key))
    expect(keyFingerprint(key)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('checkpoint (C2SP tlog-checkpoint)', () => {
  it.each(vectors.checkpoints)('reads $name', ({ text, size, root }) => {
    const checkpoint = parseCheckpoint(text)!
    expect(checkpoint.size).toBe(size)
    expect(toHex(checkpoint.root)).toBe(root)
    expect(formatCheckpoint(checkpoint)).toBe(text)
  })

  it.each(vectors.badCheckpoints)('refuses $name', ({ text }) =>
    expect(parseCheckpoint(text)).toBeUndefined(),
  )

  it('does not write what it could not read', () => {
    expect(() => formatCheckpoint({ origin: '', size: 0, root: new Uint8Array(32) })).toThrow(RangeError)
    expect(() => formatCheckpoint({ origin: 'a', size: -1, root: new Uint8Array(32) })).toThrow(RangeError)
  })
})

describe('proof file (C2SP tlog-proof)', () => {
  const proof = { index: 5, hashes: [sha(1), sha(2)], checkpoint: 'a\n6\nx\n\n— a AAAA\n' }

  it('has one text', () => {
    const text = formatTlogProof({ ...proof, extra: sha(3) })
    for (let i = 0; i < text.length; i++) {
      const changed = `${text.slice(0, i)}${text[i] === 'B' ? 'C' : 'B'}${text.slice(i + 1)}`
      const read = parseTlogProof(changed)
      if (read) expect(formatTlogProof(read)).toBe(changed)
    }
  })

  it('reads back what it wrote', () => {
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof)
    expect(parseTlogProof(formatTlogProof({ ...proof, extra: sha(3) }))).toEqual({ ...proof, extra: sha(3) })
    expect(parseTlogProof(formatTlogProof({ ...proof, hashes: [] }))).toEqual({ ...proof, hashes: [] })
  })

  it.each([
    ['another header', (s: string) => s.replace('@v1', '@v2')],
    ['a leading zero', (s: string) => s.replace('index 5', 'index 05')],
    ['no index', (s: string) => s.replace('index 5\n', '')],
    ['a short hash', (s: string) => s.replace('index 5\n', 'index 5\nAAAA\n')],
    ['no checkpoint', (s: string) => s.replace('\n\n', '\n')],
  ])('refuses %s', (_, change) => {
    const text = formatTlogProof({ ...proof, checkpoint: 'x' })
    expect(parseTlogProof(change(text))).toBeUndefined()
  })
})

function sha(n: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => (n * 31 + i * 17) & 0xff)
}
