import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, decodeUtf8, utf8 } from '@liuhen/ledger/bytes'
import { pureHashes } from '@liuhen/ledger/hashes'
import { keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import { samplePackage, type SampleOptions, type SamplePackage } from '@liuhen/ledger/package/sample-package'
import { memorySource, tarEnd, tarHeader, tarPadding, tarReader } from '@liuhen/ledger/package/tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { enclosuresChanged, flipped, withNewManifests } from '../../../test/mutation/mutants.ts'
import { nodePrimitives } from './node-primitives.ts'
import { verifyCommand, type VerifyArguments } from './verify.ts'

const media = Uint8Array.from({ length: 9_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
const sample = samplePackage(nodePrimitives, { media })
const SCRIPT = new URL('../../../vectors/check-package.sh', import.meta.url).pathname

let place = ''
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-verify-'))
})
afterAll(() => rm(place, { recursive: true }))

type Files = ReadonlyMap<string, Uint8Array>

const unpack = async (name: string, files: Files): Promise<string> => {
  const root = join(place, name)
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), bytes)
  }
  return root
}

const pack = async (name: string, files: Files): Promise<string> => {
  const path = join(place, `${name}.tar`)
  const blocks = [...files].flatMap(([p, b]) => [tarHeader(p, b.length), b, tarPadding(b.length)])
  await writeFile(path, concat(...blocks, tarEnd))
  return path
}

const run = async (path: string, options: VerifyArguments = {}) => {
  const lines: string[] = []
  const errors: string[] = []
  const exit = await verifyCommand(path, options, {
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
  })
  return { exit, text: lines.join('\n'), errors: errors.join('\n') }
}

const shell = (args: readonly string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    execFile('sh', [SCRIPT, ...args], (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout })
    })
  })

const policyFile = async (): Promise<string> => {
  const path = join(place, 'policy')
  await writeFile(path, sample.policy)
  return path
}

const changed = (path: string, change: (bytes: Uint8Array) => Uint8Array): Files =>
  new Map(sample.files).set(path, change(sample.files.get(path)!))

const utf8Text = (bytes: Uint8Array): string => decodeUtf8(bytes) ?? ''

/** Signed by the key before alone, as a thief would; the proofs end in the same checkpoint. */
const onlyOld = ({ files, firstVkey }: SamplePackage): Files => {
  const lines = utf8Text(files.get('proofs/checkpoint')!).trimEnd().split('\n')
  const stays = `${[...lines.slice(0, -2), lines.at(-1)].join('\n')}\n`
  const changed = new Map(
    [...files].map(([path, bytes]) => {
      if (path === 'proofs/log.vkey') return [path, utf8(`${firstVkey}\n`)] as const
      if (path === 'proofs/checkpoint') return [path, utf8(stays)] as const
      if (!path.endsWith('.tlog-proof')) return [path, bytes] as const
      const text = utf8Text(bytes)
      return [path, utf8(`${text.slice(0, text.indexOf('\n\n') + 2)}${stays}`)] as const
    }),
  )
  return withNewManifests(changed)
}

const flip = (bytes: Uint8Array): Uint8Array => bytes.with(bytes.length - 5, bytes.at(-5)! ^ 1)

