const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and attributes of XML 1.0 and of HTML. Characters that XML 1.0 does not know become U+FFFD. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
