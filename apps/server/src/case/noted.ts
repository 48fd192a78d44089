import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { present } from '@liuhen/domain/present'
import type { NoteField } from '@liuhen/law/event-fields'
import type { Fact } from '@liuhen/law/fact'
import { instantOfMs, msOf } from '@liuhen/law/civil-date'
import { sayYuan } from '@liuhen/law/say-yuan'
import type { OpenedCase } from '../case-stream/open-case.ts'

type Value = NonNullable<Fact['data']>[string]

const YES_NO = { true: '是', false: '否' } as const

/** A code of which the law of the case no longer has the word: told as what it is, so that nobody takes it for a word. */
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

const sayMinute = (instant: string): string => {
  const ms = msOf(instant)
  return Number.isNaN(ms) ? instant : instantOfMs(ms).slice(0, 16).replace('T', ' ')
}

const wordOf = (field: NoteField, one: Exclude<Value, readonly unknown[]>): string => {
  if (typeof one === 'boolean') return YES_NO[`${one}`]
  if (field.type === 'money' && typeof one === 'number') return sayYuan(one)
  if (field.type === 'moment' && typeof one === 'string') return sayMinute(one)
  const known = field.options.find((o) => o.value === one)?.label
  if (known !== undefined) return known
  const isCode = field.options.length > 0 && typeof one === 'string' && CODE.test(one)
  return isCode ? `现行选项中没有的一项（${one}）` : String(one)
}

/** One answer in words: an option by its label, a list by its elements. */
const wordsOf = (field: NoteField, value: Value): string =>
  [value]
    .flat()
    .map((one) => wordOf(field, one))
    .join('、')

/** What was said of the fact, in the order of its form: label and answer. */
const saidOf = (fields: readonly NoteField[], data: Fact['data']): { label: string; value: string }[] =>
  fields.flatMap((field) => {
    const value = data?.[field.key]
    return value === undefined || value === null || value === ''
      ? []
      : [{ label: field.label, value: wordsOf(field, value) }]
  })

/** Facts that were noted, the latest first. What is known of a recording is found by the recording. */
export function notedIn({ state, terms }: OpenedCase): CaseWorkspace['noted'] {
  const recordings = new Set(state.recordings.map((r) => r.recordingId))
  const fields = new Map(terms.notes.map((note) => [note.name, note.fields]))
  return state.facts
    .flatMap(({ kind, ref, name, at, step, about, by, data }) => {
      if (kind !== 'event' || ref === undefined || recordings.has(ref)) return []
      const said = saidOf(fields.get(name) ?? [], data)
      const who = (by ?? []).flatMap((p) => p.name ?? [])
      return [present({ ref, name, title: terms.factName(name), at, step, about, by: who, said })]
    })
    .toReversed()
}
