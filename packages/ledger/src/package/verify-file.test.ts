import { describe, expect, it } from 'vitest'
import { decodeUtf8, fromBase64, toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import { pureHashes } from '../hashes.ts'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519 } from '../note.ts'
import { consistencyProof, treeRoot } from '../merkle.ts'
import { parseTlogProof } from '../tlog-proof.ts'
import * as at from './paths.ts'
import { samplePackage, sampleWitness, type SampleOptions } from './sample-package.ts'
import { verifyFile, type FileAnswer, type FileInput, type FileReport } from './verify-file.ts'

const WITNESS = new Uint8Array(32).fill(9)
const none = (): Promise<undefined> => Promise.resolve(undefined)

/** What the keeper of the sample log would answer to whoever holds its one paper. */
const answerOf = (options: SampleOptions = {}) => {
  const { files, vkey, firstVkey, policy } = samplePackage(pureHashes, options)
  const text = (path: string): string => decodeUtf8(files.get(path)!) ?? ''
  const base = [...files.keys()]
    .find((path) => path.endsWith('.entry') && text(path).includes('"DocumentRendered"'))!
    .replace(/\.entry$/, '')
  const stamp = [...files.keys()].filter((path) => path.endsWith('.tsr'))
  const answer: FileAnswer = {
    log: {
      vkey,
      checkpoint: text(at.CHECKPOINT),
      witnesses: options.witnessSeed
        ? [{ name: 'w', vkey: formatVkey(sampleWitness(options.witnessSeed)) }]
        : [],
      stampers: [],
      ...(options.keys && { keys: text(at.KEYS) }),
    },
    file: {
      found: true,
      title: '行政处罚决定书',
      proof: text(`${base}.tlog-proof`),
      record: {
        entry: text(`${base}.entry`),
        payload: text(`${base}.public.json`),
        salt: toBase64(files.get(`${base}.public.salt`)!),
      },
    },
  }
  const pdf = [...files].find(([path]) => path.endsWith('.pdf'))![1]
  expect(stamp).toEqual([])
  return { answer, sha256: toHex(pureHashes.sha256(pdf)), vkey, firstVkey, policy }
}

const sample = answerOf()
const verify = (over: Partial<FileInput> = {}): Promise<FileReport> =>
  verifyFile({ sha256: sample.sha256, answer: sample.answer, consistency: none, ...over })
const changed = (change: (file: NonNullable<FileAnswer['file']>, log: FileAnswer['log']) => unknown) => {
  const copy = structuredClone(sample.answer)
  change(copy.file!, copy.log)
  return copy
}
const failed = ({ items }: FileReport) => items.filter((i) => i.result === 'FAIL').map((i) => i.check)

describe('a file that somebody holds', () => {
  it('is shown to be in the log by its own digest and the published key', async () => {
    const report = await verify({ policy: sample.policy })
    expect(failed(report)).toEqual([])
    expect(report).toMatchObject({
      verdict: 'PASS',
      keys: 'TRUSTED',
      anchoring: 'UNANCHORED',
      event: { kind: 'document', recordedAt: '2026-03-02T01:03:00Z' },
      said: { title: '行政处罚决定书' },
    })
  })

  it('is checked with the key that the site gives where the reader has none, and that is said', async () => {
    const report = await verify()
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
    const key = report.items.find((i) => i.check === 'log-key')
    expect([key?.result, key?.detail]).toEqual(['NOT CHECKED', expect.stringContaining(report.fingerprint)])
  })

  it('counts witnesses', async () => {
    const { answer, sha256 } = answerOf({ witnessSeed: WITNESS })
    expect(await verifyFile({ sha256, answer, consistency: none })).toMatchObject({
      verdict: 'PASS',
      anchoring: 'WITNESSED',
      witnesses: { confirmed: 1, named: 1 },
    })
  })

  it('is followed from a former key, and from none that never handed over', async () => {
    const { answer, sha256, firstVkey } = answerOf({ keys: {} })
    const under = (policy: string) => verifyFile({ sha256, answer, policy, consistency: none })
    expect(await under(`log ${firstVkey}`)).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
    const { keys: _, ...log } = answer.log
    const without = { ...answer, log }
    expect(
      await verifyFile({ sha256, answer: without, policy: `log ${firstVkey}`, consistency: none }),
    ).toMatchObject({ verdict: 'FAIL' })
    const other = ed25519NoteKey(firstVkey.split('+')[0]!, new Uint8Array(32).fill(8))
    expect(await under(`log ${formatVkey(other)}`)).toMatchObject({ verdict: 'FAIL', keys: 'NOT CHECKED' })
  })
})

