import { Procedure } from '../schema/procedure.ts'
import type { LawError, Source } from './parse-yaml.ts'
import { sayIssue } from './parse-yaml.ts'

/** A mapping as YAML gives it. Files are composed before they are read as rules, so that one schema reads the whole. */
type Raw = Readonly<Record<string, unknown>>

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (raw: Raw, key: string): readonly unknown[] => {
  const value = raw[key]
  return Array.isArray(value) ? value : []
}
const textOf = (raw: Raw, key: string): string => {
  const value = raw[key]
  return typeof value === 'string' ? value : ''
}

type Composition = Readonly<{
  file: Raw
  modules: readonly Raw[]
  gates: ReadonlyMap<string, unknown>
  say: (message: string, at?: readonly PropertyKey[]) => void
}>

/** Every module that the procedure uses, by name or by taking steps of it, and what those need; each once, in order. */
function modulesOf(file: Raw, known: ReadonlyMap<string, Raw>, say: Composition['say']): Raw[] {
  const found = new Map<string, Raw>()
  const add = (id: string): void => {
    const module = known.get(id)
    if (found.has(id)) return
    if (module === undefined) return say(`未知的模块“${id}”`, ['uses'])
    found.set(id, module)
    for (const needed of listOf(module, 'uses')) if (typeof needed === 'string') add(needed)
  }
  for (const id of listOf(file, 'uses')) if (typeof id === 'string') add(id)
  for (const step of listOf(file, 'steps')) if (isRaw(step) && 'module' in step) add(textOf(step, 'module'))
  return [...found.values()]
}

/** Gates that a step names by their code are put in their place. */
function withGates(step: Raw, { gates, say }: Composition): Raw {
  const resolve = (key: 'before' | 'complete'): unknown[] =>
    listOf(step, key).flatMap((gate) => {
      if (typeof gate !== 'string') return [gate]
      const found = gates.get(gate)
      if (found === undefined) say(`未知的条件“${gate}”`, ['steps'])
      return found === undefined ? [] : [found]
    })
  return { ...step, before: resolve('before'), complete: resolve('complete') }
}

/** The steps that an entry stands for: its own, or those of a module with what the procedure changes in them. */
function stepsOf(entry: unknown, composition: Composition): unknown[] {
  if (!isRaw(entry)) return [entry]
  if (!('module' in entry)) return [withGates(entry, composition)]
  const { module: moduleId, take, ...changes } = entry
  const module = composition.modules.find((m) => m['id'] === moduleId)
  const steps = module === undefined ? [] : listOf(module, 'steps').filter(isRaw)
  const taken = take === undefined ? steps : steps.filter((s) => s['id'] === take)
  if (module !== undefined && taken.length === 0)
    composition.say(`模块“${textOf(entry, 'module')}”没有环节“${textOf(entry, 'take')}”`, ['steps'])
  return taken.map((step) => withGates({ ...step, ...changes }, composition))
}

/** Several files may declare one flag or event: the labels are one, the data keys and steps are put together. */
function declared(lists: readonly (readonly unknown[])[], key: 'flag' | 'name'): Raw[] {
  const found = new Map<string, Raw>()
  for (const one of lists.flat())
    if (isRaw(one)) {
      const before = found.get(textOf(one, key))
      const data = {
        ...(isRaw(before?.['data']) ? before['data'] : {}),
        ...(isRaw(one['data']) ? one['data'] : {}),
      }
      const steps = [...(before === undefined ? [] : listOf(before, 'steps')), ...listOf(one, 'steps')]
      found.set(textOf(one, key), {
        ...before,
        ...one,
        ...(before?.['subject'] === undefined ? {} : { subject: before['subject'] }),
        ...(key === 'name' ? { data, steps: [...new Set(steps)] } : {}),
      })
    }
  return [...found.values()]
}

