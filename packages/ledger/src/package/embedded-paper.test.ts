import { describe, expect, it } from 'vitest'
import { toBase64, toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { startEmbedded } from './embedded-paper.ts'
import { purePrimitives } from './primitives.ts'

const paperOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + 7) & 255)
const around = (data: string): string =>
  `<?xml version="1.0"?>\n<封装><题名>甲</题名><编码数据 编码数据ID="a">${data}</编码数据></封装>\n`

const read = (text: string, step = text.length * 3) => {
  const embedded = startEmbedded(() => purePrimitives.startSha256())
  const bytes = utf8(text)
  for (let at = 0; at < bytes.length; at += step) embedded.update(bytes.subarray(at, at + step))
  return embedded.end()
}

describe('the paper in an encapsulation', () => {
  it.each([0, 1, 2, 3, 4, 100, 1001])('is found, of %i bytes, however the file is cut', (length) => {
    const paper = paperOf(length)
    const text = around(toBase64(paper))
    for (const step of [1, 2, 3, 5, 7, 64, 1000, text.length * 3])
      expect([step, read(text, step)]).toEqual([step, { sha256: toHex(sha256(paper)), sizeBytes: length }])
  })

  const good = toBase64(paperOf(50))
  it.each([
    ['no paper', '<封装><题名>甲</题名></封装>'],
    ['an opening that never ends', '<封装><编码数据 '],
    ['an element that is not closed', `<封装><编码数据>${good}`],
    ['a sign that is none of base64', around(`${good.slice(0, 8)}*${good.slice(9)}`)],
    ['line breaks', around(`${good.slice(0, 8)}\n${good.slice(8)}`)],
    ['padding in the middle', around(`${good.slice(0, 7)}=${good.slice(8)}`)],
    ['one character too few', around(good.slice(0, -1))],
    ['an entity', around(`&#65;${good.slice(1)}`)],
    ['two papers', around(good).replace('</封装>', `<编码数据 编码数据ID="b">${good}</编码数据></封装>`)],
    [
      'a paper in a comment before another',
      around(`${good}`).replace('<封装>', `<封装><!--<编码数据>${good}</编码数据>-->`),
    ],
    ['a comment behind', `${around(good)}<!-- -->`],
    [
      'another name for the same',
      around(good).replace('</封装>', '<e:编码数据 xmlns:e="x">QUFB</e:编码数据></封装>'),
    ],
    ['a document type', around(good).replace('<封装>', '<!DOCTYPE 封装 [<!ENTITY x "y">]><封装>')],
  ])('refuses %s', (_, text) => {
    for (const step of [1, 10, text.length * 3]) expect(read(text, step)).toHaveProperty('fault')
  })

  it('is not taken for the same when one bit of it changed', () => {
    const changed = paperOf(50)
    changed[20] = (changed[20] ?? 0) ^ 1
    expect(read(around(toBase64(changed)))).not.toEqual(read(around(good)))
  })
})
