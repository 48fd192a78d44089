import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { pureHashes, sha256 } from '../hashes.ts'
import { ed25519NoteKey, formatNote, formatVkey, noteKey, signEd25519 } from '../note.ts'
import { formatManifest } from './manifest.ts'
import * as at from './paths.ts'
import type { Report } from './report.ts'
import { memoryReader, samplePackage, sampleWitness } from './sample-package.ts'
import { verifyPackage, type VerifyOptions } from './verify.ts'

const sample = samplePackage(pureHashes)
const CASE = [...sample.files.keys()].find((p) => p.endsWith('0003.entry'))!.replace('/0003.entry', '')

const verify = (
  files: ReadonlyMap<string, Uint8Array> = sample.files,
  options: VerifyOptions = { policy: sample.policy },
): Promise<Report> => verifyPackage(memoryReader(files), options)

/** What somebody does who changes files and then makes the manifests again, without the log's key. */
const forge = (
  change: (files: Map<string, Uint8Array>) => void,
  manifests = true,
): Map<string, Uint8Array> => {
  const files = new Map(sample.files)
  change(files)
  if (!manifests) return files
  const lines = (own: (path: string) => boolean, hash = sha256) =>
    [...files].filter(([path]) => own(path)).map(([path, bytes]) => ({ path, digest: toHex(hash(bytes)) }))
  files.set(at.MANIFEST, formatManifest(lines((p) => p.startsWith('data/'))))
  files.set(at.MANIFEST_SM3, formatManifest(lines((p) => p.startsWith('data/'), pureHashes.sm3)))
  const isTag = (p: string): boolean => !p.startsWith('data/') && p !== at.TAG_MANIFEST
  files.set(at.TAG_MANIFEST, formatManifest(lines(isTag)))
  return files
}

const failures = (report: Report): string[] =>
  report.items.filter((i) => i.result === 'FAIL').map((i) => `${i.check} ${i.path}`)

const move = (files: Map<string, Uint8Array>, from: string, to: string): void => {
  files.set(to, files.get(from)!)
  files.delete(from)
}

