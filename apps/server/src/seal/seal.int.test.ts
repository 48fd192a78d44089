import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pureHashes } from '@liuhen/ledger/hashes'
import { checkSealing } from '@liuhen/ledger/seal/check-sealing'
import { readSeals } from '@liuhen/ledger/seal/read-seals'
import { lawDir, loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import type { RenderInput } from '../pdf/render-input.ts'
import { makeDemonstrationKey } from './demonstration-keys.ts'
import { folderOf, keepKey, keyFolder } from './key-folder.ts'
import { authorityOf, makeCertificate, type MadeCertificate } from './make-certificate.ts'
import { certificatePem } from './pem.ts'
import type { SealHolder, SealProvider } from './seal-provider.ts'
import { type SealedPaper, sealPaper } from './seal-paper.ts'
import { findUsableKey, type UsableKey } from './usable-key.ts'

const run = promisify(execFile)
const AT = '2026-03-04T10:00:00+08:00'
const agency: SealHolder = { agencyId: 'a-1', agencyName: '走马岭街道办事处' }
const officer: SealHolder = { ...agency, officer: { personId: 'p-1', name: '王建国' } }

let folder: string
let renderer: Renderer
let seals: SealProvider
let authority: MadeCertificate
let paper: Awaited<ReturnType<Renderer['render']>>
let sealed: SealedPaper

const keyOf = async (holder: SealHolder): Promise<UsableKey> => {
  const key = await findUsableKey(seals, holder, AT)
  if (typeof key === 'string') throw new Error(key)
  return key
}
const keep = async (holder: SealHolder, at: string): Promise<void> => {
  const name = holder.officer?.name ?? holder.agencyName
  const made = await makeCertificate({ name, organisation: '测试' }, at, authorityOf(authority))
  await keepKey(folderOf(folder, holder), made, [authority.certificate])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-seals-'))
  renderer = createRenderer({ lawDir })
  seals = keyFolder({ folder })
  authority = await makeCertificate({ name: '测试签发者', organisation: '测试' }, AT)
  await Promise.all([keep(agency, AT), keep(officer, AT)])
  const sample = buildSamples(loadDefinitions()).get('penalty-decision')
  if (sample === undefined) throw new Error('no sample')
  const input: RenderInput = { ...sample, sealedByKey: true }
  paper = await renderer.render(input)
  const to = { paper, at: AT, officers: [await keyOf(officer)], agency: await keyOf(agency), note: '' }
  sealed = await sealPaper({ seals, renderer }, to)
})
afterAll(async () => {
  await renderer.close()
  await rm(folder, { recursive: true })
})

const sealingOf = ({ sealing }: SealedPaper) => {
  if (sealing === undefined) throw new Error('not sealed')
  return sealing
}
const faultsOf = (bytes: Uint8Array): string[] => {
  const { faults, seals: found } = checkSealing(bytes, sealingOf(sealed), pureHashes)
  return [...faults, ...found.map((s) => s.fault)].filter((fault) => fault !== '')
}
const flipped = (at: number): Uint8Array => {
  const bytes = sealed.bytes.slice()
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

/** Another hexadecimal digit. */
const otherDigit = (at: number): Uint8Array => {
  const bytes = sealed.bytes.slice()
  bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30
  return bytes
}

/** Where the hexadecimal of the CMS ends and its place is empty. */
const endOfCms = (first: number): number => {
  const head = Buffer.from(sealed.bytes.subarray(first + 1, first + 9)).toString('latin1')
  return first + 1 + 2 * (4 + Number.parseInt(head.slice(4), 16))
}

/** What anybody can do with OpenSSL and the four numbers of a signature. */
const verifyByOpenssl = async (bytes: Uint8Array, range: readonly number[]): Promise<string> => {
  const [, first = 0, second = 0, rest = 0] = range
  const at = (name: string) => join(folder, name)
  const hex = Buffer.from(bytes.subarray(first + 1, second - 1)).toString('latin1')
  await writeFile(at('cms.der'), Buffer.from(hex, 'hex'))
  await writeFile(
    at('content'),
    Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, second + rest)]),
  )
  const args = ['cms', '-verify', '-inform', 'DER', '-in', at('cms.der'), '-content', at('content')]
  const { stderr } = await run('openssl', [
    ...args,
    '-binary',
    '-purpose',
    'any',
    '-noverify',
    '-out',
    '/dev/null',
  ])
  return stderr.trim()
}

