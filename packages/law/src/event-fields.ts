import type { CaseLaw } from './combine.ts'
import type { EventDatum, EventField, FieldList } from './schema/event-field.ts'
import type { EventDeclaration } from './schema/procedure.ts'

type Option = Readonly<{ value: string; label: string }>

/** A datum of an event, ready to be asked for: every option is spelled out. */
export type NoteField = Readonly<{
  key: string
  label: string
  type: EventField['type']
  options: readonly Option[]
  from?: FieldList
  open: boolean
  required: boolean
}>

const OPTION = /^([a-z][a-z0-9-]*)\s+(\S.*)$/

/** `code word | code word` is a choice; anything else is the name of a text. */
const optionsIn = (short: string): readonly Option[] => {
  const parts = short.split('|').map((part) => OPTION.exec(part.trim()))
  if (parts.length < 2) return []
  const options = parts.flatMap((m) => (m?.[1] && m[2] ? [{ value: m[1], label: m[2] }] : []))
  return options.length === parts.length ? options : []
}

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
  }
}

function fieldOf(key: string, datum: EventDatum, event: EventDeclaration, selected: CaseLaw): NoteField {
  if (typeof datum === 'string') {
    const options = optionsIn(datum)
    // A list of values says what may stand there, not what it is called: the event's own name does.
    const choice = options.length > 0
    const label = choice ? event.label : datum
    return { key, label, type: choice ? 'choice' : 'text', options, open: false, required: false }
  }
  const { options, from, ...field } = datum
  const own = Object.entries(options).map(([value, label]) => ({ value, label }))
  const listed = from === undefined ? [] : listOf(from, selected)
  return { key, ...field, ...(from && { from }), options: unique([...own, ...listed]) }
}

/** What is asked when this event is registered in a case under this law. */
export const eventFields = (event: EventDeclaration, selected: CaseLaw): readonly NoteField[] =>
  Object.entries(event.data).map(([key, datum]) => fieldOf(key, datum, event, selected))
