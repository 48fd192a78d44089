import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { realLaw } from './real-law.ts'

const root = join(import.meta.dirname, '../..')
const TITLE = /\b(?:test|it|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])((?:(?!\1).)*)\1/g

/** Every clause of the nine texts and every national provision. */
export const knownClauses = (): ReadonlySet<string> => {
  const law = realLaw()
  return new Set([...law.packs.flatMap((p) => [...p.clauses.keys()]), ...law.provisions.map((p) => p.id)])
}

/** What looks like a clause in the titles of tests, whether or not there is such a clause. */
export function clausesIn(source: string, known: ReadonlySet<string>): string[] {
  const prefixes = [...new Set([...known].map((id) => id.slice(0, id.indexOf('-'))))].join('|')
  const clause = new RegExp(`(?<![\\w-])(?:${prefixes})(?:-[a-z]+)*(?:-\\d+)+(?![\\w-])`, 'g')
  return [...source.matchAll(TITLE)].flatMap(([, , title = '']) =>
    [...title.matchAll(clause)].map(([id]) => id),
  )
}

export type NamedClauses = Readonly<{ path: string; clauses: readonly string[] }>

/** The clauses that tests name in their titles, by file. */
export function namedClauses(): NamedClauses[] {
  const known = knownClauses()
  return ['apps', 'packages', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(test|e2e)\.ts$/.test(path) && !path.includes('node_modules'))
      .map((path) => join(folder, path))
      .map((path) => ({ path, clauses: clausesIn(readFileSync(join(root, path), 'utf8'), known) })),
  )
}
