import { toBase64 } from '@liuhen/ledger/bytes'
import { expect, it } from 'vitest'
import { sealsOver } from './seal-client.ts'
import type { SealProvider } from './seal-provider.ts'
import { answerSeals } from './seal-server.ts'

const holder = { agencyId: 'a', agencyName: '机关' }
const keys: SealProvider = {
  find: () => Promise.resolve({ certificates: [] }),
  sign: () => Promise.resolve(new Uint8Array([7])),
}
const asWho = (word?: string) => sealsOver(answerSeals(keys, 'the word'), word)

it('seals for whoever was told the word, and tells everybody whether there is a key', async () => {
  expect(toBase64(await asWho('the word').sign(holder, 'rsa-sha256', new Uint8Array([1])))).toBe('Bw==')
  expect((await asWho().find(holder, '2026-03-20T10:00:00Z')).certificates).toEqual([])
})
it('seals nothing for a process that was not told: the API makes no papers', async () => {
  for (const word of [undefined, '', 'another word'])
    await expect(asWho(word).sign(holder, 'rsa-sha256', new Uint8Array([1]))).rejects.toThrow(
      'nothing sealed',
    )
})
