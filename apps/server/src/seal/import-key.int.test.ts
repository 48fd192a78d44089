import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromHex, toBase64, toHex } from '@liuhen/ledger/bytes'
import { pureHashes } from '@liuhen/ledger/hashes'
import { checkSealing } from '@liuhen/ledger/seal/check-sealing'
import { lawDir, loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import { importKey } from './import-key.ts'
import { folderOf, keyFolder } from './key-folder.ts'
import { sealPaper } from './seal-paper.ts'
import { findUsableKey } from './usable-key.ts'

const run = promisify(execFile)
const holder = { agencyId: 'a-1', agencyName: '走马岭街道办事处' }
const USER = 'distid:1234567812345678'

let folder: string
let renderer: Renderer
const at = (name: string): string => join(folder, name)
const openssl = (...args: string[]) => run('openssl', args)
const pem = async (key: string, certificate: string) => ({
  keyPem: await readFile(at(key), 'utf8'),
  certificatePem: await readFile(at(certificate), 'utf8'),
})
/** As a certification authority's tools would make them, with none of our code. */
const makeByOpenssl = async (name: string, kind: readonly string[], sign: readonly string[]) => {
  await openssl('genpkey', ...kind, '-out', at(`${name}.key`))
  const subject = ['-subj', '/O=test/CN=seal', '-days', '3650']
  await openssl('req', '-x509', '-new', '-key', at(`${name}.key`), ...subject, ...sign, '-out', at(name))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-import-'))
  renderer = createRenderer({ lawDir })
  const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]
  await makeByOpenssl('p256', curve('P-256'), ['-sha256'])
  await makeByOpenssl('sm2', curve('SM2'), ['-sm3', '-sigopt', USER])
  await makeByOpenssl('weak', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'], ['-sha256'])
})
afterAll(async () => {
  await renderer.close()
  await rm(folder, { recursive: true })
})

describe('importing a key', () => {
  it('refuses one that does not belong to the certificate, a short one, and what is no certificate', async () => {
    const root = at('none')
    const p256 = await pem('p256.key', 'p256')
    const sm2 = await pem('sm2.key', 'sm2')
    const { certificatePem } = sm2
    await expect(importKey(root, holder, { ...p256, certificatePem })).rejects.toThrow('不配对')
    await expect(importKey(root, holder, { ...p256, keyPem: sm2.keyPem })).rejects.toThrow()
    await expect(importKey(root, holder, await pem('weak.key', 'weak'))).rejects.toThrow('2048')
    await expect(importKey(root, holder, { ...p256, certificatePem: '' })).rejects.toThrow('没有证书')
    expect(await keyFolder({ folder: root }).find(holder, '')).toEqual({ certificates: [] })
  })

  it('keeps an SM2 one alone, and then says that no reader of PDF knows it, or that it is over', async () => {
    const root = at('sm2-alone')
    await importKey(root, holder, await pem('sm2.key', 'sm2'))
    const seals = keyFolder({ folder: root })
    expect(await findUsableKey(seals, holder, new Date().toISOString())).toBe('not-in-pdf')
    expect(await findUsableKey(seals, holder, '2099-01-01T00:00:00+08:00')).toBe('not-valid')
  })

  it('keeps a P-256 and an SM2 one side by side: one inside the PDF, one beside it that OpenSSL verifies', async () => {
    const root = at('seals')
    await importKey(root, holder, await pem('p256.key', 'p256'))
    await importKey(root, holder, await pem('sm2.key', 'sm2'))
    for (const file of ['key.pem', 'sm2-key.hex'])
      expect((await stat(join(folderOf(root, holder), file))).mode & 0o777).toBe(0o600)
    const seals = keyFolder({ folder: root })
    const now = new Date().toISOString()
    const agency = await findUsableKey(seals, holder, now)
    const sample = buildSamples(loadDefinitions()).get('penalty-advance-notice')
    if (typeof agency === 'string' || sample === undefined) throw new Error('no key or no sample')
    const paper = await renderer.render({ ...sample, sealedByKey: true })
    const to = { paper, at: now, officers: [], agency, note: '' }
    const { bytes, sealing } = await sealPaper({ seals, renderer }, to)
    const [beside] = sealing?.beside ?? []
    if (sealing === undefined || beside === undefined) throw new Error('not sealed')
    expect(sealing.seals.map((s) => s.algorithm)).toEqual(['ecdsa-sha256'])
    const holds = checkSealing(bytes, sealing, pureHashes)
    expect(holds).toMatchObject({ faults: [], seals: [{ fault: '' }, { fault: '' }] })

    const signature = Buffer.from(beside.signature, 'base64')
    await Promise.all([writeFile(at('paper.pdf'), bytes), writeFile(at('paper.sig'), signature)])
    await openssl('x509', '-in', at('sm2'), '-pubkey', '-noout', '-out', at('sm2.pub'))
    const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', at('sm2.pub'), '-rawin', '-digest', 'sm3']
    const { stdout } = await openssl(
      ...verify,
      '-pkeyopt',
      USER,
      '-in',
      at('paper.pdf'),
      '-sigfile',
      at('paper.sig'),
    )
    expect(stdout).toContain('Signature Verified Successfully')

    const digest = fromHex(toHex(signature)) ?? new Uint8Array()
    digest[20] = (digest[20] ?? 0) ^ 1
    const forged = { ...sealing, beside: [{ ...beside, signature: toBase64(digest) }] }
    expect(checkSealing(bytes, forged, pureHashes).seals[1]?.fault).toContain('国密签名')
  })
})
