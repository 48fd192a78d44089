import { describe, expect, it } from 'vitest'
import { toBase64, toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { startEmbedded } from './embedded-paper.ts'
import { purePrimitives } from './primitives.ts'

const paperOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + 7) & 255)
const OPENING =
  '<?xml version="1.0" encoding="UTF-8"?>\n<电子文件封装包 xmlns="http://www.saac.gov.cn/standards/ERM/encapsulation">\n'
const DATA = '<编码数据 编码数据ID="修改0-文档1-文档数据1-编码1-编码数据1">'
const around = (data: string): string =>
  `${OPENING}<被签名对象 eep版本="2009">\n<题名>甲&lt;乙</题名><脱机载体编号/>${DATA}${data}</编码数据>\n</被签名对象>\n</电子文件封装包>\n`

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
      expect([step, read(text, step)]).toMatchObject([
        step,
        { sha256: toHex(sha256(paper)), sizeBytes: length },
      ])
  })

  const good = toBase64(paperOf(50))
  const own = `${DATA}${good}</编码数据>`
  const other = `${DATA}QUFB</编码数据>`
  /** A good one with something else in it; each difference is there. */
  const changed = (from: string, to: string): string => {
    const text = around(good).replace(from, to)
    if (text === around(good)) throw new Error(`nothing changed: ${from}`)
    return text
  }
  it.each([
    ['no paper', `${OPENING}<题名>甲</题名>\n</电子文件封装包>\n`],
    ['an opening that never ends', around(good).slice(0, around(good).indexOf(DATA) + 8)],
    ['an element that is not closed', around(good).slice(0, around(good).indexOf('</编码数据>'))],
    ['a sign that is none of base64', around(`${good.slice(0, 8)}*${good.slice(9)}`)],
    ['line breaks', around(`${good.slice(0, 8)}\n${good.slice(8)}`)],
    ['padding in the middle', around(`${good.slice(0, 7)}=${good.slice(8)}`)],
    ['one character too few', around(good.slice(0, -1))],
    ['an entity in the paper', around(`&#65;${good.slice(1)}`)],
    ['two papers', changed('</编码数据>', `</编码数据>${other}`)],
    ['an element whose name only begins so', changed(own, `<编码数据块>${good}</编码数据块>${other}`)],
    [
      'one whose name begins so behind it',
      changed('</编码数据>', '</编码数据><编码数据块>QUFB</编码数据块>'),
    ],
    ['an element inside the paper', around(`${good}<x>QUFB</x>`)],
    ['an element of the standard inside the paper', around(`${good}<题名>QUFB</题名>`)],
    ['more of the paper behind an empty element', around(`${good}<题名/>QUFB`)],
    ['another end of the paper', changed('</编码数据>', '</编码数据 >')],
    ['an attribute more', changed(DATA, DATA.replace('>', ' a="b">'))],
    ['a paper in a comment before another', changed('<题名>', `<!--${own}--><题名>`)],
    ['a paper in CDATA', changed(own, `<![CDATA[${own}]]>`)],
    ['a comment behind', `${around(good)}<!-- -->`],
    ['a comment in a text', changed('甲', '<!-- -->')],
    ['an instruction', changed('<题名>', '<?x y?><题名>')],
    [
      'another name for the same',
      changed('</编码数据>', '</编码数据><e:编码数据 xmlns:e="x">QUFB</e:编码数据>'),
    ],
    ['a prefix', changed('<题名>甲&lt;乙</题名>', '<e:题名>甲</e:题名>')],
    ['another namespace', changed('<题名>', '<题名 xmlns="x">')],
    ['another namespace of all', changed('ERM/encapsulation', 'ERM/other')],
    ['a document type', changed('<电子', '<!DOCTYPE 电子文件封装包 [<!ENTITY x "y">]>\n<电子')],
    ['an entity of its own', changed('&lt;', '&x;')],
    ['a character by its number', changed('&lt;', '&#60;')],
    ['another encoding', changed('UTF-8', 'GB18030')],
    ['no encoding', changed(' encoding="UTF-8"', '')],
    ['a byte order mark', `\uFEFF${around(good)}`],
    ['a sign that XML does not know', changed('甲', '\u0000')],
    [
      'elements that are not nested',
      changed('</题名><脱机载体编号/>', '<脱机载体编号></题名></脱机载体编号>'),
    ],
    ['an element that stays open', changed('<脱机载体编号/>', '<脱机载体编号>')],
    ['another root', changed('<题名>', '</电子文件封装包><电子文件封装包><题名>')],
    ['something behind the end', `${around(good)} `],
    [
      'a paper outside of what is signed',
      changed('<题名>', '</被签名对象><题名>').replace(/<.被签名对象>\n(?=<.电)/, ''),
    ],
    ['two objects that are signed', changed('<题名>', '<被签名对象></被签名对象><题名>')],
  ])('refuses %s', (_, text) => {
    for (const step of [1, 10, text.length * 3]) expect(read(text, step)).toHaveProperty('fault')
  })

  it('refuses UTF-16', () => {
    const text = around(good)
    const embedded = startEmbedded(() => purePrimitives.startSha256())
    embedded.update(
      Uint8Array.from(Array.from(text).flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])),
    )
    expect(embedded.end()).toHaveProperty('fault')
  })

  it('is not taken for the same when one bit of it changed', () => {
    const changed = paperOf(50)
    changed[20] = (changed[20] ?? 0) ^ 1
    expect(read(around(toBase64(changed)))).not.toEqual(read(around(good)))
  })
})
