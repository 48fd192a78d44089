import type { ArchivalScheme, SchemeElement } from './scheme.ts'

/** What is known of an object, by the names that schemes ask for. What is not known is not there. */
export type Known = Readonly<{ [name: string]: string | readonly Known[] | undefined }>

/** An element with its value: its text, or the elements within it. */
export type Described = Readonly<{ no?: string; name: string; text?: string; of?: readonly Described[] }>

export type Description = Readonly<{
  elements: readonly Described[]
  /** Elements that the scheme wants and the record does not hold, as `M12 保管期限`. */
  lacking: readonly string[]
  /** Of those the ones that only come with the archiving of the case. */
  untilArchived: readonly string[]
}>

const isText = (value: Known[string]): value is string => typeof value === 'string' && value !== ''
const labelOf = ({ no, name }: SchemeElement): string => (no === undefined ? name : `${no} ${name}`)

const one = (e: SchemeElement, known: Known): Described[] => {
  const head = { ...(e.no !== undefined && { no: e.no }), name: e.name }
  if (e.of !== undefined) {
    const of = e.of.flatMap((inner) => filled(inner, known))
    return of.length === 0 ? [] : [{ ...head, of }]
  }
  const text = e.value ?? (e.from === undefined ? undefined : known[e.from])
  return isText(text) ? [{ ...head, text: e.words?.[text] ?? text }] : []
}

const filled = (e: SchemeElement, known: Known): Described[] => {
  if (e.each === undefined) return one(e, known)
  const entries = known[e.each]
  return Array.isArray(entries) ? (entries as readonly Known[]).flatMap((entry) => one(e, entry)) : []
}

/** Elements of groups that repeat belong to what may be there any number of times, so none is missed in them. */
const wanted = (e: SchemeElement): readonly SchemeElement[] => {
  if (e.each !== undefined) return []
  return [...(e.must === true ? [e] : []), ...(e.of ?? []).flatMap(wanted)]
}

/** The object in the scheme's words and order, with what the record holds of it and nothing else. */
export const describe = (scheme: ArchivalScheme, known: Known): Description => {
  const lacking = scheme.elements.flatMap(wanted).filter((e) => filled(e, known).length === 0)
  return {
    elements: scheme.elements.flatMap((e) => filled(e, known)),
    lacking: lacking.map(labelOf),
    untilArchived: lacking.filter((e) => e.archived === true).map(labelOf),
  }
}

/** The element of a number, wherever it stands. */
export const findElement = (elements: readonly Described[], no: string): Described | undefined => {
  for (const e of elements) {
    const found = e.no === no ? e : findElement(e.of ?? [], no)
    if (found !== undefined) return found
  }
  return undefined
}
