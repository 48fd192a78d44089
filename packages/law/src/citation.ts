import { numeral } from './article-ref.ts'
import type { Citation } from './evaluation.ts'
import type { Clause } from './schema/clause.ts'
import type { NationalProvision } from './schema/provision.ts'

/** Items are counted in brackets, of either width. */
const ITEM = /[(\uFF08]([一二三四五六七八九十]+)[)\uFF09]/g

/** `第二十一条（一）` → `第二十一条第（一）项`; `第五条（四）5` → `第五条第（四）项第5目`; `第6条` → `第六条`. Other texts count otherwise and stay as they are. */
export function sayRef(ref: string): string {
  if (!ref.startsWith('第')) return ref.replace(/(\d+)$/, '第$1点')
  const article = ref.replace(/^第(\d+)条/, (_, n: string) => `第${numeral(Number(n))}条`)
  const items = article.replace(ITEM, '第（$1）项')
  return items.replace(/项(\d+)$/, '项第$1目').replace(/条(\d+)$/, '条第$1项')
}

const bare = (title: string): string => title.replace(/^《|》$/g, '')

const cited = new WeakMap<Pick<Clause, 'id' | 'ref' | 'duty'>, Citation>()

/** A clause belongs to one regulation, so its citation is made once. */
export function citeClause(
  clause: Pick<Clause, 'id' | 'ref' | 'duty'>,
  title: string,
  layer: 'base' | 'overlay',
): Citation {
  const found = cited.get(clause) ?? {
    clause: clause.id,
    cite: `《${bare(title)}》${sayRef(clause.ref)}`,
    duty: clause.duty,
    layer,
  }
  cited.set(clause, found)
  return found
}

export const citeProvision = (provision: NationalProvision): Citation => ({
  clause: provision.id,
  cite: provision.cite,
  duty: provision.duty,
  layer: 'national',
})
