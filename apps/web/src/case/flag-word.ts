import words from 'virtual:law-words'

/** The word for a mark; none for one that the law does not have any more, though a case may still carry it. */
export const flagWord = (flag: string): string | undefined => words.flags[flag]
