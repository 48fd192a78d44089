import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A typeface that an agency has licensed (仿宋, 楷体): a directory of TTF/OTF files and the family for body text. */
export type LicensedFonts = Readonly<{ dir: string; family: string }>

const PINNED = [
  ['@expo-google-fonts/noto-serif-sc', ['400Regular', '900Black']],
  ['@expo-google-fonts/noto-sans-sc', ['400Regular']],
] as const

export const BODY_FAMILY = 'Noto Serif SC'

/**
 * Directories of the pinned fonts, one weight each. The compiler also sees the machine's fonts, but templates name
 * families with fallback off, and among equal faces the first directory wins: output does not depend on the machine.
 */
export function fontDirectories(licensed?: LicensedFonts): readonly string[] {
  const require = createRequire(import.meta.url)
  const pinned = PINNED.flatMap(([name, weights]) => {
    const root = dirname(require.resolve(`${name}/package.json`))
    return weights.map((weight) => join(root, weight))
  })
  return licensed ? [...pinned, licensed.dir] : pinned
}

/** One of the pinned fonts, for words over a picture: without serifs it stays legible when it is small. */
export function markFont(): string {
  const require = createRequire(import.meta.url)
  const dir = join(dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json')), '400Regular')
  return join(dir, readdirSync(dir).find((name) => name.endsWith('.ttf')) ?? '')
}

/** What a document's attached data says of its typefaces: the pinned packages, and each licensed file by hash. */
export function fontRecord(licensed?: LicensedFonts): readonly string[] {
  const require = createRequire(import.meta.url)
  const pinned = PINNED.map(([name]) => {
    const about: unknown = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'))
    return `${name}@${versionOf(about)}`
  })
  return licensed ? [...pinned, ...licensedRecord(licensed)] : pinned
}

const versionOf = (about: unknown): string =>
  typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : 'unknown'

function licensedRecord({ dir, family }: LicensedFonts): readonly string[] {
  return readdirSync(dir)
    .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
    .sort()
    .map((name) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex')
      return `${family} ${name} sha256:${hash}`
    })
}
