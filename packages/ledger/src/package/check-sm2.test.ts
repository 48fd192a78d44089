import { expect, it } from 'vitest'
import vectors from '../../../../vectors/ledger/sm2-note.json' with { type: 'json' }
import { utf8 } from '../bytes.ts'
import { ed25519NoteKey, formatVkey, parseVkey } from '../note.ts'
import { sm2NoteKey } from '../sm2-line.ts'
import { checkSm2 } from './check-sm2.ts'
import type { LogFinding } from './check-log.ts'
import * as at from './paths.ts'
import { purePrimitives } from './primitives.ts'

const key = parseVkey(vectors.vkey)!
const log = `log ${formatVkey(ed25519NoteKey(key.name, new Uint8Array(32).fill(7)))}\n`
const demand = `${log}sm2 ${vectors.vkey}\n`
const bent = vectors.note.replace('\n8\n', '\n9\n')
/** A point on the curve that did not sign: the base point of GB/T 32918.5. */
const G =
  '0432c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'
const stranger = formatVkey(sm2NoteKey(key.name, new Uint8Array(Buffer.from(G, 'hex'))))

const judge = (note: string, policy?: string, packaged?: string, unread?: string) => {
  const bytes = utf8(`${packaged}\n`)
  const files = new Map(packaged === undefined ? [] : [[at.SM2_KEY, { bytes, sizeBytes: 0, sha256: '' }]])
  const finding = { note } as LogFinding
  const o = { policy, primitives: purePrimitives, ...(unread !== undefined && { unread }) }
  return checkSm2({ files, items: [] }, finding, o).map((i) => i.result)
}

it('holds for whoever names the key, also when the package carries none', () => {
  expect(judge(vectors.note, demand, vectors.vkey)).toEqual(['PASS'])
  expect(judge(vectors.note, demand)).toEqual(['PASS'])
  expect(judge(vectors.note, `${demand}sm2 ${stranger}\n`)).toEqual(['PASS'])
})

it('fails where the line does not hold, or is not there though it is demanded', () => {
  expect(judge(bent, demand)).toEqual(['FAIL'])
  expect(judge(vectors.note, `${log}sm2 ${stranger}\n`, vectors.vkey)).toEqual(['FAIL'])
  expect(judge(bent, undefined, vectors.vkey)).toEqual(['FAIL'])
  expect(judge(vectors.note, log, stranger)).toEqual(['FAIL'])
  expect(judge(vectors.note, log, 'no key')).toEqual(['FAIL'])
})

const OTHER = 'other.example/1'
const other = `log ${formatVkey(ed25519NoteKey(OTHER, new Uint8Array(32).fill(8)))}\n`
const ofOther = `sm2 ${formatVkey(sm2NoteKey(OTHER, new Uint8Array(Buffer.from(G, 'hex'))))}\n`

it('is demanded of the log that it is named for, and of no other', () => {
  expect(judge(vectors.note, `${log}${other}${ofOther}`)).toEqual([])
  expect(judge(vectors.note, `${log}${other}${ofOther}`, vectors.vkey)).toEqual(['NOT CHECKED'])
  expect(judge(vectors.note, `${demand}${other}${ofOther}`)).toEqual(['PASS'])
})

it('is missed also by a host that cannot compute', () => {
  const missed = `${log}sm2 ${stranger}\n`
  expect(judge(vectors.note, missed, undefined, '没有大整数')).toEqual(['FAIL'])
  expect(judge(vectors.note, missed, vectors.vkey, '没有大整数')).toEqual(['FAIL'])
})

it('is told, and not counted, where nobody named the key or the host cannot compute', () => {
  expect(judge(vectors.note, undefined, vectors.vkey)).toEqual(['NOT CHECKED'])
  expect(judge(vectors.note, log, vectors.vkey)).toEqual(['NOT CHECKED'])
  expect(judge(vectors.note, demand, vectors.vkey, '没有大整数')).toEqual(['NOT CHECKED'])
  expect(judge(vectors.note, log)).toEqual([])
})
