import words from 'virtual:law-words'

/** The word for a mark; a mark that no procedure names keeps its own name. */
export const flagWord = (flag: string): string => words.flags[flag] ?? flag
