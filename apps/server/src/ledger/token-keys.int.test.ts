import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consistencyProof, treeRoot } from '@liuhen/ledger/merkle'
import { checkNote, parseNote, parseVkey } from '@liuhen/ledger/note'
import { leafHash } from '@liuhen/ledger/leaf'
import { makeTestToken, type TestToken } from '../../../../test/test-token.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { openSigner, type Signer } from './signer.ts'
import { signerAt } from './signer-client.ts'
import { serveSigner } from './signer-server.ts'
import { tokenKeys, type TokenSettings } from './token-keys.ts'

const { sha256 } = nodeHashes
const leaves = Array.from({ length: 9 }, (_, i) => leafHash(sha256, Buffer.from(`leaf ${i}`)))
const request = (from: number, to: number) => ({
  size: to,
  root: treeRoot(sha256, leaves.slice(0, to)),
  proof: consistencyProof(sha256, leaves.slice(0, to), from),
})
const origin = 'test.invalid/log/1'

let place = ''
let folder = ''
let token: TestToken
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-token-'))
  folder = join(place, 'signer')
  token = makeTestToken(place)
})
afterEach(() => rm(place, { recursive: true }))

const open = (settings: TokenSettings = token.settings): Promise<Signer> =>
  openSigner({ folder, origin, reachesNow: true, token: tokenKeys(settings, origin) })

test('the key stays in the token, and what it signs is verified by openssl', async () => {
  const signer = await open()
  const answer = await signer.sign(request(0, 5))
  const note = parseNote('note' in answer ? answer.note : '')
  const key = parseVkey((await signer.status()).vkey)
  if (note === undefined || key === undefined) throw new Error('neither note nor key')
  expect(checkNote(note, key)).toBe('verified')
  expect((await readdir(folder)).toSorted()).toEqual(['high-water.json', 'keys.json'])
  await writeFile(
    join(place, 'key'),
    Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.key]),
  )
  await writeFile(join(place, 'body'), note.text)
  await writeFile(join(place, 'signature'), note.signatures[0]?.signature ?? '')
  const asked = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-rawin', '-in', 'body']
  const { stdout } = await promisify(execFile)('openssl', [...asked, '-sigfile', 'signature'], { cwd: place })
  expect(stdout).toContain('Signature Verified Successfully')
  // After a restart the same key, and the memory of what it signed.
  expect((await (await open()).status()).vkey).toBe((await signer.status()).vkey)
  expect(await (await open()).sign(request(0, 3))).toEqual({ refused: 'rollback' })
})

test('a wrong PIN is tried once, and no file takes the place of the token', async () => {
  await (await open()).sign(request(0, 5))
  const lone = await openSigner({ folder: join(place, 'other'), origin })
  await rename(join(place, 'other', 'key.pem'), join(folder, 'key.pem'))
  expect(await lone.status()).toMatchObject({ size: 0 })
  const wrong = await open({ ...token.settings, pin: { word: '000000' } })
  expect((await wrong.status()).trouble).toContain('口令不对')
  await expect(wrong.sign(request(5, 9))).rejects.toThrow('没有再试')
  await expect(openSigner({ folder, origin }).then((s) => s.sign(request(5, 9)))).rejects.toThrow('密码设备')
  // It is known to the one who asks over the socket, too.
  const server = await serveSigner(wrong, join(place, 's'))
  await expect(signerAt(join(place, 's')).sign(request(5, 9))).rejects.toThrow('没有再试')
  expect(await signerAt(join(place, 's')).status()).toMatchObject({
    size: 5,
    trouble: expect.stringContaining('没有再试'),
  })
  server.close()
})

test('a wrong PIN is tried once also where two keys are opened at once', async () => {
  const keys = tokenKeys({ ...token.settings, pin: { word: '000000' } }, origin)
  const said = await Promise.allSettled([keys.open('01'), keys.open('02'), keys.open('01')])
  const why = said.map((s) => (s.status === 'rejected' ? String(s.reason) : ''))
  expect(why.filter((w) => !w.includes('没有再试'))).toHaveLength(1)
})

test('a token that is pulled out signs nothing, and signs on when it is back', async () => {
  const signer = await open()
  await signer.sign(request(0, 5))
  await rename(token.folder, join(place, 'away'))
  await expect(signer.sign(request(5, 9))).rejects.toThrow('没有插上')
  expect((await signer.status()).trouble).toContain('没有插上')
  await rename(join(place, 'away'), token.folder)
  expect(await signer.sign(request(5, 9))).toHaveProperty('note')
  expect((await signer.status()).trouble).toBeUndefined()
})

test('a PIN that others can read, a key that is not there and a token without its module are told', async () => {
  await chmod(join(place, 'pin'), 0o640)
  await expect(open()).rejects.toThrow('chmod 600')
  await chmod(join(place, 'pin'), 0o600)
  await expect(open({ ...token.settings, key: '99' })).rejects.toThrow('没有这把密钥')
  await expect(open({ ...token.settings, module: join(place, 'none.so') })).rejects.toThrow('打不开')
})
