import { describe, expect, it } from 'vitest'
import { fromBase64, utf8 } from '../bytes.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import { cosignEd25519, findCosignature, witnessKey } from '../cosignature.ts'
import { sha256 } from '../hashes.ts'
import { leafHash } from '../leaf.ts'
import { consistencyProof, treeRoot } from '../merkle.ts'
import { ed25519NoteKey, formatNote, noteKeyId, parseNote, signatureLine, signEd25519 } from '../note.ts'
import { formatAddCheckpoint, parseAddCheckpoint, readCosignature } from './add-checkpoint.ts'
import { compareCheckpoints, readSubmission, weighSubmission, type Seen } from './weigh-checkpoint.ts'

const ORIGIN = 'log.example/1'
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const LOG = ed25519NoteKey(ORIGIN, seed(1))
const WITNESS = witnessKey('w.example', ed25519NoteKey('w.example', seed(2)).key)

const leaves = (n: number, word = 'leaf'): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, utf8(`${word} ${i}`)))
const rootOf = (n: number, word?: string): Uint8Array => treeRoot(sha256, leaves(n, word))
const signed = (size: number, root: Uint8Array, key = seed(1), origin = ORIGIN): string => {
  const text = formatCheckpoint({ origin, size, root })
  return formatNote({ text, signatures: [signEd25519(origin, key, text)] })
}
const seen = (size: number): Seen => ({ size, root: rootOf(size) })
const request = (oldSize: number, size: number, checkpoint = signed(size, rootOf(size))): string =>
  formatAddCheckpoint({
    oldSize,
    proof: oldSize === 0 || oldSize > size ? [] : consistencyProof(sha256, leaves(size), oldSize),
    checkpoint,
  })

const status = (body: string | undefined, last?: Seen): number => {
  const read = readSubmission(body, [LOG])
  if ('status' in read) return read.status
  return weighSubmission(sha256, read, last)?.status ?? 200
}

