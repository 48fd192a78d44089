import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = join(import.meta.dirname, '..', 'apps', 'web', 'src')
const words = join(source, 'i18n', 'zh-CN')

/** The names of a resource, as code writes them: plural forms have one name. */
const namesIn = (value: unknown, path: readonly string[] = []): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => namesIn(inner, [...path, key]))
    : [path.join('.').replace(/_(zero|one|two|few|many|other)$/, '')]

const CALL =
  /(?:\{ t(?:: (\w+))?(?:, i18n)? \} = useTranslation\(|(\w+)(?:: TFunction<| = useTranslation\())'([a-z]+)'/g

/** What a file asks of a resource: names as they stand, and patterns for names that are put together. */
function askedIn(text: string, resource: string): readonly (string | RegExp)[] {
  const callees = [...text.matchAll(CALL)].filter((m) => m[3] === resource).map((m) => m[1] ?? m[2] ?? 't')
  return [...new Set(callees)].flatMap((callee) =>
    argumentsOf(text, callee).flatMap((said) => {
      const literals = [...said.matchAll(/'([^'\n]+)'/g)].map((m) => m[1] ?? '')
      const patterns = [...said.matchAll(/`([^`]+)`/g)].map((m) => patternOf(m[1] ?? ''))
      // A name that is only handed on stands somewhere in the same file.
      const handedOn = literals.length + patterns.length === 0
      return handedOn ? [...text.matchAll(/'([^'\n]+)'/g)].map((m) => m[1] ?? '') : [...literals, ...patterns]
    }),
  )
}

/** What stands between the brackets of each call. */
function argumentsOf(text: string, callee: string): readonly string[] {
  return [...text.matchAll(new RegExp(`(?<![\\w.])${callee}\\(`, 'g'))].map((m) => {
    const from = m.index + m[0].length
    let depth = 1
    let at = from
    while (depth > 0 && at < text.length) {
      if (text[at] === '(') depth += 1
      if (text[at] === ')') depth -= 1
      at += 1
    }
    return text.slice(from, at - 1)
  })
}

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^()|[\]\\{}$]/g, '\\$&'))
      .join('.+')}$`,
  )

/** A whole branch may be asked for at once. */
const unasked = (names: readonly string[], asked: readonly (string | RegExp)[]): readonly string[] =>
  names.filter(
    (name) =>
      !asked.some((a) => (typeof a === 'string' ? a === name || name.startsWith(`${a}.`) : a.test(name))),
  )

const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => readFileSync(join(source, name), 'utf8'))

describe('the words of the web are each asked for somewhere (that each asked for exists, the compiler says)', () => {
  it.each(readdirSync(words))('%s', (file) => {
    const names = namesIn(JSON.parse(readFileSync(join(words, file), 'utf8')))
    const resource = file.replace('.json', '')
    expect(
      unasked(
        names,
        texts.flatMap((text) => askedIn(text, resource)),
      ),
    ).toEqual([])
  })

  it('would be found if nobody asked for them', () => {
    const code = "const { t: w } = useTranslation('words')\nw('yes')\nw(`role.${one}`)"
    expect(unasked(['yes', 'no', 'role.officer', 'part.officer'], askedIn(code, 'words'))).toEqual([
      'no',
      'part.officer',
    ])
    expect(askedIn(code, 'case')).toEqual([])
  })
})
