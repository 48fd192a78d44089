import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

type File = Readonly<{ path: string; text: string; value?: unknown }>

const Kept = z.record(z.string(), z.unknown())

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const keptIn = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    return Kept.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return {} // not there, or cut off: then everything is read again
  }
}

/** A file with a mistake in it has no value: whoever reads the law says what is wrong with it. */
const valueOf = (text: string): unknown => {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/**
 * The files with what they say. Reading YAML is half of the work of a start, so it is kept by the hash of the text: what
 * was changed is read again, and nothing else can be out of date. Schemas are applied every time.
 */
export const readBefore = async (files: readonly File[], folder: string): Promise<readonly File[]> => {
  const path = join(folder, 'law.json')
  const kept = await keptIn(path)
  const hashed = files.map((file) => ({ file, hash: hashOf(file.text) }))
  const read = hashed.map(({ file, hash }) => ({ file, hash, value: kept[hash] ?? valueOf(file.text) }))
  if (read.some(({ hash }) => kept[hash] === undefined)) {
    const values = Object.fromEntries(read.map(({ hash, value }) => [hash, value]))
    await mkdir(folder, { recursive: true })
    await writeFile(`${path}.new`, JSON.stringify(values))
    await rename(`${path}.new`, path)
  }
  return read.map(({ file, value }) => (value === undefined ? file : { ...file, value }))
}
