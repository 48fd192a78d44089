/** Exit codes of every command. */
export const EXIT = {
  /** Done, and what was asked holds. */
  ok: 0,
  /** Done, and it does not hold: a package fails, the law has errors, the record is damaged. */
  fails: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** It could not be found out: unreadable file, no database. */
  broken: 3,
} as const