describe('liuhen verify', () => {
  it('passes a folder and a tar file under a policy, SM3 of the recording included', async () => {
    const policy = await policyFile()
    for (const path of [await unpack('whole', sample.files), await pack('whole', sample.files)]) {
      const { exit, text } = await run(path, { policy, sm3: true })
      expect(text).toContain('结论：PASS')
      expect(text).toContain('UNANCHORED')
      expect(exit).toBe(0)
    }
  })

  it('checks a sealed paper alone: whole, altered, and against the certificate that the reader trusts', async () => {
    const paper = new URL('../../../vectors/seal/paper.pdf', import.meta.url).pathname
    const open = await run(paper)
    expect(open.exit).toBe(4)
    expect(open.text).toContain('走马岭街道办事处，证书指纹')
    const prints = [...open.text.matchAll(/通过 .*证书指纹 ([0-9a-f]{64})/g)].map((m) => `seal ${m[1]}\n`)
    const policy = join(place, 'seals')
    await writeFile(policy, sample.policy + prints.join(''))
    expect((await run(paper, { policy })).exit).toBe(0)
    await writeFile(policy, `${sample.policy}seal ${'0'.repeat(64)}\n`)
    expect((await run(paper, { policy })).exit).toBe(4)
    const altered = join(place, 'altered.pdf')
    await writeFile(altered, flip(new Uint8Array(await readFile(paper))))
    const told = await run(altered)
    expect([told.exit, told.text]).toEqual([1, expect.stringContaining('所签的内容已经改动')])
  })

  it('says each kind in a line, and every item only when asked', async () => {
    const path = await pack('brief', sample.files)
    const brief = (await run(path)).text.split('\n')
    const all = (await run(path, { verbose: true })).text.split('\n')
    expect(brief.filter((l) => l.includes('.entry'))).toEqual([])
    expect(brief.filter((l) => /^■ .+：\d+ 项通过/.test(l)).length).toBeGreaterThan(3)
    expect(brief.filter((l) => /^ {2}未核验/.test(l)).length).toBeGreaterThan(0)
    expect(all.filter((l) => /^ {2}(通过|未核验)/.test(l)).length).toBeGreaterThan(brief.length)
  })

  it('prints one line of JSON when asked', async () => {
    const { exit, text } = await run(await pack('json', sample.files), { json: true })
    expect(exit).toBe(0)
    expect(JSON.parse(text)).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
  })

  it('tells how far it has read', async () => {
    const seen: [number, number][] = []
    const progress = (done: number, total: number): void => void seen.push([done, total])
    const silent = { out: () => undefined, err: () => undefined }
    await verifyCommand(await pack('bar', sample.files), {}, { ...silent, progress })
    const [done, total] = seen.at(-1)!
    expect(done).toBe(total)
    expect(total).toBeGreaterThan(media.length)
  })

  it('names the file that was changed', async () => {
    const path = 'data/media/0001-现场检查.mp4'
    const { exit, text } = await run(await pack('changed', changed(path, flip)))
    expect(exit).toBe(1)
    expect(text).toMatch(new RegExp(`不通过 +${path}`))
    expect(text).toContain('结论：FAIL')
  })

  it('fails for a tar file that is cut off, and for a folder with a link', async () => {
    const tar = await pack('cut', sample.files)
    await writeFile(tar, concat(...[...sample.files].slice(0, 2).map(([p, b]) => tarHeader(p, b.length))))
    expect((await run(tar)).exit).toBe(1)
    const folder = await unpack('link', sample.files)
    await symlink('bagit.txt', join(folder, 'link'))
    expect(await run(folder)).toMatchObject({ exit: 1 })
  })

  it('verifies nothing of a tar that somebody packed anew, says so, and passes the folder in it', async () => {
    const folder = await unpack('anew', sample.files)
    const policy = await policyFile()
    for (const form of ['gnu', 'ustar', 'pax']) {
      const tar = join(place, `anew-${form}.tar`)
      await promisify(execFile)('tar', ['cf', tar, `--format=${form}`, '-C', folder, '.'])
      const told = await run(tar, { policy })
      expect([form, told.exit, told.text]).toEqual([form, 3, ''])
      expect(told.errors).toContain('请解开后核验目录')
    }
    expect((await run(folder, { policy })).exit).toBe(0)
  })

  it('says what to do when there is no package or no usable policy', async () => {
    const missing = await run(join(place, 'none.tar'))
    expect(missing).toMatchObject({ exit: 3, text: '' })
    expect(missing.errors).toContain('请给出')
    const policy = join(place, 'bad-policy')
    await writeFile(policy, 'log nonsense\n')
    expect(await run(join(place, 'none.tar'), { policy })).toMatchObject({ exit: 2 })
    expect(await run(join(place, 'none.tar'), { policy: join(place, 'no') })).toMatchObject({ exit: 2 })
  })
})

