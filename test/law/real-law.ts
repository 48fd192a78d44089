import { readFileSync, readdirSync } from 'node:fs'
import type { Law } from '@liuhen/law/law'
import { loadLaw } from '@liuhen/law/loader'
import type { LawFile } from '@liuhen/law/load/parse-yaml'

const root = new URL('../../law/', import.meta.url)

/** The files of law/ as the server reads them. */
export const realLawFiles = (): LawFile[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: `law/${path}`, text: readFileSync(new URL(path, root), 'utf8') }))

let loaded: Law | undefined

/** The law of this repository. Read once for all tests of a file. */
export function realLaw(): Law {
  if (loaded !== undefined) return loaded
  const result = loadLaw(realLawFiles())
  if ('errors' in result)
    throw new Error(result.errors.map((e) => `${e.path}:${e.line}: ${e.message}`).join('\n'))
  loaded = result.law
  return loaded
}
