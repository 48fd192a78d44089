import { expect, it } from 'vitest'
import vectors from '../../../vectors/ledger/sm2-note.json' with { type: 'json' }
import { pureHashes } from './hashes.ts'
import { checkNote, ed25519NoteKey, formatNote, formatVkey, parseNote, parseVkey, type Note } from './note.ts'
import { checkSm2Line, isSm2Key, sm2NoteKey } from './sm2-line.ts'

const note: Note = parseNote(vectors.note)!
const key = parseVkey(vectors.vkey)!

it('holds as openssl signed it, under the key that openssl made', () => {
  expect(isSm2Key(key)).toBe(true)
  expect(formatVkey(sm2NoteKey(key.name, key.key.slice(-65)))).toBe(vectors.vkey)
  expect(checkSm2Line(note, key, pureHashes)).toBe('verified')
})

it('does not hold for another text, another signature, or beside a bad one', () => {
  const [line] = note.signatures
  const bent = { ...line!, signature: line!.signature.with(20, line!.signature[20]! ^ 1) }
  const other = { ...note, text: note.text.replace('\n8\n', '\n9\n') }
  expect(checkSm2Line(other, key, pureHashes)).toBe('bad')
  expect(checkSm2Line({ ...note, signatures: [bent] }, key, pureHashes)).toBe('bad')
  expect(checkSm2Line({ ...note, signatures: [line!, bent] }, key, pureHashes)).toBe('bad')
  const empty = { ...line!, signature: new Uint8Array(1) }
  expect(checkSm2Line({ ...note, signatures: [empty] }, key, pureHashes)).toBe('bad')
})

it('is nothing to an Ed25519 key, nor such a one to it', () => {
  const ed25519 = ed25519NoteKey(key.name, new Uint8Array(32).fill(3))
  expect(checkNote(note, ed25519)).toBe('absent')
  expect(isSm2Key(ed25519)).toBe(false)
  expect(checkNote(note, key)).toBe('bad')
  expect(checkSm2Line(note, sm2NoteKey('log.example/2', key.key.slice(-65)), pureHashes)).toBe('absent')
  expect(() => sm2NoteKey(key.name, new Uint8Array(64))).toThrow('65 bytes')
  expect(parseNote(formatNote(note))).toEqual(note)
})
