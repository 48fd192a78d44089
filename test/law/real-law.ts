import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import type { Law } from '@liuhen/law/law'
import { loadLaw } from '@liuhen/law/loader'
import type { LawFile } from '@liuhen/law/load/parse-yaml'
import { parse } from 'yaml'

const root = new URL('../../law/', import.meta.url)
const cache = new URL('../../node_modules/.cache/liuhen-tests/', import.meta.url)

/** The files of law/ as the server reads them. */
export const realLawFiles = (): LawFile[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !/(^|\/)cases\//.test(path))
    .map((path) => ({ path: `law/${path}`, text: readFileSync(new URL(path, root), 'utf8') }))

const hashOf = (files: readonly LawFile[]): string => {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`)
  return hash.digest('hex').slice(0, 32)
}

/** Reading YAML is most of the work of loading; every test file loads the law, so what the files say is kept by their hash. */
function withValues(files: readonly LawFile[]): LawFile[] {
  const path = new URL(`${hashOf(files)}.json`, cache)
  try {
    const values = JSON.parse(readFileSync(path, 'utf8')) as unknown[]
    return files.map((file, at) => ({ ...file, value: values[at] }))
  } catch {
    const values = files.map(({ text }) => parse(text) as unknown)
    mkdirSync(cache, { recursive: true })
    const mine = new URL(`${process.pid}.json`, cache)
    writeFileSync(mine, JSON.stringify(values))
    renameSync(mine, path)
    return files.map((file, at) => ({ ...file, value: values[at] }))
  }
}

let loaded: Law | undefined

/** The law of this repository. Read once for all tests of a file. A file that is no YAML is named by the loader itself. */
export function realLaw(): Law {
  if (loaded !== undefined) return loaded
  const files = realLawFiles()
  const result = loadLaw(readable(files) ?? files)
  if ('errors' in result)
    throw new Error(result.errors.map((e) => `${e.path}:${e.line}: ${e.message}`).join('\n'))
  loaded = result.law
  return loaded
}

function readable(files: readonly LawFile[]): LawFile[] | undefined {
  try {
    return withValues(files)
  } catch {
    return undefined
  }
}
