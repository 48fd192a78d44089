import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

export type Example = Readonly<{ id: string; title: string; pack: string; topic: string }>

/** Of an example only what tells which clause it shows. */
const File = z.object({
  cases: z.array(z.object({ id: z.string(), title: z.string(), clauses: z.array(z.string()).default([]) })),
})

const filesIn = async (dir: string): Promise<string[]> => {
  const entries = await readdir(join(dir, 'packs'), { recursive: true, withFileTypes: true })
  return entries
    .filter((e) => e.isFile() && e.parentPath.endsWith('cases') && /\.ya?ml$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .toSorted()
}

/** The examples that lie beside the packs, by the clauses that each carries out. An installation without them has none. */
export const readExamples = async (dir: string): Promise<ReadonlyMap<string, readonly Example[]>> => {
  const found = new Map<string, Example[]>()
  for (const path of await filesIn(dir)) {
    const pack = basename(join(path, '..', '..'))
    const topic = basename(path).replace(/\.ya?ml$/, '')
    const { cases } = File.parse(parse(await readFile(path, 'utf8')))
    for (const { id, title, clauses } of cases)
      for (const clause of new Set(clauses))
        found.set(clause, [...(found.get(clause) ?? []), { id, title, pack, topic }])
  }
  return found
}
