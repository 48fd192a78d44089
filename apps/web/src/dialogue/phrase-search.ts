/** A phrase and its number in the list, which is its short code. */
export type Phrase = Readonly<{ no: number; text: string }>

/** Begins the search for a phrase: what the key gives with and without a Chinese input method. */
const BEGIN = /^[/\u3001\uff0f]/

/** What is searched for in a question that begins with a stroke; nothing where none is. */
export const searchedFor = (text: string): string | undefined =>
  BEGIN.test(text) ? text.slice(1).trim().toLowerCase() : undefined

/** By the phrase's number, or by words that it contains in any order. */
export const findPhrases = (phrases: readonly string[], sought: string): Phrase[] => {
  const all = phrases.map((text, i) => ({ no: i + 1, text }))
  if (/^\d+$/.test(sought)) return all.filter(({ no }) => String(no).startsWith(sought))
  const words = sought.split(/\s+/).filter((word) => word !== '')
  return all.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
}
