import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Law } from '@liuhen/law/law'
import { findKeptLaw, keepLaw, lawKeyOf } from './kept-law.ts'

/** The folder law/ of this installation, read once. */
export type LawLibrary = Readonly<{ law: Law; dir: string }>

const readAll = async (dir: string): Promise<{ path: string; text: string }[]> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((e) => e.isFile() && /\.ya?ml$/.test(e.name) && !e.parentPath.endsWith('cases'))
    .map((e) => join(e.parentPath, e.name))
    .toSorted()
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(dir, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  )
}

type Files = Awaited<ReturnType<typeof readAll>>

/** With one mistake there is no law: throws with every file and line named. The code that reads is loaded only here. */
const lawIn = async (files: Files): Promise<Law> => {
  const { loadLaw } = await import('@liuhen/law/loader')
  const loaded = loadLaw(files)
  if ('law' in loaded) return loaded.law
  const lines = loaded.errors.map((e) => `${e.path}:${e.line} ${e.message}`)
  throw new Error(`法规数据有误，请改正后重新启动：\n${lines.join('\n')}`)
}

/** The same, kept in the folder: reading and checking is most of the work of a start, and the files seldom change. */
const lawKeptIn = async (folder: string, files: Files): Promise<Law> => {
  const key = await lawKeyOf(files)
  const kept = await findKeptLaw(folder, key)
  if (kept !== undefined) return kept
  const law = await lawIn(files)
  await keepLaw(folder, key, law)
  return law
}

/** Reads the whole of law/. In `cacheFolder`, if given, it keeps what it read for the next time. */
export const loadLibrary = async (dir: string, cacheFolder?: string): Promise<LawLibrary> => {
  const files = await readAll(dir)
  const law = await (cacheFolder === undefined ? lawIn(files) : lawKeptIn(cacheFolder, files))
  return Object.freeze({ law, dir })
}

/** The folder law/ of the program. */
export const openLibrary = (cacheFolder?: string): Promise<LawLibrary> =>
  loadLibrary(join(import.meta.dirname, '..', '..', '..', '..', 'law'), cacheFolder)