describe('a package with a recording, as one tar file', () => {
  /** The same places in every run: Numerical Recipes' linear congruential generator. */
  const seeded = function* (seed: number): Generator<number> {
    for (let x = seed; ; ) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
      yield x / 2 ** 32
    }
  }

  it('fails for each of 1,000 flipped bytes, wherever they lie', async () => {
    const small = samplePackage(nodePrimitives, { media: media.subarray(0, 600_000) })
    const blocks = [...small.files].flatMap(([p, b]) => [tarHeader(p, b.length), b, tarPadding(b.length)])
    const tar = concat(...blocks, tarEnd)
    const options = { policy: small.policy, primitives: nodePrimitives }
    const verdict = async () => (await verifyPackage(tarReader(memorySource(tar)), options)).verdict
    expect(await verdict()).toBe('PASS')
    const survivors: number[] = []
    const random = seeded(20_261_122)
    for (let i = 0; i < 1000; i++) {
      const at = Math.floor(random.next().value * tar.length)
      const mask = 1 << (i % 8)
      tar[at]! ^= mask
      if ((await verdict()) === 'PASS') survivors.push(at)
      tar[at]! ^= mask
    }
    expect(survivors).toEqual([])
    expect(await verdict()).toBe('PASS')
  })
})

describe('vectors/check-package.sh, without any of this code', () => {
  it('accepts a whole package as folder and as tar file under the published key', async () => {
    for (const path of [await unpack('sh', sample.files), await pack('sh', sample.files)]) {
      const { code, text } = await shell([path, sample.vkey])
      expect(text).toContain('结论：成立')
      expect(code).toBe(0)
    }
  })

  it('tells what was shredded from what was not disclosed, and so does the other checker', async () => {
    const shredded = samplePackage(nodePrimitives, { media: media.subarray(0, 1000), shred: true })
    const files = new Map(shredded.files)
    const sh = await shell([await unpack('sh-shredded', files), shredded.vkey])
    expect([sh.code, sh.text]).toEqual([
      0,
      expect.stringContaining('依法销毁的部分 1 个，没有随包披露的部分 0 个'),
    ])
    const policy = join(place, 'shredded-policy')
    await writeFile(policy, shredded.policy)
    const ours = await run(await pack('shredded', files), { policy, verbose: true })
    expect([ours.exit, ours.text]).toEqual([
      0,
      expect.stringContaining('由第 4 条登记，销毁批次 销〔2036〕1号'),
    ])
    const withheld = samplePackage(nodePrimitives, { media: media.subarray(0, 1000), hide: ['personal'] })
    const told = await shell([await unpack('sh-withheld', withheld.files), withheld.vkey])
    expect(told.text).toContain('依法销毁的部分 0 个，没有随包披露的部分 1 个')
  })

  it('refuses the key of somebody else', async () => {
    const other = samplePackage(pureHashes).vkey.replace('enforcement/1', 'enforcement/2')
    expect((await shell([await unpack('sh', sample.files), other])).code).toBe(1)
  })

  const stream = 'proofs/streams/01980000-0000-7000-8000-000000000001'
  it.each([
    'data/documents/0001-立案审批表.pdf',
    'bag-info.txt',
    'proofs/checkpoint',
    `${stream}/0001.entry`,
    `${stream}/0002.tlog-proof`,
    `${stream}/0001.personal.salt`,
    'tagmanifest-sha256.txt',
  ])('refuses a changed %s', async (path) => {
    const { code, text } = await shell([await unpack(`sh-${path.replaceAll('/', '-')}`, changed(path, flip))])
    expect(code).toBe(1)
    expect(text).toContain('结论：不成立')
  })

  it('names an earlier checkpoint of another log, and a proof that does not hold, under manifests made anew', async () => {
    for (const path of [...sample.files.keys()].filter((p) => p.startsWith('proofs/issued/'))) {
      const bytes = flipped(sample.files.get(path) ?? new Uint8Array(), 40)
      const files = withNewManifests(new Map(sample.files).set(path, bytes))
      const { code, text } = await shell([await unpack(`sh-${path.replaceAll('/', '-')}`, files)])
      expect([code, text]).toEqual([1, expect.stringContaining(path.replace('consistency', 'checkpoint'))])
      expect(text.match(/\[不成立\]/g)).toHaveLength(1)
    }
  })

  it('demands the checkpoint on a paper where the export says that it is here, and leaves it open where none says so', async () => {
    for (const early of [false, true]) {
      const one = samplePackage(nodePrimitives, { media: media.subarray(0, 1000), early })
      const kept = [...one.files].filter(([path]) => !path.startsWith('proofs/issued/'))
      const name = `sh-issued-${early}`
      const files = withNewManifests(new Map(kept))
      const { code, text } = await shell([await unpack(name, files), one.vkey])
      const policy = join(place, `${name}-policy`)
      await writeFile(policy, one.policy)
      const ours = await run(await pack(name, files), { policy })
      const [exit, said] = early ? [0, '[未核验] '] : [1, '[不成立] 导出登记写明附有以前发出的检查点']
      expect([code, ours.exit, text]).toEqual([exit, exit, expect.stringContaining(said)])
      expect(text).toContain(`${stream}/0002.public.json`)
    }
  })

  it('demands what the archives want as the export listed it, and leaves it open where no export listed it', async () => {
    const archival = { media: media.subarray(0, 1000), archival: true }
    const own = samplePackage(nodePrimitives, archival)
    const whole = await shell([await unpack('sh-enclosed', own.files), own.vkey])
    expect([whole.code, whole.text]).toEqual([0, expect.stringContaining('[成立]   共 3 件')])
    for (const { what, paths, files } of [...enclosuresChanged(own.files)].slice(0, 3)) {
      const { code, text } = await shell([await unpack(`sh-enclosed-${what}`, files), own.vkey])
      expect([what, code, text]).toEqual([what, 1, expect.stringContaining(`[不成立] ${paths[0]} `)])
    }
    const early = samplePackage(nodePrimitives, { ...archival, early: true })
    const open = await shell([await unpack('sh-enclosed-early', early.files), early.vkey])
    expect([open.code, open.text]).toEqual([0, expect.stringContaining('[未核验] 导出登记没有列出')])
  })

  it('tells papers of another log from papers that contradict each other', async () => {
    const path = `${stream}/0001.public.json`
    const told = utf8Text(sample.files.get(`${stream}/0002.public.json`)!)
    const root = /\\n([A-Za-z0-9+/]{43}=)\\n/.exec(told)?.[1] ?? ''
    for (const [name, text, said] of [
      ['fork', told.replace(root, `${root.slice(1, 43)}A=`), '条在不同的文书上有不同的根'],
      [
        'foreign',
        told.replace('enforcement/1', 'enforcement/0'),
        '是日志 log.example.gov.cn/enforcement/0 的',
      ],
    ] as const) {
      expect(text).not.toBe(told)
      const files = withNewManifests(new Map(sample.files).set(path, new TextEncoder().encode(text)))
      expect((await shell([await unpack(`sh-${name}`, files), sample.vkey])).text).toContain(said)
    }
  })

  const small = { media: media.subarray(0, 1000) }
  const keysOf = (keys: NonNullable<SampleOptions['keys']>): SamplePackage =>
    samplePackage(nodePrimitives, { ...small, keys })
  /** What the shell says under a key, and what ours says: 0 holds, 1 does not, 2 and 4 that nothing was found out. */
  const both = async (name: string, files: Files, vkey: string): Promise<readonly [number, number]> => {
    const policy = join(place, `${name}-policy`)
    await writeFile(policy, `log ${vkey}\n`)
    const ours = await run(await pack(name, files), { policy })
    return [(await shell([await unpack(name, files), vkey])).code, ours.exit]
  }

  it('follows a log that changed its key twice, from any of its keys and from none that was taken back', async () => {
    const twice = keysOf({ again: true })
    expect(await both('twice', twice.files, twice.vkey)).toEqual([0, 0])
    const { code, text } = await shell([await unpack('twice', twice.files), twice.firstVkey])
    expect([code, text.match(/公钥由 \S+ 换为 \S+/g)?.length]).toEqual([0, 2])
    const overlap = keysOf({ overlap: true })
    for (const vkey of [overlap.firstVkey, overlap.vkey])
      expect(await both('overlap', overlap.files, vkey)).toEqual([0, 0])
    const revoked = keysOf({ again: true, revoked: { since: '2026-03-02T00:00:00Z', size: 3 } })
    expect(await both('revoked', revoked.files, revoked.vkey)).toEqual([0, 0])
    expect(await both('revoked', revoked.files, revoked.firstVkey)).toEqual([2, 4])
    // What the revoked key signed itself is either too late or seen by nobody.
    const used = { overlap: true, revoked: { since: '2026-03-02T00:00:00Z', size: 3 } }
    expect((await shell([await unpack('used', onlyOld(keysOf(used))), keysOf(used).firstVkey])).code).toBe(1)
  })

  it('says of a package of before the change, under the new key alone, which key to look up, and holds of neither', async () => {
    const before = samplePackage(nodePrimitives, small)
    const { vkey } = keysOf({})
    expect(await both('before', before.files, vkey)).toEqual([1, 1])
    const { text } = await shell([await unpack('before', before.files), vkey])
    expect(text).toContain(`卷包是用另一把公钥签名的：${before.vkey}`)
    expect(text).toContain(keyFingerprint(parseVkey(before.vkey)!))
    expect(text).toContain('请改用制包时的那一把再核验一次')
  })

  it('follows no change that one of the two did not sign, nor one that is not in the log as it stands', async () => {
    for (const by of ['old', 'new'] as const) {
      const forged = keysOf({ by })
      expect([by, await both(`by-${by}`, forged.files, forged.firstVkey)]).toEqual([by, [1, 1]])
      expect([by, await both(`by-${by}`, forged.files, forged.vkey)]).toEqual([by, [1, 1]])
    }
    const { files, firstVkey } = keysOf({ again: true })
    const path = 'proofs/keys.json'
    const text = utf8Text(files.get(path)!)
    const [one, two] = JSON.parse(text).events as object[]
    const write = (events: unknown): string => JSON.stringify({ events, v: 1 })
    const forgeries: readonly (readonly [string, string])[] = [
      ['fewer', write([one])],
      ['turned', write([two, one])],
      ['index', text.replace(/"index":(\d+)/, (_, n) => `"index":${Number(n) + 1}`)],
      ['proof', text.replace(/"proof":\["../, '"proof":["AA')],
      ['salt', text.replace(/"salt":".../, '"salt":"AAA')],
      ['public', text.replace(/("public":".{400})./, '$1A')],
      ['spaced', text.replace('{', '{ ')],
    ]
    for (const [name, forged] of forgeries) {
      const changedFiles = withNewManifests(new Map(files).set(path, utf8(forged)))
      expect([name, await both(`keys-${name}`, changedFiles, firstVkey)]).toEqual([name, [1, 1]])
    }
  })

  it('refuses a missing event, an extra file, and what is no package', async () => {
    const fewer = new Map(sample.files)
    for (const path of fewer.keys()) if (path.startsWith(`${stream}/0002.`)) fewer.delete(path)
    expect((await shell([await unpack('sh-fewer', fewer)])).code).toBe(1)
    const more = new Map(sample.files).set('data/documents/x.pdf', utf8('x'))
    expect((await shell([await unpack('sh-more', more)])).code).toBe(1)
    expect((await shell([place])).code).toBe(2)
  })
})
