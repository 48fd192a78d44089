import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Law } from '@liuhen/law/law'

const PROGRAM = join(import.meta.dirname, '..', '..', '..', '..')
const READER = join(PROGRAM, 'packages', 'law', 'src')

const digestOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** The code that reads the law, with the libraries that it uses: another version may read the same files differently. */
async function readerParts(): Promise<string[]> {
  const paths = (await readdir(READER, { recursive: true }))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .toSorted()
  const files = [join(PROGRAM, 'package-lock.json'), ...paths.map((path) => join(READER, path))]
  return Promise.all(files.map((path) => readFile(path, 'utf8')))
}

/** One line for these files as this program reads them: any changed byte gives another. */
export async function lawKeyOf(files: readonly Readonly<{ path: string; text: string }>[]): Promise<string> {
  const said = files.map(({ path, text }) => `${path}\n${text.length}\n${text}`)
  return digestOf(process.versions.v8, ...(await readerParts()), ...said)
}

const pathIn = (folder: string): string => join(folder, 'law.bin')
const DIGEST = 64

/**
 * The law as it was read and checked under the same key. What is not there, of another key or damaged in any byte counts
 * as never kept.
 */
export async function findKeptLaw(folder: string, key: string): Promise<Law | undefined> {
  try {
    const kept = await readFile(pathIn(folder))
    const body = kept.subarray(DIGEST)
    if (digestOf(key, body) !== kept.toString('latin1', 0, DIGEST)) return undefined
    return deserialize(body) as Law
  } catch {
    return undefined
  }
}

/** Keeps it for the next start, whole or not at all. A folder that cannot be written only makes the next start slower. */
export async function keepLaw(folder: string, key: string, law: Law): Promise<void> {
  const body = serialize(law)
  const mine = `${pathIn(folder)}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(mine, Buffer.concat([Buffer.from(digestOf(key, body), 'latin1'), body]))
    await rename(mine, pathIn(folder))
  } catch {
    // Nothing is lost: the law was read. What was begun does not stay behind.
    await rm(mine, { force: true })
  }
}