/** A module's events are of the matter that the module is about. */
const eventsOf = (module: Raw): readonly unknown[] =>
  listOf(module, 'events').map((e) => (isRaw(e) ? { subject: module['name'], ...e } : e))

/** `$decision` becomes what the procedure puts under `with`. */
function substitute(value: unknown, names: Raw, missing: Set<string>): unknown {
  if (typeof value === 'string')
    return value.replace(/\$([a-z][a-zA-Z]*)/g, (whole, name: string) => {
      const given = names[name]
      if (typeof given !== 'string') missing.add(name)
      return typeof given === 'string' ? given : whole
    })
  if (Array.isArray(value)) return value.map((v: unknown) => substitute(v, names, missing))
  if (!isRaw(value)) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, substitute(v, names, missing)]))
}

const wordsIn = (value: unknown): string[] => (typeof value === 'string' ? value.split('|') : [])

/** What modules say about steps that this procedure does not have falls away. */
function fitted(merged: Raw, ids: ReadonlySet<unknown>): Raw {
  const events = listOf(merged, 'events').map((e) =>
    isRaw(e) ? { ...e, steps: listOf(e, 'steps').filter((s) => ids.has(s)) } : e,
  )
  const duties = listOf(merged, 'duties').map((duty) => {
    if (!isRaw(duty) || ids.has(duty['step'])) return duty
    const { step: _foreign, ...rest } = duty
    return rest
  })
  const steps = listOf(merged, 'steps').map((step) =>
    isRaw(step) && 'after' in step
      ? {
          ...step,
          after: [step['after']]
            .flat()
            .flatMap(wordsIn)
            .filter((s) => ids.has(s)),
        }
      : step,
  )
  return { ...merged, steps, events, duties }
}

/** The procedure as the evaluator reads it, put together from its file and the modules that it uses. */
export function compose(
  source: Source,
  known: ReadonlyMap<string, Raw>,
  errors: LawError[],
): Procedure | undefined {
  const before = errors.length
  const say: Composition['say'] = (message, at = []) => {
    errors.push({ path: source.path, line: source.lineOf(at), message })
  }
  if (!isRaw(source.raw)) return undefined
  const { uses: _uses, gates: own, with: names, ...file } = source.raw
  const modules = modulesOf(source.raw, known, say)
  const gates = new Map(
    [...modules.flatMap((m) => listOf(m, 'gates')), ...(Array.isArray(own) ? own : [])]
      .filter(isRaw)
      .map((gate) => [textOf(gate, 'code'), gate] as const),
  )
  const steps = listOf(file, 'steps').flatMap((s) => stepsOf(s, { file, modules, gates, say }))
  const all = (key: string): unknown[] => [...modules.flatMap((m) => listOf(m, key)), ...listOf(file, key)]
  const firstOf = (key: 'over' | 'ended'): Raw => {
    const found = [file, ...modules].map((one) => one[key]).find((one) => one !== undefined)
    return found === undefined ? {} : { [key]: found }
  }
  const merged = {
    ...file,
    ...firstOf('over'),
    ...firstOf('ended'),
    steps,
    flags: declared([...modules.map((m) => listOf(m, 'flags')), listOf(file, 'flags')], 'flag'),
    events: declared([...modules.map(eventsOf), listOf(file, 'events')], 'name'),
    ...Object.fromEntries(
      ['guards', 'duties', 'periods', 'eachParty', 'findings'].map((key) => [key, all(key)]),
    ),
  }
  const missing = new Set<string>()
  const filled = substitute(
    fitted(merged, new Set(steps.map((s) => (isRaw(s) ? s['id'] : s)))),
    isRaw(names) ? names : {},
    missing,
  )
  for (const name of missing) say(`with 中缺少“${name}”`, ['with'])
  if (errors.length > before) return undefined
  const result = Procedure.safeParse(filled)
  for (const issue of result.error?.issues ?? []) say(`组合后不成立：${sayIssue(issue)}`)
  return result.data
}
