import { visibleText } from '@liuhen/ledger/visible-text'

/** Text that is HTML already. Only `html` and `raw` make it, so that nothing reaches a page unescaped by accident. */
export type Html = Readonly<{ html: string }>

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A character that would turn the words beside it is named in its place. */
export const escapeHtml = (text: string): string =>
  visibleText(text).replaceAll(/[&<>"']/g, (c) => ESCAPES[c] ?? c)

/** For constants of this program; never for anything that was read. */
export const raw = (text: string): Html => ({ html: text })

export type Part = Html | string | number | undefined | readonly Part[]

const write = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  if ('html' in part) return part.html
  return part.map(write).join('')
}

/** A template whose values are escaped. Attributes are always written in double quotes. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  raw(strings.map((s, i) => s + write(parts[i])).join(''))
