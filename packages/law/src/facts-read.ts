import type { CaseLaw } from './combine.ts'
import type { Read } from './reads.ts'
import { readsOf } from './reads.ts'
import type { EventDatum } from './schema/event-field.ts'
import type { EventDeclaration } from './schema/procedure.ts'

const THING_NAMES: Readonly<Record<string, string>> = {
  document: '文书',
  recording: '音像',
  'case-file': '案卷',
}

/** One kind of fact that the rules of a procedure read, with what they look at in it. */
export type FactRead = Readonly<{
  /** As a timeline writes it: `document penalty-decision issued`. */
  fact: string
  /** What people call it. */
  label: string
  data: readonly Readonly<{ key: string; label: string; values: readonly string[] }>[]
  /** Codes of the rules that read it. */
  rules: readonly string[]
}>

/** What an event is called, and for whoever writes a timeline, what its `about` names. */
function eventLabel(name: string, events: ReadonlyMap<string, EventDeclaration>): string {
  const event = events.get(name)
  if (event === undefined) return name
  const about = event.about.map((thing) => THING_NAMES[thing] ?? events.get(thing)?.label ?? thing)
  return about.length === 0 ? event.label : `${event.label}（about 为${about.join('、')}的编号）`
}

const datumLabel = (datum: EventDatum | undefined): string | undefined =>
  typeof datum === 'string' ? datum : datum?.label

/** Every kind of fact that the rules binding this case read. */
export function factsRead(caseLaw: CaseLaw): FactRead[] {
  const { procedure, law } = caseLaw
  const events = new Map(procedure.events.map((e) => [e.name, e]))
  const labelOf = ({ pattern: { kind }, name }: Read): string => {
    if (kind === 'event') return eventLabel(name, events)
    if (kind === 'step') return procedure.steps.find((s) => s.id === name)?.name ?? name
    if (kind === 'recording') return law.scenes.get(name) ?? '任何音像'
    return law.documents.find((d) => d.id === name)?.name ?? '任何文书'
  }
  const keyLabel = ({ pattern: { kind }, name, data }: Read, key: string): string => {
    const [called] = data.get(key)?.called ?? []
    if (called !== undefined) return called
    if (kind === 'event') return datumLabel(events.get(name)?.data[key]) ?? ''
    const definition = law.documents.find((d) => d.id === name)
    return definition === undefined
      ? ''
      : (definition.sections.flatMap((s) => s.fields).find((f) => f.id === key)?.label ?? '')
  }
  return [...readsOf(caseLaw)]
    .map(([fact, one]) => ({
      fact,
      label: labelOf(one),
      data: [...one.data].map(([key, { values, elements }]) => ({
        key,
        label: keyLabel(one, key),
        values: [...new Set([...values, ...elements.keys()])],
      })),
      rules: [...one.rules],
    }))
    .toSorted((a, b) => (a.fact < b.fact ? -1 : 1))
}

/** As lines for people, after the marks that a case of the procedure may bear. */
export const printFactsRead = (
  facts: readonly FactRead[],
  flags: CaseLaw['procedure']['flags'],
): string[] => [
  ...flags.map(({ flag, label }) => `flag ${flag}　${label}`),
  ...facts.flatMap(({ fact, label, data }) => [
    `${fact}　${label}`,
    ...data.map(
      ({ key, label: what, values }) =>
        `    ${key}${what === '' ? '' : `　${what}`}${values.length === 0 ? '' : `：${values.join(' | ')}`}`,
    ),
  ]),
]
