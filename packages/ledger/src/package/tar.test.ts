import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../bytes.ts'
import { listTar, memorySource, tarEnd, tarHeader, tarPadding, writeTar } from './tar.ts'

const write = (files: readonly (readonly [string, Uint8Array])[]): Uint8Array =>
  concat(
    ...files.flatMap(([path, bytes]) => [tarHeader(path, bytes.length), bytes, tarPadding(bytes.length)]),
    tarEnd,
  )

const files = [
  ['bagit.txt', utf8('x')],
  ['data/documents/0001-立案审批表.pdf', utf8('y'.repeat(512))],
  [`data/${'long/'.repeat(30)}name`, utf8('')],
] as const

describe('tar', () => {
  it('lists what it wrote, with Chinese and long names', async () => {
    const bytes = write(files)
    const listed = await listTar(memorySource(bytes))
    expect(listed.map((e) => [e.path, e.sizeBytes])).toEqual(files.map(([p, b]) => [p, b.length]))
    const second = listed[1]!
    expect(bytes.subarray(second.at, second.at + 512)).toEqual(files[1][1])
  })

  it('writes sizes beyond 8 GiB in a pax header', () => {
    expect(tarHeader('a', 9 * 2 ** 30).length).toBe(3 * 512)
    expect(tarHeader('a', 8 * 2 ** 30 - 1).length).toBe(512)
  })

  it('streams an archive, and stops at a file that does not have the stated size', async () => {
    const listed = files.map(([path, bytes]) => ({ path, sizeBytes: bytes.length, bytes }))
    const parts: Uint8Array[] = []
    for await (const part of writeTar(listed, (f) => [f.bytes])) parts.push(part)
    expect(concat(...parts)).toEqual(write(files))
    for (const more of [-1, 1]) {
      const wrong = listed.map((f) => ({ ...f, sizeBytes: f.sizeBytes + more }))
      const drain = async () => {
        for await (const part of writeTar(wrong, (f) => [f.bytes])) expect(part).toBeInstanceOf(Uint8Array)
      }
      await expect(drain()).rejects.toThrow('bagit.txt does not have')
    }
  })

  it('refuses every flipped byte outside the contents', { timeout: 60_000 }, async () => {
    const bytes = write(files)
    const contents = (await listTar(memorySource(bytes))).map((e) => [e.at, e.at + e.sizeBytes] as const)
    for (let i = 0; i < bytes.length; i++) {
      if (contents.some(([from, to]) => i >= from && i < to)) continue
      const changed = Uint8Array.from(bytes)
      changed[i]! ^= 1
      const listed = await listTar(memorySource(changed)).catch(() => undefined)
      // The text of a pax path is free; a changed one is another path, which the manifests refuse.
      const paths = listed?.map((e) => e.path).join()
      expect(paths === files.map(([p]) => p).join(), `byte ${i}`).toBe(false)
    }
  })

  it('refuses an archive that is cut or has something after its end', async () => {
    const bytes = write(files)
    for (let n = 0; n < bytes.length; n += 97) {
      await expect(listTar(memorySource(bytes.subarray(0, n)))).rejects.toThrow('tar 文件')
    }
    await expect(listTar(memorySource(concat(bytes, new Uint8Array(512))))).rejects.toThrow('结尾')
  })
})
