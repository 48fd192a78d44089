import { fieldsOf, isEmpty } from '@liuhen/domain/document/form-data'
import type { Field } from '@liuhen/law/document-definition'
import { printView } from '../apps/server/src/pdf/print-view.ts'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'

/** A value that the paper must show, under the place in the form from which it comes. */
export type Element = Readonly<{ path: string; text: string; required: boolean }>

/** What a form asks and its paper says in other words, or not at all; each with the reason. */
const IN_OTHER_WORDS: readonly (readonly [reason: string, path: RegExp, text?: string])[] = [
  ['decides how the party is spoken of: 经营者 or 法定代表人', /^partyKind$/],
  ['decides whether something was reported, transferred or applied for', /^recipientKind$/],
  ['a cover names the handlers without their certificates', /^handlers\.\d+\.certNo$/],
  ['who has nothing to add leaves no line that says so', /^(others|circumstances)\.\d+$/, '无'],
]

const isInOtherWords = ({ path, text }: Element): boolean =>
  IN_OTHER_WORDS.some(([, where, value]) => where.test(path) && (value === undefined || value === text))

type View = ReturnType<typeof printView>['fields'][string]

const squeeze = (text: string): string => text.replaceAll(/[\s\u200B]/gu, '')
/** The last stop of what was typed is the sentence's own, in which it stands. */
const unstopped = (text: string): string => text.replace(/。$/u, '')

/** What stands on every page and lies between the two halves of a text that runs over its end. */
const MARKS =
  /—\d+—(?:演示数据·模拟时钟|预览稿·演示数据|预览稿·未编号未生效)?(?:核验)?|签名见末页；各签名对本\d+页全文生效。/gu

/**
 * A text as paper shows it: of a form, what it names of its own words is in the cells beside; a yes or no is a tick that
 * has no text, and a photo is a picture.
 */
const textsOf = (field: Field, view: View): readonly (readonly [path: string, text: string])[] => {
  switch (field.kind) {
    case 'boolean':
    case 'photo':
      return []
    case 'rows':
      return view.rows.flatMap((row, i) =>
        field.columns
          .filter((column) => column.kind !== 'photo')
          .map((column) => [`${field.id}.${i}.${column.id}`, row[column.id] ?? ''] as const),
      )
    case 'dialogue':
      return view.turns.flatMap((turn, i) => [
        [`${field.id}.${i}.q`, turn.q] as const,
        [`${field.id}.${i}.a`, turn.a] as const,
      ])
    case 'officers':
      return view.people.flatMap((one, i) => [
        [`${field.id}.${i}.name`, one.name] as const,
        [`${field.id}.${i}.certNo`, one.certNo] as const,
      ])
    case 'articles':
      return view.articles.map((one, i) => [`${field.id}.${i}`, one.cite] as const)
    case 'multichoice':
      return view.options.filter((one) => one.chosen).map((one) => [field.id, one.label] as const)
    case 'longtext':
      return view.text.split('\n').map((line, i) => [`${field.id}.${i}`, line] as const)
    default:
      return [[field.id, view.text] as const]
  }
}

/** Every element that is filled in, and what the paper adds of its own: number, day, agency, title. */
export const elementsOf = (input: RenderInput): readonly Element[] => {
  const view = printView(input, '', '')
  const { opinionField } = input.definition
  const own = [
    ['title', view.title],
    ['number', view.number],
  ].map(([path = '', text = '']) => ({ path, text, required: true }))
  const typed = fieldsOf(input.definition)
    .filter((field) => field.id !== opinionField && !isEmpty(input.data[field.id]))
    .flatMap((field) => {
      const shown = view.fields[field.id]
      return shown === undefined || !shown.shown
        ? []
        : textsOf(field, shown).map(([path, text]) => ({ path, text, required: field.required }))
    })
  return [...own, ...typed]
    .map((one) => ({ ...one, text: unstopped(squeeze(one.text)) }))
    .filter((one) => one.text !== '' && !isInOtherWords(one))
}

/** How much of the beginning of a text stands on a page: of a beginning that does, every shorter one does. */
const beginning = (page: string, text: string): number => {
  let [least, most] = [0, text.length]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (page.includes(text.slice(0, middle))) least = middle
    else most = middle - 1
  }
  return least
}

/** In one piece, or from the end of a cell on one page over the next ones, as many as it takes. */
const isPrinted = (pages: readonly string[], text: string): boolean =>
  pages.join('').includes(text) ||
  pages.some((_, first) => {
    let rest = text
    for (const page of pages.slice(first)) {
      const size = beginning(page, rest)
      if (size === 0) return false
      rest = rest.slice(size)
      if (rest === '') return true
    }
    return false
  })

/** The words of all pages in one, without what stands at the foot of each. */
export const wordsOf = (pages: readonly string[]): string =>
  pages.map((page) => squeeze(page).replaceAll(MARKS, '')).join('')

/** The elements that stand on none of the pages. */
export const missingFrom = (pages: readonly string[], elements: readonly Element[]): readonly Element[] => {
  const squeezed = pages.map((page) => squeeze(page).replaceAll(MARKS, ''))
  return elements.filter((one) => !isPrinted(squeezed, one.text))
}
