import { bookTitle, canonicalArticle } from './article-ref.ts'
import type { Citable } from './citable.ts'

/** A place as somebody looks for it: whether it holds today, and whether it is national law or a text of the agency. */
export type Place = Omit<Citable, 'pack'> & Readonly<{ inForce: boolean; ours: boolean }>
type Cited = Readonly<{ title: string; article: string }>
/** What a search offers: places of the library, and last what was typed, as it would be cited. */
export type Offers = Readonly<{ places: readonly Place[]; typed?: Cited }>

const NUMBER = '[0-9\uff10-\uff19]+|[一二三四五六七八九十百千零〇两]+'
/** The number of an article in what was typed: digits, or numerals that 条 follows or a title's last word precedes. */
const ARTICLE = new RegExp(
  `第?(?:${NUMBER})\\s*条[^\\s]*|[0-9\uff10-\uff19]+[^\\s]*|(?<=^|\\s|[法例定则》])第?(?:${NUMBER})(?=\\s|$)`,
  'u',
)
const ALONE = new RegExp(`^(第?(?:${NUMBER}))$`, 'u')
const MOST = 40
const NATION = '中华人民共和国'

const bare = (title: string): string => title.replace(/[《》]/g, '')

/** Whether the signs of a word follow each other in the text, others between them: 治安法 in 治安管理处罚法. */
function hasInOrder(text: string, word: string): boolean {
  let at = 0
  for (const sign of text) if (sign === word[at]) at += 1
  return at === word.length
}

function parse(query: string): Readonly<{ words: readonly string[]; article: string }> {
  const text = query.replace(/[《》]/g, ' ')
  const found = ARTICLE.exec(text)
  const rest = found ? `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}` : text
  return {
    words: rest.split(/\s+/).filter((word) => word !== ''),
    article: found ? canonicalArticle(found[0].replace(ALONE, '$1条')) : '',
  }
}

/** The less, the nearer; undefined where something that was typed is missing. */
function distance(place: Place, words: readonly string[], article: string): number | undefined {
  if (article !== '' && !place.article.startsWith(article)) return undefined
  const title = bare(place.title)
  let far = (place.inForce ? 0 : 2) + (place.article === article ? 0 : 1)
  for (const word of words) {
    if (title.includes(word) || place.article.startsWith(word)) continue
    if (place.duty.includes(word)) far += 8
    else if (hasInOrder(title, word)) far += 16
    else return undefined
  }
  return far
}

/** A title as the library has it: with its brackets, and the nation's name where somebody left that out. */
export function knownTitle(typed: string, places: readonly Place[]): string {
  const name = bare(typed).trim()
  if (name === '') return ''
  const known = places.find((p) => [name, `${NATION}${name}`].includes(bare(p.title)))
  return known?.title ?? bookTitle(typed.trim())
}

/**
 * What may be meant by words of a title, of what a provision says, and the number of an article in any spelling: of national
 * law and the agency's own texts; those of other agencies only where nothing of these fits.
 */
export function findPlaces(query: string, places: readonly Place[]): Offers {
  const { words, article } = parse(query)
  if (words.length === 0 && article === '') return { places: places.filter((p) => p.ours).slice(0, MOST) }
  const found = places.flatMap((place) => {
    const far = distance(place, words, article)
    return far === undefined ? [] : [{ place, far }]
  })
  const ours = found.filter(({ place }) => place.ours)
  const near = (ours.length > 0 ? ours : found).toSorted((a, b) => a.far - b.far).slice(0, MOST)
  const title = knownTitle(words[0] ?? '', places)
  // Words of a title mean the text that has them; a title in its brackets means itself.
  const isMeant = (held: string): boolean =>
    query.includes('《') ? held === title : bare(held).includes(words[0] ?? '')
  const isHeld = near.some(({ place }) => isMeant(place.title) && place.article === article)
  return {
    places: near.map(({ place }) => place),
    ...(title !== '' && words.length === 1 && article !== '' && !isHeld && { typed: { title, article } }),
  }
}

const compact = (cite: string): string => cite.replaceAll(NATION, '').replace(/[《》\s]/g, '')

/** Whether what is registered under a provision, in anybody's spelling, belongs to one of those cited, or to a part of it. */
export const belongsTo = (under: string, cited: readonly string[]): boolean =>
  cited.some(
    (one) =>
      one !== '' &&
      (compact(under).includes(compact(one)) ||
        (compact(under) !== '' && compact(one).startsWith(compact(under)))),
  )

/** The place in the library that a citation is, or lies in: 第五十一条第一款 lies in 第五十一条. */
export function placeOf({ title, article }: Cited, places: readonly Place[]): Place | undefined {
  const within = places.filter((p) => p.title === bookTitle(title) && article.startsWith(p.article))
  return within.toSorted(
    (a, b) => b.article.length - a.article.length || Number(b.inForce) - Number(a.inForce),
  )[0]
}
