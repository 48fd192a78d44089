/**
 * Characters without a shape that turn the text around them (bidirectional controls, tags) or that no paper and no XML can
 * hold: what is shown must read as it is stored.
 */
const HIDDEN =
  /(?![\t\n\r])[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu

const named = (char: string): string =>
  `〔U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`

/** The same text with each hidden character named in its place: 甲〔U+202E〕乙. */
export const visibleText = (text: string): string => text.replaceAll(HIDDEN, named)
