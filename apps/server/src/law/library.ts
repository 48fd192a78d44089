import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Law } from '@liuhen/law/law'
import { loadLaw } from '@liuhen/law/loader'
import { readBefore } from './read-before.ts'

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

/**
 * Reads the whole of law/. With one mistake there is no law: throws with every file and line named. In `cacheFolder`, if
 * given, it keeps what the files say for the next time.
 */
export const loadLibrary = async (dir: string, cacheFolder?: string): Promise<LawLibrary> => {
  const files = await readAll(dir)
  const loaded = loadLaw(cacheFolder === undefined ? files : await readBefore(files, cacheFolder))
  if ('errors' in loaded) {
    const lines = loaded.errors.map((e) => `${e.path}:${e.line} ${e.message}`)
    throw new Error(`法规数据有误，请改正后重新启动：\n${lines.join('\n')}`)
  }
  return Object.freeze({ law: loaded.law, dir })
}

/** The folder law/ of the program. */
export const openLibrary = (cacheFolder?: string): Promise<LawLibrary> =>
  loadLibrary(join(import.meta.dirname, '..', '..', '..', '..', 'law'), cacheFolder)
