import { createHash, randomBytes } from 'node:crypto'
import { link, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../ledger/log-folder.ts'

/** What a witness remembers of one log: the note that it cosigned last. */
export type Remembered = Readonly<{ turn: number; note: string }>

/** Which tree was cosigned last, per log. On the disk before anybody is answered, and never taken back. */
export type WitnessMemory = Readonly<{
  last(origin: string): Promise<Remembered | undefined>
  /**
   * Puts a note in the place of the one of turn `after` (0 when there was none): compare and set. False when another, also
   * another process, was quicker; nothing was changed then.
   */
  advance(origin: string, after: number, note: string): Promise<boolean>
}>

const KEPT = 100

export const logIdOf = (origin: string): string => createHash('sha256').update(origin).digest('hex')

const nameOf = (turn: number): string => String(turn).padStart(12, '0')

/** Newest first. */
const turnsIn = async (folder: string): Promise<number[]> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => /^\d{12}$/.test(name))
    .map(Number)
    .toSorted((a, b) => b - a)
}

const writeSynced = async (path: string, text: string): Promise<void> => {
  const handle = await open(path, 'wx', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * One file a turn, numbered, and never replaced: the next number is taken with link(2), which fails when it is there.
 * Old numbers are removed, so whoever took one looks once more whether it is the newest: a number that was removed before
 * and could be taken again is not.
 */
export const witnessMemory = (folder: string): WitnessMemory => {
  const place = (origin: string): string => join(folder, logIdOf(origin))
  return {
    last: async (origin) => {
      const own = place(origin)
      // Between listing and reading a hundred others may have come; then there is a newer one.
      for (;;) {
        const [turn] = await turnsIn(own)
        if (turn === undefined) return undefined
        const note = await readFile(join(own, nameOf(turn)), 'utf8').catch(() => undefined)
        if (note !== undefined) return { turn, note }
        if ((await turnsIn(own))[0] === turn) throw new Error(`${join(own, nameOf(turn))} 读不出来`)
      }
    },
    advance: async (origin, after, note) => {
      const own = place(origin)
      await makeFolder(own)
      const [temporary, final] = [
        join(own, `tmp-${randomBytes(8).toString('hex')}`),
        join(own, nameOf(after + 1)),
      ]
      await writeSynced(temporary, note)
      try {
        await link(temporary, final)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
        throw error
      } finally {
        await rm(temporary, { force: true })
      }
      await syncFolder(own)
      const turns = await turnsIn(own)
      if (turns[0] !== after + 1) return false
      for (const old of turns.slice(KEPT)) await rm(join(own, nameOf(old)), { force: true })
      return true
    },
  }
}