describe('verifying a package', () => {
  it('passes a whole package under the policy of the reader', async () => {
    const report = await verify(sample.files, { policy: sample.policy, sm3Files: true })
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({ verdict: 'PASS', anchoring: 'UNANCHORED', keys: 'TRUSTED' })
    expect(report.items.filter((i) => i.result === 'NOT CHECKED')).toEqual([])
    expect(new Set(report.items.map((i) => i.check))).toContain('payload-bound')
  })

  it('does not check keys without a policy, and gives the fingerprint to compare', async () => {
    const report = await verify(sample.files, {})
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
    expect(report.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    const key = report.items.find((i) => i.check === 'log-key')
    expect(key?.result).toBe('NOT CHECKED')
    expect(key?.detail).toContain(report.fingerprint)
  })

  it('passes a package from which a compartment was withheld, and says that it was not checked', async () => {
    const report = await verify(samplePackage(pureHashes, { hide: ['personal', 'internal'] }).files)
    expect(report.verdict).toBe('PASS')
    const open = report.items.filter((i) => i.result === 'NOT CHECKED').map((i) => i.path)
    expect(open).toContain(`${CASE}/0001.personal.json`)
  })

  it('fails when the reader trusts another key', async () => {
    const other = formatVkey(ed25519NoteKey('log.example.gov.cn/enforcement/1', new Uint8Array(32).fill(8)))
    const report = await verify(sample.files, { policy: `log ${other}\n` })
    expect(report).toMatchObject({ verdict: 'FAIL', keys: 'NOT CHECKED' })
    expect(failures(report)).toEqual(['log-key proofs/log.vkey', 'checkpoint proofs/checkpoint'])
  })

  it('takes the key that signed when the reader trusts several of one log', async () => {
    const other = formatVkey(ed25519NoteKey('log.example.gov.cn/enforcement/1', new Uint8Array(32).fill(8)))
    const report = await verify(sample.files, { policy: `# keys\nlog ${other}\n\n${sample.policy}` })
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
  })

  it('fails under a policy that cannot be read or that asks for a witness who did not sign', async () => {
    expect(failures(await verify(sample.files, { policy: 'trust me' }))).toContain('policy policy')
    const witness = formatVkey(noteKey('w.example', 4, ed25519NoteKey('w', new Uint8Array(32)).key))
    const policy = `${sample.policy}witness w ${witness}\nquorum w\n`
    expect(failures(await verify(sample.files, { policy }))).toEqual(['witness proofs/checkpoint'])
  })

  it('is witnessed only when the reader trusts the witness, and only when the witness saw this very log', async () => {
    const seed = new Uint8Array(32).fill(9)
    const witnessed = samplePackage(pureHashes, { witnessSeed: seed })
    const trusting = (key: Uint8Array): string =>
      `${sample.policy}witness w ${formatVkey(sampleWitness(key))}\nquorum w\n`
    const unnamed = await verify(witnessed.files)
    expect(unnamed).toMatchObject({ verdict: 'PASS', anchoring: 'UNANCHORED' })
    expect(unnamed.items.find((i) => i.check === 'witness')).toMatchObject({ result: 'NOT CHECKED' })
    expect(await verify(witnessed.files, { policy: trusting(seed) })).toMatchObject({
      verdict: 'PASS',
      anchoring: 'WITNESSED',
    })
    const second = formatVkey(sampleWitness(new Uint8Array(32)))
    const oneOfTwo = `${sample.policy}witness w ${formatVkey(sampleWitness(seed))}\nwitness v ${second}\n`
    const counted = await verify(witnessed.files, { policy: oneOfTwo })
    expect(counted).toMatchObject({
      verdict: 'PASS',
      anchoring: 'WITNESSED',
      witnesses: { confirmed: 1, named: 2 },
    })
    const other = { policy: `${sample.policy}witness v ${second}\n` }
    const strangers = (await verify(witnessed.files, other)).items.filter((i) => i.check === 'witness')
    expect(strangers.map((i) => i.result)).toEqual(['NOT CHECKED', 'NOT CHECKED'])
    expect(strangers[1]?.detail).toContain('没有写明它的公钥')
    const both = await verify(witnessed.files, { policy: `${oneOfTwo}group g all w v\nquorum g\n` })
    expect(both).toMatchObject({
      verdict: 'FAIL',
      anchoring: 'UNANCHORED',
      witnesses: { confirmed: 1, named: 2 },
    })
    const unasked = await verify(sample.files, {
      policy: `${sample.policy}witness v ${second}\nquorum none\n`,
    })
    expect(unasked).toMatchObject({
      verdict: 'PASS',
      anchoring: 'UNANCHORED',
      witnesses: { confirmed: 0, named: 1 },
    })
    const stranger = await verify(witnessed.files, { policy: trusting(new Uint8Array(32)) })
    expect(stranger).toMatchObject({ verdict: 'FAIL', anchoring: 'UNANCHORED' })
  })

  it('does not fall back to the key in the package when the policy cannot be read', async () => {
    const report = await verify(sample.files, { policy: 'log nonsense' })
    expect(failures(report)).toContain(`checkpoint ${at.CHECKPOINT}`)
    expect(report.keys).toBe('NOT CHECKED')
  })

  it('does not accept a log that is signed in another name', async () => {
    const body = text(sample.files, at.CHECKPOINT).split('\n\n')[0]
    const [seed, name] = [new Uint8Array(32).fill(8), 'other.example/1']
    const signatures = [signEd25519(name, seed, `${body}\n`)]
    const files = forge((f) => {
      f.set(at.CHECKPOINT, utf8(formatNote({ text: `${body}\n`, signatures })))
      f.set(at.LOG_KEY, utf8(`${formatVkey(ed25519NoteKey(name, seed))}\n`))
    })
    expect(failures(await verify(files, {}))).toContain(`checkpoint ${at.CHECKPOINT}`)
  })

  it('fails for nothing at all', async () => {
    expect((await verify(new Map())).verdict).toBe('FAIL')
    const broken = {
      list: () => Promise.reject(new Error('EIO')),
      open: () => memoryReader(new Map()).open(''),
    }
    expect((await verifyPackage(broken)).verdict).toBe('FAIL')
  })

  it('fails for a file that cannot be read to its end', async () => {
    const whole = memoryReader(sample.files)
    const report = await verifyPackage({
      list: whole.list,
      open: async function* (path) {
        yield* whole.open(path)
        if (path === at.README) throw new Error('EIO')
      },
    })
    expect(failures(report)).toContain(`package ${at.README}`)
  })

  it('fails when a file lists another size than it has', async () => {
    const whole = memoryReader(sample.files)
    const list = async () => (await whole.list()).map((f) => ({ ...f, sizeBytes: f.sizeBytes + 1 }))
    expect((await verifyPackage({ list, open: whole.open })).verdict).toBe('FAIL')
  })
})

describe('a forger who makes the manifests anew', () => {
  const cases: [string, (f: Map<string, Uint8Array>) => void, string][] = [
    [
      'cannot change what an event says',
      (f) => f.set(`${CASE}/0001.public.json`, canonicalBytes({ title: '另一案' })),
      `commitment-sha256 ${CASE}/0001.public.json`,
    ],
    [
      'cannot change a salt',
      (f) => f.set(`${CASE}/0001.personal.salt`, new Uint8Array(32)),
      `commitment-sha256 ${CASE}/0001.personal.json`,
    ],
    [
      'cannot change an entry',
      (f) =>
        f.set(`${CASE}/0001.entry`, utf8(text(f, `${CASE}/0001.entry`).replace('CaseFiled', 'CaseMoved'))),
      `entry ${CASE}/0001.entry`,
    ],
    [
      'cannot leave out an event in the middle',
      (f) => [...f.keys()].filter((p) => p.startsWith(`${CASE}/0002.`)).forEach((p) => f.delete(p)),
      `stream ${CASE}/0003.entry`,
    ],
    [
      'cannot leave out the last event of a recording',
      (f) => [...f.keys()].filter((p) => /000000000002\/0002\./.test(p)).forEach((p) => f.delete(p)),
      `export ${CASE.replace(/1$/, '2')}`,
    ],
    [
      'cannot leave out a whole stream',
      (f) => [...f.keys()].filter((p) => p.includes('000000000002/')).forEach((p) => f.delete(p)),
      `export ${CASE.replace(/1$/, '2')}`,
    ],
    [
      'cannot leave out the export event',
      (f) => [...f.keys()].filter((p) => p.startsWith(`${CASE}/0003.`)).forEach((p) => f.delete(p)),
      'export proofs/export.json',
    ],
    [
      'cannot name another event as the export event',
      (f) => f.set(at.EXPORT, canonicalBytes({ v: 1, streamId: CASE.split('/')[2], version: 1 })),
      'export proofs/export.json',
    ],
    [
      'cannot exchange two events',
      (f) => {
        for (const ext of ['entry', 'tlog-proof']) {
          const first = f.get(`${CASE}/0001.${ext}`)!
          f.set(`${CASE}/0001.${ext}`, f.get(`${CASE}/0002.${ext}`)!)
          f.set(`${CASE}/0002.${ext}`, first)
        }
      },
      `entry ${CASE}/0001.entry`,
    ],
    [
      'cannot change a document',
      (f) => f.set('data/documents/0001-立案审批表.pdf', utf8('%PDF-1.7 other')),
      'blob data/documents/0001-立案审批表.pdf',
    ],
    [
      'cannot add a document',
      (f) => f.set('data/documents/0002-收据.pdf', utf8('%PDF-1.7')),
      'payload-bound manifest-sha256.txt',
    ],
    [
      'cannot leave out a document',
      (f) => f.delete('data/documents/0001-立案审批表.pdf'),
      'payload-bound manifest-sha256.txt',
    ],
    [
      'cannot change a recording',
      (f) => f.set('data/media/0001-现场检查.mp4', utf8('another film')),
      'blob data/media/0001-现场检查.mp4',
    ],
    [
      'cannot rename a document',
      (f) => move(f, 'data/documents/0001-立案审批表.pdf', 'data/documents/0001-撤案审批表.pdf'),
      'payload-bound manifest-sha256.txt',
    ],
    [
      'cannot change the summary',
      (f) => f.set(at.CASE_SUMMARY, utf8(text(f, at.CASE_SUMMARY).replace('占道', '合法'))),
      'payload-bound manifest-sha256.txt',
    ],
    [
      'cannot change the size of the log',
      (f) => f.set(at.CHECKPOINT, utf8(text(f, at.CHECKPOINT).replace('\n13\n', '\n14\n'))),
      'checkpoint proofs/checkpoint',
    ],
    [
      'cannot add a file that nobody knows',
      (f) => f.set('proofs/more.txt', utf8('trust me')),
      'package proofs/more.txt',
    ],
    [
      'cannot slip in a part to which no event is committed',
      (f) => {
        f.set(`${CASE}/0002.personal.json`, utf8('{}'))
        f.set(`${CASE}/0002.personal.salt`, new Uint8Array(32))
      },
      `commitment-sha256 ${CASE}/0002.personal.json`,
    ],
    ['cannot take away a required file', (f) => f.delete(at.DA_T_70), `package ${at.DA_T_70}`],
    [
      'cannot state another number of bytes',
      (f) => f.set(at.BAG_INFO, utf8(text(f, at.BAG_INFO).replace(/Oxum: \d/, 'Oxum: 9'))),
      `bag-info ${at.BAG_INFO}`,
    ],
    [
      'cannot bring a check list that failed',
      (f) => f.set(at.DA_T_70, utf8(text(f, at.DA_T_70).replace('"passed"', '"failed"'))),
      `da-t-70 ${at.DA_T_70}`,
    ],
  ]
  it.each(cases)('%s', async (_, change, expected) => {
    const report = await verify(forge(change))
    expect(report.verdict).toBe('FAIL')
    expect(failures(report)).toContain(expected)
  })

  it('passes only as long as nothing is changed (control of the forger itself)', async () => {
    expect(failures(await verify(forge(() => undefined)))).toEqual([])
  })

  it('is found by the chunk that differs when the media manifest was forged', async () => {
    const [path] = [...sample.files.keys()].filter((p) => p.startsWith('proofs/media/'))
    const report = await verify(
      forge((f) => f.set(path!, utf8(text(f, path!).replace(/"chunks":\["./, '"chunks":["!')))),
    )
    expect(report.verdict).toBe('FAIL')
  })
})

describe('the form of the manifests', () => {
  it.each([
    ['upper-case hex', (s: string) => s.replace(/[a-f]/, (c) => c.toUpperCase())],
    ['one space', (s: string) => s.replace('  ', ' ')],
    ['a star for binary', (s: string) => s.replace('  ', ' *')],
    ['another order', (s: string) => s.split('\n').slice(0, -1).reverse().join('\n') + '\n'],
    ['a line twice', (s: string) => s.replace(/^(.*\n)/, '$1$1')],
    ['CRLF', (s: string) => s.replaceAll('\n', '\r\n')],
    ['no newline at the end', (s: string) => s.slice(0, -1)],
    ['an empty line', (s: string) => `${s}\n`],
    ['a comment', (s: string) => `# x\n${s}`],
    ['a dot path', (s: string) => s.replace('  data/', '  ./data/')],
    ['nothing', () => ''],
  ])('fails with %s', async (_, change) => {
    const files = forge((f) => f.set(at.MANIFEST, utf8(change(text(f, at.MANIFEST)))), false)
    const lines = [...files]
      .filter(([p]) => !p.startsWith('data/') && p !== at.TAG_MANIFEST)
      .map(([path, bytes]) => ({ path, digest: toHex(sha256(bytes)) }))
    files.set(at.TAG_MANIFEST, formatManifest(lines))
    expect(failures(await verify(files))).toContain('manifest-form manifest-sha256.txt')
  })
})

describe('large recordings', { timeout: 60_000 }, () => {
  it('are compared chunk by chunk', async () => {
    const media = new Uint8Array(9 * 1024 * 1024).fill(3)
    const large = samplePackage(pureHashes, { media })
    expect((await verify(large.files)).verdict).toBe('PASS')
    const manifest = [...large.files.keys()].find((p) => p.startsWith('proofs/media/'))!
    expect(text(large.files, manifest)).toContain('"chunks":["')
    const cut = new Map(large.files).set('data/media/0001-现场检查.mp4', media.subarray(1))
    expect(failures(await verify(cut))).toContain('media data/media/0001-现场检查.mp4')
  })

  it('are read in parts of any length', async () => {
    const whole = memoryReader(
      samplePackage(pureHashes, { media: new Uint8Array(5 * 1024 * 1024).fill(4) }).files,
    )
    const report = await verifyPackage({
      list: whole.list,
      open: async function* (path) {
        for await (const bytes of whole.open(path)) {
          for (let i = 0; i < bytes.length; i += 65_537) yield bytes.subarray(i, i + 65_537)
        }
      },
    })
    expect(failures(report)).toEqual([])
  })
})

function text(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return Buffer.from(files.get(path) ?? new Uint8Array()).toString('utf8')
}

describe('the manifest by SM3', () => {
  const of = async (files: ReadonlyMap<string, Uint8Array>, sm3Files: boolean) => {
    const { items } = await verify(files, { policy: sample.policy, sm3Files })
    return items.filter((i) => i.check === 'file-sm3').map((i) => [i.result, i.path.split('/')[1]])
  }

  it('is compared for papers, and for recordings when the reader asks', async () => {
    expect(await of(sample.files, true)).toEqual([
      ['PASS', 'case.json'],
      ['PASS', 'documents'],
      ['PASS', 'media'],
    ])
    expect(await of(sample.files, false)).toContainEqual(['NOT CHECKED', 'media'])
  })

  it('fails where it states another digest, leaves a file out or names one that is not there', async () => {
    const lines = text(sample.files, at.MANIFEST_SM3).split('\n')
    const forged: readonly string[] = [
      lines.with(0, `${'0'.repeat(64)}${lines[0]!.slice(64)}`).join('\n'),
      lines.toSpliced(1, 1).join('\n'),
      lines.toSpliced(3, 0, `${'0'.repeat(64)}  data/none.pdf`).join('\n'),
      lines.toSpliced(3, 0, `${'0'.repeat(64)}  proofs/checkpoint`).join('\n'),
      '',
    ]
    for (const bad of forged) {
      const files = forge(() => undefined)
      files.set(at.MANIFEST_SM3, utf8(bad))
      const tags = [...files].filter(([p]) => !p.startsWith('data/') && p !== at.TAG_MANIFEST)
      const anew = tags.map(([path, bytes]) => ({ path, digest: toHex(sha256(bytes)) }))
      const { verdict } = await verify(files.set(at.TAG_MANIFEST, formatManifest(anew)))
      expect(verdict).toBe('FAIL')
    }
  })
})
