import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { lawDir } from './fixtures/load-definitions.ts'
import { wordsOf } from './paper-elements.ts'

/** What no paper says, whatever was typed. Cells of a table run together here, so a word may stand twice, not these. */
const AMISS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['two marks', /[。，；：、！？][。，；：、]/u],
  ['a stop in brackets', /。[）》]/u],
  ['a mark before its words', /[（《“][。，；：、）》”]/u],
  ['a mark of another script', /\p{sc=Han}[;,!?](?=\p{sc=Han}|\d+\.)/u],
  ['a word twice', /的规定的规定|(?:经查明?，){2}|因因|自自|于于|起起/u],
  ['no number', /(?<![\d.])0(?:日|天|年|个月|个工作日)/u],
  ['what a program says', /undefined|null|NaN|\[object/u],
]

/** Marks and words on the pages that nobody typed so. */
const amiss = (text: string): readonly string[] =>
  AMISS.flatMap(([what, pattern]) => {
    const found = pattern.exec(text)
    return found === null ? [] : [`${what}: …${text.slice(Math.max(0, found.index - 12), found.index + 12)}…`]
  })

/** Long texts that are paragraphs of a letter; cells of a table end without a mark. */
const paragraphsOf = ({ id }: DocumentDefinition): ((field: Field) => boolean) => {
  const template = readFileSync(join(lawDir, 'documents', id, 'template.typ'), 'utf8')
  const isLetter = template.includes('letter.typ')
  return (field) => isLetter && field.kind === 'longtext' && !template.includes(`(id: "${field.id}"`)
}

/** Paragraphs of a letter that end without a mark. */
const open = ({ definition, data }: RenderInput, text: string): readonly string[] =>
  fieldsOf(definition)
    .filter(paragraphsOf(definition))
    .flatMap(({ id }) => {
      const value = data[id]
      return typeof value === 'string' ? value.split('\n').map((line) => [id, wordsOf([line])] as const) : []
    })
    .flatMap(([id, line]) => {
      const at = line === '' ? -1 : text.indexOf(line)
      return at < 0 || /[。，；：！？）]/u.test(line.slice(-1) + text.charAt(at + line.length).trim())
        ? []
        : [`${id} ends without a mark: …${text.slice(at + line.length - 10, at + line.length + 6)}…`]
    })

/** What is wrong with the marks of a paper, by the text of its pages. */
export const marksAmiss = (input: RenderInput, pages: readonly string[]): readonly string[] => {
  const text = wordsOf(pages)
  return [...amiss(text), ...open(input, text)]
}

const UNSTOPPED = /[。；]+$/u

/**
 * The same form as others would type it: sentences without their stop, single lines with one, and an article that ends as the
 * words behind it begin.
 */
export const typedOtherwise = (
  definition: DocumentDefinition,
  data: RenderInput['data'],
): RenderInput['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([id, value]) => {
      const field = fieldsOf(definition).find((one) => one.id === id)
      if (field?.kind === 'articles' && Array.isArray(value))
        return [id, [...value, { title: '本市市容管理规定', article: '占道经营的禁止性规定' }]]
      if (typeof value !== 'string') return [id, value]
      if (field?.kind === 'longtext')
        return [
          id,
          value
            .split('\n')
            .map((line) => line.replace(UNSTOPPED, ''))
            .join('\n'),
        ]
      const takesStop = field?.kind === 'text' && field.pattern === undefined && /\p{sc=Han}$/u.test(value)
      return [id, takesStop && value.length < field.max ? `${value}。` : value]
    }),
  )
