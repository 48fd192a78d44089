import { expect, test } from 'vitest'
import { escapeText } from '../package-contents/xml.ts'
import { unreadableAt } from './read-again.ts'

const good = `<?xml version="1.0" encoding="UTF-8"?>\n<元数据 标准="DA/T 46">\n<题名>甲&amp;乙</题名>\n<权限/>\n</元数据>\n`

test('what was made is read to its end', () => {
  expect(unreadableAt(good)).toBeUndefined()
  expect(unreadableAt(`<a>${escapeText(`]]><b x="1">&#0;'\u0007\uFFFF`)}</a>`)).toBeUndefined()
})

test.each([
  ['an element is not closed', good.replace('</题名>', '')],
  ['elements cross', '<a><b></a></b>'],
  ['another name closes', good.replace('</题名>', '</副题名>')],
  ['a sign was not escaped', good.replace('&amp;', '&')],
  ['a tag is cut', good.slice(0, -5)],
  ['an attribute is without quotes', good.replace('"DA/T 46"', 'DA')],
  ['something follows', `${good}<a/>`],
  ['a character of no XML is in it', good.replace('甲', '\uFFFE')],
  ['nothing is there', ''],
])('it is seen when %s', (_, xml) => {
  expect(unreadableAt(xml)).toBeTypeOf('number')
})