describe('a paper sealed by its agency after an officer signed it', () => {
  it('holds, says who signed in turn, and begins with the paper as it was', async () => {
    const { seals: stated, unsealed } = sealingOf(sealed)
    expect(stated.map((s) => s.by)).toEqual(['officer', 'agency'])
    expect(faultsOf(sealed.bytes)).toEqual([])
    const found = readSeals(sealed.bytes, pureHashes)
    expect(found.map((s) => s.certificate?.name)).toEqual(['王建国', '走马岭街道办事处'])
    expect(found.at(-1)?.end).toBe(sealed.bytes.length)
    expect(Buffer.compare(sealed.bytes.subarray(0, unsealed.sizeBytes), paper.bytes)).toBe(0)
  })

  it('holds for OpenSSL at each signature, and qpdf finds nothing wrong with the file', async () => {
    for (const { range } of sealingOf(sealed).seals)
      expect(await verifyByOpenssl(sealed.bytes, range)).toBe('CMS Verification successful')
    const path = join(folder, 'sealed.pdf')
    await writeFile(path, sealed.bytes)
    const { stdout, stderr } = await run('qpdf', ['--check', path])
    expect(stdout).toContain('No syntax or stream encoding errors found')
    expect(stderr).toBe('')
    const raw = Buffer.from(sealed.bytes).toString('latin1')
    expect(raw).toContain('<pdfaid:part>3</pdfaid:part>')
    // PDF/A wants the file's identifier in every trailer.
    expect(raw.match(/\/ID \[/g)?.length).toBe(3)
  })

  it('is found out when one bit of the paper, of the seal or of the signature is another', async () => {
    const [first, last] = sealingOf(sealed).seals
    if (first === undefined || last === undefined) throw new Error('two')
    expect(faultsOf(flipped(100)).length).toBeGreaterThan(0)
    expect(faultsOf(flipped(last.range[2] + 40))).toContain('所签的内容已经改动')
    // Behind the officer's signature: that one still holds, the agency's does not.
    const between = readSeals(flipped(first.range[2] + first.range[3] + 40), pureHashes)
    expect(between.map((s) => s.fault)).toEqual(['', '所签的内容已经改动'])
    expect(faultsOf(otherDigit(endOfCms(last.range[1]) - 40))).toContain('签名与证书的公钥不符')
    expect(faultsOf(otherDigit(endOfCms(last.range[1]) + 9))).toContain('签名的结构无法识别')
    await expect(verifyByOpenssl(flipped(100), first.range)).rejects.toThrow('Verification failure')
  })

  it('is found out when something is added behind the seal, or a signature is not the one of the record', async () => {
    const longer = Buffer.concat([sealed.bytes, Buffer.from('\n% added\n%%EOF\n')])
    expect(faultsOf(longer)).toEqual(['最后一个签名之后又添加了内容'])
    expect(faultsOf(paper.bytes)).toContain('文书里没有记录所说的签名')
    const again = await sealPaper(
      { seals, renderer },
      { paper, at: AT, officers: [], agency: await keyOf(agency), note: '' },
    )
    expect(faultsOf(again.bytes)).toContain('所用的证书不是记录所指的那一张')
  })

  it('comes out byte for byte the same when it is made again', async () => {
    const to = { paper, at: AT, officers: [await keyOf(officer)], agency: await keyOf(agency), note: '' }
    const again = await sealPaper({ seals, renderer }, to)
    expect(Buffer.compare(again.bytes, sealed.bytes)).toBe(0)
  })
})

describe('a key that is replaced', () => {
  const replaced = (): SealHolder => ({ ...agency, agencyId: 'a-3' })

  it('between its certificate and its signature leaves no paper, and the next run has the new certificate', async () => {
    await keep(replaced(), AT)
    const hasty: SealProvider = {
      find: seals.find,
      sign: async (holder, algorithm, bytes) => {
        await keep(replaced(), AT)
        return seals.sign(holder, algorithm, bytes)
      },
    }
    const run = async (by: SealProvider) => {
      const key = await findUsableKey(by, replaced(), AT)
      if (typeof key === 'string') throw new Error(key)
      return sealPaper({ seals: by, renderer }, { paper, at: AT, officers: [], agency: key, note: '' })
    }
    await expect(run(hasty)).rejects.toThrow('没有通过核验')
    expect((await run(seals)).sealing?.seals).toHaveLength(1)
  })

  it('is one file with its certificates; a certificate beside a key counts only where the key has none', async () => {
    const own = folderOf(folder, replaced())
    const [held] = (await seals.find(replaced(), AT)).certificates
    await writeFile(join(own, 'certificate.pem'), certificatePem(authority.certificate))
    expect((await seals.find(replaced(), AT)).certificates).toEqual([held])
    await writeFile(join(own, 'key.pem'), authority.keyPem)
    const [beside] = (await seals.find(replaced(), AT)).certificates
    expect(beside?.certificate).toEqual(authority.certificate)
    expect(await seals.sign(replaced(), 'rsa-sha256', new Uint8Array(1))).toHaveLength(256)
  })
})

describe('the look of a seal', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
  const look = (text: string) => ({
    name: '走马岭街道办事处',
    note: '',
    picture: { extension: 'svg', bytes: new TextEncoder().encode(text) },
  })

  it('is drawn from the name, or is the agency’s own picture; what cannot be drawn is refused', async () => {
    const { picture: _, ...drawn } = look('')
    const [own, made] = await Promise.all([renderer.drawSeal(look(svg)), renderer.drawSeal(drawn)])
    expect(Buffer.from(own).subarray(0, 5).toString()).toBe('%PDF-')
    expect(Buffer.compare(own, made)).not.toBe(0)
    await expect(renderer.drawSeal(look('no picture'))).rejects.toThrow()
  })

  it('takes a name of two letters and one of forty', async () => {
    for (const name of ['某局', '某某自治区某某自治州某某自治县某某街道办事处综合行政执法中心'])
      expect((await renderer.drawSeal({ name, note: '' })).length).toBeGreaterThan(1_000)
  })
})

describe('keys', () => {
  it('lie where only the installation reads them', async () => {
    const own = folderOf(folder, agency)
    const modes = await Promise.all([own, join(own, 'key.pem')].map((path) => stat(path)))
    expect(modes.map((s) => s.mode & 0o777)).toEqual([0o700, 0o600])
  })

  it('sign nothing at a time for which their certificate does not hold', async () => {
    expect(await findUsableKey(seals, agency, '2046-01-01T00:00:00+08:00')).toBe('not-valid')
    expect(await findUsableKey(seals, { ...agency, agencyId: 'a-2' }, AT)).toBe('no-certificate')
  })

  it('are made up for a demonstration’s agency only, never for an officer', async () => {
    const demonstration = keyFolder({ folder: join(folder, 'demo'), make: makeDemonstrationKey })
    expect((await demonstration.find(officer, AT)).certificates).toEqual([])
    const [made] = (await demonstration.find(agency, AT)).certificates
    expect(made?.authorities).toHaveLength(1)
    expect(await demonstration.find(agency, AT)).toEqual(await demonstration.find(agency, AT))
  })

  it('are never looked for outside their folder', () => {
    expect(() => folderOf(folder, { ...agency, agencyId: '../signer' })).toThrow()
  })
})
