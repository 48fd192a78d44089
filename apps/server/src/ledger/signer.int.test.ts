import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { consistencyProof, treeRoot } from '@liuhen/ledger/merkle'
import { checkNote, parseNote, parseVkey } from '@liuhen/ledger/note'
import { readReceipt } from '@liuhen/ledger/receipt'
import { leafHash } from '@liuhen/ledger/leaf'
import { nodeHashes } from '../event-store/seal-event.ts'
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