describe('nothing passes', () => {
  it.each([
    ['no answer', undefined],
    ['an answer that is none', { found: true }],
    ['an answer about the log alone', { log: sample.answer.log }],
    ['a file that is not under a checkpoint yet', changed((f) => delete f.proof)],
    ['a file without its record', changed((f) => delete f.record)],
  ])('by %s', async (_, answer) => {
    expect(await verify({ answer })).toMatchObject({ verdict: 'NOT CHECKED', why: expect.any(String) })
  })

  it('by what the keeper says is not there', async () => {
    expect(await verify({ answer: changed((f) => (f.found = false)) })).toMatchObject({ verdict: 'ABSENT' })
  })

  const another = (text: string): string => text.replace(/[a-f]/, (c) => (c === 'a' ? 'b' : 'a'))
  const at32 = (text: string, line: number): string => {
    const lines = text.split('\n')
    const bytes = fromBase64(lines[line]!)!
    return lines.with(line, toBase64(bytes.with(3, bytes[3]! ^ 1))).join('\n')
  }
  it.each([
    ['another file', 'blob', { sha256: 'ab'.repeat(32) }],
    ['a hash of the proof', 'entry', { answer: changed((f) => (f.proof = at32(f.proof!, 2))) }],
    [
      'another index',
      'entry',
      { answer: changed((f) => (f.proof = f.proof!.replace(/index \d+/, 'index 1'))) },
    ],
    ['no proof at all', 'checkpoint', { answer: changed((f) => (f.proof = 'x')) }],
    [
      'another entry',
      'entry',
      { answer: changed((f) => (f.record!.entry = f.record!.entry.replace('2026', '2025'))) },
    ],
    ['no entry', 'entry', { answer: changed((f) => (f.record!.entry = '{}')) }],
    [
      'another salt',
      'commitment-sha256',
      { answer: changed((f) => (f.record!.salt = toBase64(new Uint8Array(32)))) },
    ],
    [
      'another payload',
      'commitment-sha256',
      { answer: changed((f) => (f.record!.payload = another(f.record!.payload))) },
    ],
    [
      'a signature',
      'checkpoint',
      {
        answer: changed(
          (f) =>
            (f.proof = f.proof!.replace(
              /(— \S+ .{20})./,
              (m, head: string) => `${head}${m.endsWith('A') ? 'B' : 'A'}`,
            )),
        ),
      },
    ],
    [
      'a key of another',
      'checkpoint',
      {
        answer: changed(
          (_f, log) => (log.vkey = formatVkey(ed25519NoteKey(log.vkey.split('+')[0]!, WITNESS))),
        ),
      },
    ],
    ['a policy that cannot be read', 'policy', { policy: 'log x' }],
  ] as const)('when it is %s', async (_, check, over) => {
    const report = await verify(over)
    expect(report.verdict).toBe('FAIL')
    expect(failed(report)).toContain(check)
  })

  it('when the payload says so and the leaf does not, whoever made it anew', async () => {
    const forged = changed((f) => {
      const value = JSON.parse(f.record!.payload) as { blob: object }
      f.record!.payload = decodeUtf8(
        canonicalBytes({ ...value, blob: { ...value.blob, sha256: 'ab'.repeat(32) } }),
      )!
    })
    expect(await verify({ answer: forged, sha256: 'ab'.repeat(32) })).toMatchObject({ verdict: 'FAIL' })
  })
})

