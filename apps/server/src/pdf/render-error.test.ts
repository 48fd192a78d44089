import { expect, it } from 'vitest'
import { explain } from './render-error.ts'

const complaint = (char: string) =>
  `[SourceDiagnostic { message: "PDF/A-3b error: the text \`\\"${char}\\"\` could not be displayed with font \`\\"Noto Serif SC\\"\`", trace: [] }]`

it('names the character without a glyph, its code point and what to do', () => {
  const error = explain(complaint('𰻝'))
  expect(error.code).toBe('missing-glyph')
  expect(error.characters).toEqual(['𰻝'])
  expect(error.message).toContain('“𰻝”')
  expect(error.message).toContain('U+30EDD')
  expect(error.message).toContain('请系统管理员在字体目录补充')
})
it('reads escaped characters too', () => {
  expect(explain(complaint('\\u{2ffff}')).characters).toEqual(['\u{2ffff}'])
})
it('calls everything else a fault of the template and keeps the complaint for the log', () => {
  const error = explain('[{"message":"unknown font family: x"}]')
  expect(error.code).toBe('template')
  expect(error.details).toContain('unknown font family')
})
