import type { Fact } from '@liuhen/law/fact'

type FactData = NonNullable<Fact['data']>

/** Rules read scalars and lists of scalars; of rows and dialogues, which stay in the document, how many there are. */
export const scalars = (data: object): FactData => {
  const out: FactData = {}
  for (const [key, value] of Object.entries(data)) {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) out[key] = value as string
    else if (Array.isArray(value) && value.every((v) => typeof v === 'string')) out[key] = value
    else if (Array.isArray(value)) out[key] = value.length
  }
  return out
}
