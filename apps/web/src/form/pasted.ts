/* oxlint-disable no-control-regex, no-misleading-character-class -- these signs are what is taken out */
import type { Turn } from '../dialogue/turns.ts'

// Told by numbers, since nobody sees them: signs that only say where a line may break or which way it runs.
const UNSEEN =
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]/g
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g
const BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g
/** Bullets as Word writes them: signs of Symbol and Wingdings in the private area, and drawn ones. */
const BULLET =
  /^[ \t\u3000]*[\uf000-\uf0ff\u00b7\u2022\u2023\u2043\u25a0\u25aa\u25cf\u25c6\u25e6\u2756\u27a2\u2713\u2714][ \t\u3000]+/
const PRIVATE = /[\ue000-\uf8ff]/g
/** Strokes of characters that stand where the character should: from PDF files. */
const RADICALS = /[\u2e80-\u2fd5]/g

const cleanLine = (line: string): string =>
  line
    .replace(BULLET, '\u00b7 ')
    .replace(PRIVATE, '')
    .replace(/\t+/g, ' ')
    .replace(/ {2,}/g, ' ')
    // The paper indents by itself; what stands at the ends of a line was layout.
    .replace(/^[ \u3000]+|[ \u3000]+$/g, '')

const characters = (text: string): string =>
  text
    .replace(BREAKS, '\n')
    .replace(BLANKS, ' ')
    .replace(UNSEEN, '')
    .replace(CONTROL, '')
    .replace(RADICALS, (sign) => sign.normalize('NFKC'))

/** Text out of Word, a web page or a PDF file as somebody would have typed it. */
export const cleanPasted = (text: string): string =>
  characters(text)
    .split('\n')
    .map(cleanLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')

/** The same on one line. */
export const cleanPastedLine = (text: string): string => cleanPasted(text).replace(/\n+/g, ' ').trim()

/** Cells of a table: between tabs and line ends; a cell in quotes may hold both. */
export function tableInText(text: string): readonly (readonly string[])[] {
  const plain = characters(text)
  if (!plain.includes('\t')) return []
  const rows: string[][] = [[]]
  let at = 0
  while (at <= plain.length) {
    const quoted = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(plain.slice(at))
    const raw = quoted?.[0] ?? /^[^\t\n]*/.exec(plain.slice(at))?.[0] ?? ''
    rows.at(-1)?.push(cleanPasted(quoted?.[1]?.replaceAll('""', '"') ?? raw).trim())
    at += raw.length
    if (plain[at] === '\n') rows.push([])
    at += 1
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ''))
}

/** \u95ee and \u7b54: question and answer, with their numbers before or behind. */
const SPOKEN = /^[\s\d.\u3001\uff0e()\uff08\uff09]*(\u95ee|\u7b54)\s*\d*\s*[:\uff1a]\s*(.*)$/

/** A record that was written elsewhere: its questions and answers; nothing where there are not both. */
export function turnsInText(text: string): readonly Turn[] {
  const turns: { q: string; a: string }[] = []
  let part: 'q' | 'a' = 'q'
  let answers = 0
  for (const line of cleanPasted(text).split('\n')) {
    const [, who, said = line] = SPOKEN.exec(line) ?? []
    if (who === '\u95ee') turns.push({ q: said, a: '' })
    const last = turns.at(-1)
    if (last === undefined) {
      if (line !== '') return []
      continue
    }
    if (who === '\u95ee') part = 'q'
    else if (who === '\u7b54') {
      part = 'a'
      answers += 1
      last.a = last.a === '' ? said : `${last.a}\n${said}`
    } else if (line !== '') last[part] += `\n${line}`
  }
  return answers > 0 ? turns : []
}
