import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { consistencyProof, treeRoot } from '@liuhen/ledger/merkle'
import { checkNote, isBy, parseNote, parseVkey } from '@liuhen/ledger/note'
import { checkSm2Line } from '@liuhen/ledger/sm2-line'
import { readReceipt } from '@liuhen/ledger/receipt'
import { leafHash } from '@liuhen/ledger/leaf'
import { nodeHashes } from '../event-store/seal-event.ts'
import { sm2LogKey } from '../processes/log-keys.ts'
import { openSigner } from './signer.ts'
import { signerAt } from './signer-client.ts'
import { serveSigner } from './signer-server.ts'

const { sha256 } = nodeHashes
const leaves = (n: number, word = 'leaf') =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, Buffer.from(`${word} ${i}`)))
const request = (from: number, to: number, word?: string) => ({
  size: to,
  root: treeRoot(sha256, leaves(to, word)),
  proof: consistencyProof(sha256, leaves(to, word), from),
})
const origin = 'test.invalid/log/1'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-signer-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('signs a growing tree, and everybody with the key can check it', async () => {
  const signer = await openSigner({ folder, origin })
  await signer.sign(request(0, 5))
  const answer = await signer.sign(request(5, 9))
  const note = parseNote('note' in answer ? answer.note : '')
  const key = parseVkey((await signer.status()).vkey)
  if (note === undefined || key === undefined) throw new Error('neither note nor key')
  expect(checkNote(note, key)).toBe('verified')
  expect(parseCheckpoint(note.text)).toMatchObject({ origin, size: 9 })
})

test('refuses to go back, also after a restart', async () => {
  await (await openSigner({ folder, origin })).sign(request(0, 9))
  const restarted = await openSigner({ folder, origin })
  expect(await restarted.sign(request(0, 5))).toEqual({ refused: 'rollback' })
  expect((await restarted.status()).size).toBe(9)
})

test('refuses a fork: another tree of the same size, or a larger one that does not contain it', async () => {
  const signer = await openSigner({ folder, origin })
  await signer.sign(request(0, 9))
  expect(await signer.sign(request(9, 9, 'other'))).toEqual({ refused: 'fork' })
  expect(await signer.sign(request(9, 12, 'other'))).toEqual({ refused: 'fork' })
  expect(await signer.sign(request(9, 12))).toHaveProperty('note')
})

test('the key is readable by its owner alone, and is not made up again when it is lost', async () => {
  await (await openSigner({ folder, origin })).sign(request(0, 1))
  expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600)
  await rm(join(folder, 'key.pem'))
  await expect(openSigner({ folder, origin })).rejects.toThrow('不见了')
})

test('its memory is on disk before the signature is given out', async () => {
  const signer = await openSigner({ folder, origin })
  await signer.sign(request(0, 3))
  expect(JSON.parse(await readFile(join(folder, 'high-water.json'), 'utf8'))).toMatchObject({
    origin,
    size: 3,
  })
})

test('signs by SM2 too, and openssl verifies the line', async () => {
  const sm2 = await sm2LogKey(folder, origin)
  const signer = await openSigner({ folder, origin, sm2 })
  const answer = await signer.sign(request(0, 5))
  const note = parseNote('note' in answer ? answer.note : '')
  const key = parseVkey((await signer.status()).sm2Vkey ?? '')
  const line = note?.signatures.find((s) => key !== undefined && isBy(key, s))
  if (note === undefined || key === undefined || line === undefined) throw new Error('no SM2 line')
  const spki = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
  await writeFile(join(folder, 'der'), Buffer.concat([spki, key.key.slice(-65)]))
  await writeFile(join(folder, 'signature'), line.signature)
  await writeFile(join(folder, 'body'), note.text)
  const openssl = (...asked: string[]) => promisify(execFile)('openssl', asked, { cwd: folder })
  await openssl('pkey', '-pubin', '-inform', 'DER', '-in', 'der', '-out', 'pem')
  const digest = ['dgst', '-sm3', '-verify', 'pem', '-sigopt', 'distid:1234567812345678']
  expect((await openssl(...digest, '-signature', 'signature', 'body')).stdout).toContain('Verified OK')
  expect(checkSm2Line(note, key, nodeHashes)).toBe('verified')
  // The key is the same after a restart, and is not made up again when it is lost.
  expect((await sm2LogKey(folder, origin)).key).toEqual(key)
  await rm(join(folder, 'sm2.key'))
  await expect(sm2LogKey(folder, origin)).rejects.toThrow('不见了')
})

test('answers the same over its socket', async () => {
  const signer = await openSigner({ folder, origin })
  const socket = join(folder, 's')
  const server = await serveSigner(signer, socket)
  const remote = signerAt(socket)
  expect(await remote.sign(request(0, 9))).toHaveProperty('note')
  expect(await remote.sign(request(9, 9, 'other'))).toEqual({ refused: 'fork' })
  expect((await remote.status()).size).toBe(9)
  const promised = { acceptedAt: '2026-03-02T01:00:00.000Z', leafHashes: [sha256(Buffer.from('leaf'))] }
  const key = parseVkey((await remote.status()).vkey)
  expect(key && readReceipt(await remote.receipt(promised), key)).toMatchObject({ origin, mmdSeconds: 60 })
  // It words the text itself: nothing that is no promise is signed.
  await expect(remote.receipt({ ...promised, acceptedAt: 'x\n5\n' })).rejects.toThrow('hung up')
  server.close()
})