describe('the square of a paper', () => {
  const ORIGIN = sample.vkey.split('+')[0]!
  const SEED = new Uint8Array(32).fill(7)
  const leaves = Array.from({ length: 12 }, (_, i) => pureHashes.sha256(utf8(`leaf ${i}`)))
  const note = (count: number, by = SEED, of = leaves, origin = ORIGIN): string => {
    const text = formatCheckpoint({
      origin,
      size: count,
      root: treeRoot(pureHashes.sha256, of.slice(0, count)),
    })
    return formatNote({ text, signatures: [signEd25519(origin, by, text)] })
  }
  const consistency: FileInput['consistency'] = (from, to) =>
    Promise.resolve(consistencyProof(pureHashes.sha256, leaves.slice(0, to), from))
  const square = (held: string, id = 'd1'): string =>
    `liuhen.document.v1\nhttps://portal.example/check#${id}\n走街罚决〔2026〕3号\n\n${held.trimEnd()}`
  const log = { vkey: sample.vkey, witnesses: [], stampers: [] }
  const look = (text: string, over: Partial<FileInput> = {}, newest = note(12)) =>
    verifyFile({ answer: { log: { ...log, checkpoint: newest } }, square: text, consistency, ...over })

  it('shows that the log goes on from it', async () => {
    expect(await look(square(note(5)))).toMatchObject({ verdict: 'PASS', isKeyOnPaper: true })
    expect(await verify()).toMatchObject({ isKeyOnPaper: false })
    expect(await look(note(5))).toMatchObject({ verdict: 'PASS' })
    expect(await look(square(note(12)))).toMatchObject({ verdict: 'PASS' })
  })

  it('shows a log that was rewritten, cut, or is signed by another', async () => {
    const others = leaves.with(2, pureHashes.sha256(utf8('other')))
    expect(await look(square(note(5, SEED, others)))).toMatchObject({ verdict: 'FAIL' })
    expect(await look(square(note(12, SEED, others)))).toMatchObject({ verdict: 'FAIL' })
    expect(await look(square(note(12)), {}, note(9))).toMatchObject({ verdict: 'FAIL' })
    expect(await look(square(note(5, WITNESS)))).toMatchObject({ verdict: 'FAIL', isKeyOnPaper: false })
    const wrong = () => Promise.resolve([new Uint8Array(32)])
    expect(await look(square(note(5)), { consistency: wrong })).toMatchObject({ verdict: 'FAIL' })
  })

  it('does not pass where nothing was compared', async () => {
    for (const text of [
      'liuhen.document.v1\nd1',
      square(note(5, SEED, leaves, 'other.example/log')),
      'hello',
    ])
      expect(await look(text)).toMatchObject({ verdict: 'NOT CHECKED', why: 'square' })
    expect(await look(square(note(5)), { consistency: none })).toMatchObject({ verdict: 'NOT CHECKED' })
    expect(await look(square(note(5)), {}, note(12, WITNESS))).toMatchObject({ verdict: 'FAIL' })
  })

  it('withholds the verdict on a file too where the square bears a checkpoint and the log was not compared with it', async () => {
    const held = square(note(5))
    const under = square(note(5, SEED, leaves, 'liuhen.example/enforcement/0'))
    const torn = square(note(5)).slice(0, -30)
    for (const [text, says] of [
      [held, '没有给出日志前 5 条'],
      [under, '换名也可能是为了掩盖改写'],
      [torn, '没有读到检查点'],
    ] as const) {
      const report = await verify({ square: text, policy: sample.policy })
      expect([text, report]).toMatchObject([text, { verdict: 'NOT CHECKED', why: 'square' }])
      expect(report.items.find((i) => i.check === 'square')?.detail).toContain(says)
    }
  })

  it('that never bore a checkpoint is compared by the paper alone, and left open', async () => {
    const [early = ''] = square(note(5)).split('\n\n')
    const report = await verify({ square: early })
    expect(report.verdict).toBe('PASS')
    expect(report.items.filter((i) => i.check.startsWith('square')).map((i) => [i.check, i.result])).toEqual([
      ['square', 'NOT CHECKED'],
      ['square-paper', 'PASS'],
    ])
    expect(await verify({ square: early.replace('#d1', '#d2') })).toMatchObject({ verdict: 'FAIL' })
  })

  it('is looked at also where the keeper does not find the file', async () => {
    const absent = { log: { ...log, checkpoint: note(12) }, file: { found: false } }
    const ask = (text: string) => verify({ answer: absent, square: text, consistency })
    const report = await ask(square(note(5)))
    expect(report).toMatchObject({ verdict: 'ABSENT', onPaper: '走街罚决〔2026〕3号' })
    expect(report.items.find((i) => i.check === 'square')?.result).toBe('PASS')
    expect((await ask('hello')).items.find((i) => i.check === 'square')?.result).toBe('NOT CHECKED')
    const others = leaves.with(2, pureHashes.sha256(utf8('other')))
    expect(await ask(square(note(5, SEED, others)))).toMatchObject({ verdict: 'FAIL' })
  })

  it('names the paper that it stands on', async () => {
    const { checkpoint } = parseTlogProof(sample.answer.file!.proof!)!
    expect(await verify({ square: square(checkpoint) })).toMatchObject({ verdict: 'PASS' })
    const other = await verify({ square: square(checkpoint, 'd2') })
    expect([other.verdict, failed(other)]).toEqual(['FAIL', ['square-paper']])
  })

  it('under a former key is known by the rotation', async () => {
    const { answer, sha256 } = answerOf({ keys: {} })
    const { checkpoint } = parseTlogProof(answer.file!.proof!)!
    const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1)
    const old = formatNote({ text, signatures: [signEd25519(ORIGIN, SEED, text)] })
    expect(await verifyFile({ sha256, answer, square: old, consistency: none })).toMatchObject({
      verdict: 'PASS',
    })
    // The paper vouches for the key that came after, unless the one that signed it was taken back.
    const taken = answerOf({ keys: { revoked: { since: '2026-03-02T00:00:00Z', size: 3 } } })
    const at = parseTlogProof(taken.answer.file!.proof!)!.checkpoint
    const body = at.slice(0, at.indexOf('\n\n') + 1)
    const byTaken = formatNote({ text: body, signatures: [signEd25519(ORIGIN, SEED, body)] })
    const before = { ...taken, square: byTaken, consistency: none }
    expect(await verifyFile({ sha256, answer, square: old, consistency: none })).toMatchObject({
      isKeyOnPaper: true,
    })
    expect(await verifyFile(before)).toMatchObject({ verdict: 'PASS', isKeyOnPaper: false })
    const { keys: _, ...log } = answer.log
    const without = { ...answer, log }
    expect(await verifyFile({ sha256, answer: without, square: old, consistency: none })).toMatchObject({
      verdict: 'FAIL',
    })
  })
})
