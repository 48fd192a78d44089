import { isProblem, selectLaw } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Fact } from './fact.ts'
import type { Law } from './law.ts'
import { readsOf } from './reads.ts'

/** A word in a question that the law does not know, and where it stands: `facts.2`, `flags.0`. */
export type UnknownWord = Readonly<{ at: string; message: string }>

const STATES: Readonly<Record<Fact['kind'], readonly string[]>> = {
  step: ['begun', 'done'],
  document: [
    'submitted',
    'returned',
    'approved',
    'issued',
    'signed',
    'refused',
    'served',
    'voided',
    'corrected',
  ],
  recording: ['made', 'stored', 'checked', 'described'],
  event: [],
}

const KINDS: Readonly<Record<Fact['kind'], string>> = {
  step: '环节',
  document: '文书',
  recording: '音像场景',
  event: '事件',
}

/** How many letters have to be put in, left out or changed to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: Iterable<string>): string {
  const near = [...known]
    .map((one) => ({ one, far: distance(word, one) }))
    .filter(({ one, far }) => far <= Math.max(2, Math.floor(one.length / 3)))
    .toSorted((a, b) => a.far - b.far)
  return near[0] === undefined ? '' : `，是否指“${near[0].one}”`
}

type Words = Readonly<{
  names: Readonly<Record<Fact['kind'], ReadonlySet<string>>>
  /** What a fact may be about besides other things of the question: the case file, a duty. */
  beside: readonly string[]
  /** Keys of the data that a form has, an event declares or a rule reads, by kind and name. */
  keys: (fact: Fact) => ReadonlySet<string>
  steps: ReadonlySet<string>
}>

/** Every word that the procedure and the texts of the case know. */
function wordsOf(caseLaw: CaseLaw): Words {
  const { procedure, law } = caseLaw
  const reads = [...readsOf(caseLaw).values()]
  const read = (kind: Fact['kind']): string[] =>
    reads.flatMap(({ pattern, name }) => (pattern.kind === kind ? [name] : []))
  const steps = new Set(procedure.steps.map((s) => s.id))
  const keys = ({ kind, name }: Fact): ReadonlySet<string> =>
    new Set([
      ...reads.flatMap((r) =>
        r.pattern.kind === kind && (r.name === name || r.name === '*') ? [...r.data.keys()] : [],
      ),
      ...(kind === 'event' ? Object.keys(procedure.events.find((e) => e.name === name)?.data ?? {}) : []),
      ...(kind === 'document'
        ? law.documents.flatMap((d) =>
            d.id === name ? d.sections.flatMap((s) => s.fields.map((f) => f.id)) : [],
          )
        : []),
    ])
  return {
    names: {
      step: steps,
      document: new Set(law.documents.map((d) => d.id)),
      recording: new Set(law.scenes.keys()),
      event: new Set([...procedure.events.map((e) => e.name), ...read('event')]),
    },
    beside: ['case-file', ...procedure.duties.map((d) => d.id)],
    keys,
    steps,
  }
}

/** Things that the question names, or speaks of more than once. */
function thingsIn(facts: readonly Fact[]): ReadonlySet<string> {
  const spoken = facts.flatMap(({ about }) => (about === undefined ? [] : [about]))
  const again = spoken.filter((about, n) => spoken.indexOf(about) !== n)
  return new Set([...facts.flatMap(({ ref }) => (ref === undefined ? [] : [ref])), ...again])
}

/** What is said of one fact; `refs` are the things that the question names. */
function unknownIn(fact: Fact, words: Words, refs: ReadonlySet<string>): string[] {
  const { kind, name, state, step, about, data } = fact
  const said: string[] = []
  const names = words.names[kind]
  if (!names.has(name)) return [`没有${KINDS[kind]}“${name}”${nearest(name, names)}`]
  if (state !== undefined && !STATES[kind].includes(state))
    said.push(
      STATES[kind].length === 0
        ? `${KINDS[kind]}“${name}”没有状态，“${state}”未予采用`
        : `没有状态“${state}”，可写 ${STATES[kind].join('、')}`,
    )
  if (step !== undefined && !words.steps.has(step))
    said.push(`没有环节“${step}”${nearest(step, words.steps)}`)
  if (
    about !== undefined &&
    !refs.has(about) &&
    !words.beside.some((id) => about === id || about.startsWith(`${id}:`))
  )
    said.push(`about“${about}”没有对应的 ref${nearest(about, refs)}`)
  const keys = words.keys(fact)
  for (const key of Object.keys(data ?? {}))
    if (!keys.has(key)) said.push(`“${name}”没有数据“${key}”${nearest(key, keys)}`)
  return said
}

/**
 * Words of a question that nothing in the law speaks of. A misspelt name is no error of the record, a case may hold
 * facts that no rule reads; but whoever writes a question by hand has to be told, or takes silence for an answer.
 */
export function unknownWords(record: CaseRecord, attempts: readonly Fact[], law: Law): UnknownWord[] {
  const caseLaw = selectLaw(law, record.selection, record.procedure, record.startedAt)
  if (isProblem(caseLaw)) return []
  const words = wordsOf(caseLaw)
  const flags = new Set(caseLaw.procedure.flags.map((f) => f.flag))
  const refs = thingsIn([...record.facts, ...attempts])
  const inFacts = (list: readonly Fact[], where: string): UnknownWord[] =>
    list.flatMap((fact, n) =>
      unknownIn(fact, words, refs).map((message) => ({ at: `${where}.${n}`, message })),
    )
  return [
    ...(record.flags ?? []).flatMap((flag, n) =>
      flags.has(flag)
        ? []
        : [{ at: `flags.${n}`, message: `本程序没有标记“${flag}”${nearest(flag, flags)}` }],
    ),
    ...Object.keys(record.settings ?? {}).flatMap((id) =>
      law.settings.has(id)
        ? []
        : [{ at: `settings.${id}`, message: `没有设置项“${id}”${nearest(id, law.settings.keys())}` }],
    ),
    ...inFacts(record.facts, 'facts'),
    ...inFacts(attempts, 'attempts'),
  ]
}
