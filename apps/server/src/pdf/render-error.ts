/** Why a paper could not be made, in Chinese for the person who asked for it; `details` is for the log. */
export class RenderError extends Error {
  readonly code: 'missing-glyph' | 'template' | 'timeout' | 'closed'
  /** The characters that no typeface has. */
  readonly characters: readonly string[]
  readonly details: string

  constructor(code: RenderError['code'], message: string, details = '', characters: readonly string[] = []) {
    super(message)
    this.name = 'RenderError'
    this.code = code
    this.details = details
    this.characters = characters
  }
}

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Reads the compiler's complaint. Under PDF/A a character without a glyph is an error that names it, never a blank box. */
export function explain(complaint: string): RenderError {
  const named = [...complaint.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/gsu)]
  const characters = [...new Set(named.flatMap((found) => Array.from(decode(found[1] ?? ''))))].filter(
    (char) => !/\s/u.test(char),
  )
  if (characters.length === 0)
    return new RenderError('template', '文书模板排版失败，请把文书名称和时间告诉系统管理员', complaint)
  const shown = characters.map((char) => `“${char}”（${codePoint(char)}）`).join('、')
  return new RenderError(
    'missing-glyph',
    `字库里没有${shown}，这份文书不能生成。请核对是否误录；确为人名地名用字的，请系统管理员在字体目录补充含该字的字体`,
    complaint,
    characters,
  )
}

/** The complaint escapes some characters as \u{...}. */
const decode = (text: string): string =>
  text.replace(/\\u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
