import { paramOf } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import { itemsIn, wordsIn } from './evaluate/elements.ts'
import type { DatumRead } from './reads.ts'
import { readsOf } from './reads.ts'
import type { EventDatum, FieldList, FieldType } from './schema/event-field.ts'
import type { EventDeclaration } from './schema/procedure.ts'

type Option = Readonly<{ value: string; label: string }>

/** A datum of an event, ready to be asked for: every option is spelled out. */
export type NoteField = Readonly<{
  key: string
  label: string
  type: FieldType
  options: readonly Option[]
  from?: FieldList
  open: boolean
  required: boolean
  /** Paper and field that say it already. */
  fromPaper?: string
  /** A text of the case wants it said. */
  wanted?: true
}>

const OPTION = /^([a-z][a-z0-9-]*)\s+(\S.*)$/

/** `code word | code word` is a choice; anything else is the name of a text. */
const optionsIn = (short: string): readonly Option[] => {
  const parts = short.split('|').map((part) => OPTION.exec(part.trim()))
  if (parts.length < 2) return []
  const options = parts.flatMap((m) => (m?.[1] && m[2] ? [{ value: m[1], label: m[2] }] : []))
  return options.length === parts.length ? options : []
}

/** Where a case of this procedure may come from, as its own registration says; of a procedure that says nothing, everything. */
export const sourcesOf = ({
  events,
}: Readonly<{ events: readonly EventDeclaration[] }>): readonly Option[] => {
  const datum = events.find((e) => e.name === 'lead-registered')?.data['source']
  if (datum === undefined) return []
  if (typeof datum === 'string') return optionsIn(datum)
  return Object.entries(datum.options).map(([value, label]) => ({ value, label }))
}

/** Whether the registration of such a case asks what somebody is suspected of: an application suspects nobody. */
export const asksViolation = ({ events }: Readonly<{ events: readonly EventDeclaration[] }>): boolean =>
  events.find((e) => e.name === 'lead-registered')?.data['violation'] !== undefined

const unique = (options: readonly Option[]): readonly Option[] => [
  ...new Map(options.map((o) => [o.value, o])).values(),
]

function listOf(list: FieldList, { packs, procedure, law }: CaseLaw): readonly Option[] {
  const recordings = packs.map(({ pack }) => pack.params.recording)
  switch (list) {
    case 'exemptions':
      return recordings.flatMap((r) => r.exemptions.map(({ code, label }) => ({ value: code, label })))
    case 'interruption-causes':
      return recordings.flatMap((r) =>
        (r.interruption?.causes ?? []).map((cause) => ({ value: cause, label: cause })),
      )
    case 'scenes':
      return procedure.steps.flatMap((step) =>
        step.scenes.map(({ scene }) => ({ value: scene, label: law.scenes.get(scene) ?? scene })),
      )
    case 'every-scene':
      return [...law.scenes].map(([value, label]) => ({ value, label }))
    case 'every-step':
      return law.procedures
        .filter((p) => p.kind === 'case')
        .flatMap((p) => p.steps.map(({ id, name }) => ({ value: id, label: name })))
  }
}

const asOption = (word: string): Option => ({ value: word, label: word })

/** Elements by code and name; words stand for themselves. */
function named(param: string, selected: CaseLaw): readonly Option[] {
  return paramOf(selected, param).flatMap(({ value }) => {
    const items = itemsIn(value).map(({ code, label }) => ({ value: code, label }))
    return items.length > 0
      ? items
      : wordsIn(value).flatMap((w) => (typeof w === 'string' ? [asOption(w)] : []))
  })
}

const HAN = /\p{Script=Han}/u

/** How a datum is asked for that its declaration says nothing of: as the rules read it. */
function asRead(read: DatumRead | undefined): Pick<NoteField, 'type' | 'options' | 'open'> {
  const plain = { options: [], open: false }
  if (read === undefined) return { type: 'text', ...plain }
  const only = read.as.size === 1 ? [...read.as][0] : undefined
  if (read.as.has('list')) {
    const elements = [...read.elements.values()].map(({ code, label }) => ({ value: code, label }))
    const words = [...read.values].filter((v) => HAN.test(v)).map(asOption)
    const options = [...elements, ...words]
    return { type: 'list', options, open: options.length === 0 }
  }
  if (only === 'number' || only === 'yes-no') return { type: only, ...plain }
  if (only === 'time') return { type: 'date', ...plain }
  const words = [...read.values].filter((v) => HAN.test(v))
  if (words.length > 0 && words.length === read.values.size)
    return { type: 'choice', options: words.map(asOption), open: true }
  return { type: 'text', ...plain }
}

type Asked = Readonly<{ event: EventDeclaration; selected: CaseLaw; read: DatumRead | undefined }>

function fieldOf(key: string, datum: EventDatum, { event, selected, read }: Asked): NoteField {
  const derived = asRead(read)
  if (typeof datum === 'string') {
    const options = optionsIn(datum)
    // A list of values says what may stand there, not what it is called: the event's own name does.
    return options.length > 0
      ? { key, label: event.label, type: 'choice', options, open: false, required: false }
      : { key, label: datum, ...derived, options: unique(derived.options), required: false }
  }
  const { options, from, param, type = derived.type, ...field } = datum
  const given = [
    ...Object.entries(options).map(([value, label]) => ({ value, label })),
    ...(from === undefined ? [] : listOf(from, selected)),
    ...(param === undefined ? [] : named(param, selected)),
  ]
  const offered = type === derived.type ? [...given, ...derived.options] : given
  // Words that rules happen to name are offered and bind nobody, unless the declaration itself says what there is.
  const merelyNamed = type === 'choice' && derived.open && given.length === 0
  const open = field.open || merelyNamed || (type === 'list' && offered.length === 0)
  return { key, ...field, type, open, ...(from && { from }), options: unique(offered) }
}

/** What a text of the case wants filled although the declaration does not name it. */
const wanted = (read: ReadonlyMap<string, DatumRead>, event: EventDeclaration): readonly NoteField[] =>
  [...read].flatMap(([key, datum]) => {
    const [label] = datum.called
    if (label === undefined || key in event.data) return []
    return [{ key, label, ...asRead(datum), required: false }]
  })

/** What is asked when this event is registered in a case under this law. */
export function eventFields(event: EventDeclaration, selected: CaseLaw): readonly NoteField[] {
  const read = readsOf(selected).get(`event ${event.name}`)?.data ?? new Map<string, DatumRead>()
  const declared = Object.entries(event.data).map(([key, datum]) =>
    fieldOf(key, datum, { event, selected, read: read.get(key) }),
  )
  return [...declared, ...wanted(read, event)].map((field) =>
    field.required || (read.get(field.key)?.called.size ?? 0) === 0 ? field : { ...field, wanted: true },
  )
}
