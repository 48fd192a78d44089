import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const OF_PROGRAM = join(import.meta.dirname, '..', '..', '..', '..', 'node_modules', '.cache', 'liuhen')

/**
 * Where compiled code and the law as it was read are kept for the next start: beside the program, so that a new data
 * directory starts fast too; in the data directory where the program belongs to somebody else. Whoever deletes it loses
 * nothing.
 */
export const cacheFolderOf = (dataDir: string): string => {
  try {
    mkdirSync(OF_PROGRAM, { recursive: true })
    accessSync(OF_PROGRAM, constants.W_OK)
    return OF_PROGRAM
  } catch {
    return join(dataDir, 'cache')
  }
}
