import { describe, expect, it } from 'vitest'
import { listTar, tarEnd, tarHeader, tarPadding, tarReader } from '@liuhen/ledger/package/tar'
import { blobSource } from './blob-source.ts'

const text = new TextEncoder()
const body = text.encode('hello')
const tar = new Blob([
  new Uint8Array(tarHeader('data/a.txt', body.length)),
  body,
  new Uint8Array(tarPadding(body.length)),
  new Uint8Array(tarEnd),
])

const readAll = async (parts: AsyncIterable<Uint8Array>): Promise<string> => {
  let out = ''
  for await (const part of parts) out += new TextDecoder().decode(part)
  return out
}

describe('a package that the user picked', () => {
  it('is read as the archive that it is', async () => {
    const reader = tarReader(blobSource(tar))
    expect(await reader.list()).toMatchObject([{ path: 'data/a.txt', sizeBytes: 5 }])
    expect(await readAll(reader.open('data/a.txt'))).toBe('hello')
  })

  it('is refused when its end is missing', async () => {
    await expect(listTar(blobSource(tar.slice(0, tar.size - 600)))).rejects.toThrow()
  })
})