// Request and answer as tlog-witness prints them.
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`

describe('cosignature (C2SP tlog-cosignature)', () => {
  const text = formatCheckpoint({ origin: ORIGIN, size: 3, root: rootOf(3) })
  const line = cosignEd25519('w.example', seed(2), { seconds: 1_679_315_147, text })

  it('holds for this text, this time and this witness, and no other', () => {
    expect(findCosignature({ text, signatures: [line] }, WITNESS)?.seconds).toBe(1_679_315_147)
    expect(findCosignature({ text: `${text}x\n`, signatures: [line] }, WITNESS)).toBeUndefined()
    const later = { ...line, signature: line.signature.with(7, line.signature[7]! ^ 1) }
    expect(findCosignature({ text, signatures: [later] }, WITNESS)).toBeUndefined()
    const other = witnessKey('w.example', ed25519NoteKey('w', seed(3)).key)
    expect(findCosignature({ text, signatures: [{ ...line, keyId: other.keyId }] }, other)).toBeUndefined()
  })

  it('is no signature of a log, and a signature of a log is none of a witness', () => {
    const asLog = { ...line, keyId: LOG.keyId, name: ORIGIN }
    const read = readSubmission(
      formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: formatNote({ text, signatures: [asLog] }) }),
      [LOG],
    )
    expect(read).toMatchObject({ status: 403 })
    const plain = { ...signEd25519('w.example', seed(2), text), keyId: WITNESS.keyId }
    expect(findCosignature({ text, signatures: [plain] }, WITNESS)).toBeUndefined()
  })

  it('is read from the example of the specification as 72 bytes with its time first', () => {
    const body =
      'jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=='
    const bytes = fromBase64(body)!
    expect(bytes.length).toBe(4 + 72)
    expect(new DataView(bytes.buffer).getBigUint64(4)).toBe(1_679_315_147n)
  })
})

describe('add-checkpoint (C2SP tlog-witness)', () => {
  it('reads the example of the specification and writes it back', () => {
    const read = parseAddCheckpoint(EXAMPLE)!
    expect(read).toMatchObject({ oldSize: 20_852_014 })
    expect(read.proof).toHaveLength(4)
    expect(parseNote(read.checkpoint)?.signatures).toHaveLength(2)
    expect(formatAddCheckpoint(read)).toBe(EXAMPLE)
    const name = 'example.com/behind-the-sofa'
    expect(readSubmission(EXAMPLE, [ed25519NoteKey(name, seed(1))])).toMatchObject({ status: 403 })
  })

  const good = signed(5, rootOf(5))
  const withLine = (checkpoint: string, line: string): string => checkpoint + line

  const TABLE: readonly (readonly [string, number, string | undefined, Seen?])[] = [
    ['the first checkpoint of a log', 200, request(0, 5)],
    ['one that grew', 200, request(5, 9), seen(5)],
    ['one that grew from a power of two', 200, request(8, 9), seen(8)],
    ['the same once more', 200, request(5, 5), seen(5)],
    ['the empty tree', 200, request(0, 0)],
    [
      'a line of a key that nobody knows beside the log’s',
      200,
      request(
        0,
        5,
        withLine(good, signatureLine({ name: 'x', keyId: noteKeyId('x', 255, seed(9)), signature: seed(9) })),
      ),
    ],
    ['bytes that are no text', 400, undefined],
    ['nothing', 400, ''],
    ['no old size', 400, request(0, 5).replace('old 0\n', '')],
    ['an old size with a zero before it', 400, request(5, 9).replace('old 5', 'old 05')],
    ['an old size beyond 2^53', 400, request(5, 9).replace('old 5', 'old 9007199254740993'), seen(5)],
    ['a hash of 31 bytes', 400, request(0, 5).replace('old 0\n', 'old 0\nAAAA\n')],
    [
      '64 hashes',
      400,
      formatAddCheckpoint({ oldSize: 5, proof: Array.from({ length: 64 }, () => seed(0)), checkpoint: good }),
      seen(5),
    ],
    ['a checkpoint without a signature', 400, request(0, 5, good.split('—')[0])],
    ['an old size above the new one', 400, request(9, 5), seen(9)],
    ['a log that nobody knows', 404, request(0, 5, signed(5, rootOf(5), seed(1), 'other.example/1'))],
    ['a signature by another key', 403, request(0, 5, signed(5, rootOf(5), seed(7)))],
    [
      'a bad line beside a good one of the same key',
      403,
      request(0, 5, withLine(good, signed(6, rootOf(6)).split('\n\n')[1]!)),
    ],
    ['an old size that is not where the witness is', 409, request(5, 9), seen(7)],
    ['an old size of a log that was never seen', 409, request(5, 9)],
    ['an old size of 0 for a log that was seen', 409, request(0, 9), seen(5)],
    ['another tree of the same size', 422, request(5, 5, signed(5, rootOf(5, 'other'))), seen(5)],
    [
      'a larger tree that does not hold the smaller one',
      422,
      request(5, 9, signed(9, rootOf(9, 'other'))),
      seen(5),
    ],
    [
      'a proof with a hash too many',
      422,
      request(5, 9).replace('old 5\n', `old 5\n${'A'.repeat(43)}=\n`),
      seen(5),
    ],
    ['a proof where none belongs', 422, request(0, 5).replace('old 0\n', `old 0\n${'A'.repeat(43)}=\n`)],
    ['another root of the empty tree', 422, request(0, 0, signed(0, seed(0)))],
  ]
  it.each(TABLE.map(([name, expected, body, last]) => ({ name, expected, body, last })))(
    'answers $name with $expected',
    ({ expected, body, last }) => expect(status(body, last)).toBe(expected),
  )

  it('says with 409 where the witness is', () => {
    const read = readSubmission(request(5, 9), [LOG])
    if ('status' in read) throw new Error('refused')
    expect(weighSubmission(sha256, read, seen(7))).toMatchObject({ status: 409, size: 7 })
  })

  it('takes from an answer the line of the witness that was asked', () => {
    const text = parseNote(good)!.text
    const line = signatureLine(cosignEd25519('w.example', seed(2), { seconds: 7, text }))
    const other = signatureLine(cosignEd25519('v.example', seed(3), { seconds: 7, text }))
    expect(readCosignature(good, other + line, WITNESS)).toEqual({ line, seconds: 7 })
    expect(readCosignature(good, other, WITNESS)).toBeUndefined()
    expect(readCosignature(good, 'hello', WITNESS)).toBeUndefined()
    expect(readCosignature(signed(6, rootOf(6)), line, WITNESS)).toBeUndefined()
  })
})

describe('two checkpoints of one log', () => {
  it.each([
    ['one tree', 'same', signed(5, rootOf(5)), signed(5, rootOf(5))],
    ['two roots for one size', 'split', signed(5, rootOf(5)), signed(5, rootOf(5, 'other'))],
    ['two sizes', 'undecided', signed(5, rootOf(5)), signed(9, rootOf(9, 'other'))],
    ['one by another key', 'unsigned', signed(5, rootOf(5)), signed(5, rootOf(5, 'other'), seed(7))],
    ['one of another log', 'unsigned', signed(5, rootOf(5)), signed(5, rootOf(5, 'other'), seed(1), 'b/1')],
  ])('%s: %s', (_, expected, a, b) => expect(compareCheckpoints(a, b, LOG)).toBe(expected))
})
