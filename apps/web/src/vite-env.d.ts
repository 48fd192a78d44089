declare module 'virtual:law-words' {
  import type { Calendar } from '@liuhen/law/schema/calendar'
  type Names = Readonly<Record<string, string>>
  const words: Readonly<{
    calendars: readonly Calendar[]
    scenes: Names
    flags: Names
    /** Papers that are made when the case file is put together: cover, index, note. */
    filePapers: readonly string[]
    /** Pack by the prefix of its clause ids. */
    prefixes: Names
  }>
  export default words
}
