import { bookTitle, canonicalArticle } from './article-ref.ts'
import { sayRef } from './citation.ts'
import type { Law } from './law.ts'

/** A place that a paper may cite, as the paper prints it: title and article together are the citation. */
export type Citable = Readonly<{
  title: string
  article: string
  /** In our words; several clauses at one place are told one after the other. */
  duty: string
  /** `national`, or the regulation by its id. */
  pack: string
  effectiveFrom?: string
  effectiveTo?: string
}>

const NUMBER = '[一二三四五六七八九十百千零]+'
/** Only what others would find by it: 第五条第二款第（一）项, 二（三）3; not 引言, not a heading. */
const CITED = new RegExp(`^(第(${NUMBER})条[^，。]*|${NUMBER}(（${NUMBER}）)?(第\\d+点)?)$`, 'u')

/** 《X》（令第1号）第五条 → 《X》（令第1号）, 第五条. */
function split(cite: string): Readonly<{ title: string; article: string }> | undefined {
  const found = /^(《.+?》(?:（[^《》]*?）)?)(.+)$/u.exec(cite)
  return found?.[1] === undefined || found[2] === undefined || !CITED.test(found[2])
    ? undefined
    : { title: found[1], article: found[2] }
}

const known = new WeakMap<Law, readonly Citable[]>()

/** Everything in the loaded texts that has a place of its own, national law first, each place once in each version. */
export function citable(law: Law): readonly Citable[] {
  const found = known.get(law) ?? collect(law)
  known.set(law, found)
  return found
}

function collect(law: Law): readonly Citable[] {
  const national = law.provisions.flatMap(({ cite, duty, effectiveFrom, effectiveTo }) => {
    const place = split(cite)
    return place === undefined ? [] : [{ ...place, duty, pack: 'national', effectiveFrom, effectiveTo }]
  })
  const packs = law.packs.flatMap(({ pack, clauses }) =>
    [...clauses.values()].flatMap(({ ref, duty }) => {
      const place = split(`${bookTitle(pack.title)}${canonicalArticle(sayRef(ref))}`)
      const effectiveFrom = pack.effectiveFrom ?? undefined
      return place === undefined
        ? []
        : [{ ...place, duty, pack: pack.id, effectiveFrom, effectiveTo: undefined }]
    }),
  )
  const places = new Map<string, Citable>()
  for (const { effectiveFrom, effectiveTo, ...one } of [...national, ...packs]) {
    const key = `${one.title}${one.article} ${effectiveFrom ?? ''}`
    const before = places.get(key)
    places.set(key, {
      ...one,
      duty: before === undefined ? one.duty : `${before.duty}${one.duty}`,
      ...(effectiveFrom !== undefined && { effectiveFrom }),
      ...(effectiveTo !== undefined && { effectiveTo }),
    })
  }
  return [...places.values()]
}
