import type { z } from 'zod'
import { workdayCalendar } from './calendar.ts'
import { DocumentDefinition } from './document-definition.ts'
import type { Law, LoadedPack } from './law.ts'
import { checkClauses, checkRules, checkScenes, checkStages, namesIn } from './load/check-references.ts'
import type { Known } from './load/check-references.ts'
import { compose } from './load/compose.ts'
import { fileKindOf, folderOf } from './load/file-kind.ts'
import type { FileKind } from './load/file-kind.ts'
import { parseAs, parseYaml } from './load/parse-yaml.ts'
import type { LawError, LawFile, Source } from './load/parse-yaml.ts'
import { ApprovalFile } from './schema/approval.ts'
import { Calendar } from './schema/calendar.ts'
import { ClauseFile } from './schema/clause.ts'
import { ConflictFile } from './schema/conflict.ts'
import { Pack, PARAM_PATHS } from './schema/pack.ts'
import { ModuleFile, ProcedureFile } from './schema/procedure.ts'
import type { Procedure } from './schema/procedure.ts'
import { ProvisionFile } from './schema/provision.ts'
import { SceneFile, SettingFile } from './schema/setting.ts'

export type LoadResult = Readonly<{ law: Law }> | Readonly<{ errors: readonly LawError[] }>

const NO_APPROVAL: Law['approval'] = {
  own: { clauses: [] },
  retraction: { clauses: [], posts: [] },
  phrases: { any: { agree: [], return: [] }, papers: [] },
}

type Parsed<T> = Readonly<{ source: Source; value: T }>

/** Reads files of one kind; each that does not fit its schema leaves errors and is absent. */
function readKind<T>(
  sources: readonly (readonly [FileKind, Source])[],
  kind: FileKind,
  schema: z.ZodType<T>,
  errors: LawError[],
): Parsed<T>[] {
  return sources.flatMap(([k, source]) => {
    const value = k === kind ? parseAs(schema, source, errors) : undefined
    return value === undefined ? [] : [{ source, value }]
  })
}

function duplicates<T>(
  parsed: readonly Parsed<T>[],
  keyOf: (value: T) => string,
  what: string,
  errors: LawError[],
) {
  const seen = new Set<string>()
  for (const { source, value } of parsed) {
    const key = keyOf(value)
    if (seen.has(key)) errors.push({ path: source.path, line: 1, message: `重复的${what}“${key}”` })
    seen.add(key)
  }
}

/**
 * Reads the whole of law/ — all or nothing: with one mistake there is no law, only errors, each with file and line.
 * Files that are not law (templates, readmes) are passed over.
 */
export function loadLaw(files: readonly LawFile[]): LoadResult {
  const errors: LawError[] = []
  const sources = files.flatMap((file) => {
    const kind = fileKindOf(file.path)
    const source = kind === undefined ? undefined : parseYaml(file, errors)
    return kind === undefined || source === undefined ? [] : [[kind, source] as const]
  })
  const read = readAll(sources, errors)
  checkDuplicates(read, errors)
  const packs = joinPacks(read, errors)
  // A file that could not be read makes every reference into it unknown; its own error is the one to mend first.
  const procedures = errors.length === 0 ? composeAll(read, errors) : []
  if (errors.length === 0) checkAll(read, packs, procedures, errors)
  if (errors.length > 0)
    return { errors: errors.toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line) }
  return {
    law: {
      packs,
      provisions: read.provisions.flatMap(({ value: { acts, provisions } }) =>
        provisions.map((one) => (acts === undefined ? one : { acts, ...one })),
      ),
      procedures: procedures.map((p) => p.value),
      documents: read.documents.map((d) => d.value),
      scenes: new Map(
        read.scenes.flatMap((s) => s.value.scenes.map((scene) => [scene.code, scene.name] as const)),
      ),
      partScenes: new Set(
        read.scenes.flatMap((s) => s.value.scenes.filter((one) => one.part).map((one) => one.code)),
      ),
      settings: new Map(read.settings.flatMap((s) => s.value.settings.map((one) => [one.id, one] as const))),
      conflicts: read.conflicts.flatMap((c) => c.value.conflicts),
      approval: read.approval[0]?.value ?? NO_APPROVAL,
      calendar: workdayCalendar(read.calendars.map((c) => c.value)),
    },
  }
}

type Read = ReturnType<typeof readAll>

const readAll = (sources: readonly (readonly [FileKind, Source])[], errors: LawError[]) => ({
  packs: readKind(sources, 'pack', Pack, errors),
  clauses: readKind(sources, 'clauses', ClauseFile, errors),
  provisions: readKind(sources, 'provisions', ProvisionFile, errors),
  modules: readKind(sources, 'module', ModuleFile, errors),
  procedures: readKind(sources, 'procedure', ProcedureFile, errors),
  documents: readKind(sources, 'document', DocumentDefinition, errors),
  calendars: readKind(sources, 'calendar', Calendar, errors),
  scenes: readKind(sources, 'scenes', SceneFile, errors),
  settings: readKind(sources, 'settings', SettingFile, errors),
  conflicts: readKind(sources, 'conflicts', ConflictFile, errors),
  approval: readKind(sources, 'approval', ApprovalFile, errors),
})

function checkDuplicates(read: Read, errors: LawError[]): void {
  duplicates(read.packs, (p) => `${p.id} ${p.effectiveFrom ?? ''}`, '制度包', errors)
  duplicates(read.modules, (m) => m.id, '模块', errors)
  duplicates(read.procedures, (p) => `${p.id} ${p.effectiveFrom}`, '程序', errors)
  duplicates(read.documents, (d) => `${d.id} ${d.effectiveFrom}`, '文书', errors)
  duplicates(read.calendars, (c) => String(c.year), '年历', errors)
  for (const { source, value } of read.provisions) {
    const seen = new Set<string>()
    value.provisions.forEach(({ id, effectiveFrom }, index) => {
      const key = `${id} ${effectiveFrom}`
      if (seen.has(key))
        errors.push({
          path: source.path,
          line: source.lineOf(['provisions', index, 'id']),
          message: `重复的条款“${key}”`,
        })
      seen.add(key)
    })
  }
}

/** A pack and its clauses lie in one folder. */
function joinPacks(read: Read, errors: LawError[]): LoadedPack[] {
  const byFolder = new Map(read.clauses.map((c) => [folderOf(c.source.path), c]))
  return read.packs.flatMap(({ source, value: pack }) => {
    const file = byFolder.get(folderOf(source.path))
    if (file === undefined) {
      errors.push({ path: source.path, line: 1, message: '同一目录缺少 clauses.yaml' })
      return []
    }
    if (file.value.pack !== pack.id)
      errors.push({
        path: file.source.path,
        line: file.source.lineOf(['pack']),
        message: `条款属于“${file.value.pack}”，而不是“${pack.id}”`,
      })
    const clauses = new Map<string, (typeof file.value.clauses)[number]>()
    file.value.clauses.forEach((clause, index) => {
      if (clauses.has(clause.id))
        errors.push({
          path: file.source.path,
          line: file.source.lineOf(['clauses', index, 'id']),
          message: `重复的条款“${clause.id}”`,
        })
      clauses.set(clause.id, clause)
    })
    return [{ pack, prefix: file.value.prefix, clauses }]
  })
}

function composeAll(read: Read, errors: LawError[]): Parsed<Procedure>[] {
  const modules = new Map(
    read.modules.map(({ source, value }) => [value.id, source.raw as Record<string, unknown>]),
  )
  return read.procedures.flatMap(({ source }) => {
    const value = compose(source, modules, errors)
    return value === undefined ? [] : [{ source, value }]
  })
}

function checkAll(
  read: Read,
  packs: readonly LoadedPack[],
  procedures: readonly Parsed<Procedure>[],
  errors: LawError[],
): void {
  const provisions = new Set(read.provisions.flatMap((p) => p.value.provisions.map((one) => one.id)))
  const clauses = new Set([...provisions, ...packs.flatMap((p) => [...p.clauses.keys()])])
  const known: Known = {
    clauses,
    provisions,
    documents: new Set(read.documents.map((d) => d.value.id)),
    scenes: new Set(read.scenes.flatMap((s) => s.value.scenes.map((one) => one.code))),
    settings: new Set(read.settings.flatMap((s) => s.value.settings.map((one) => one.id))),
    params: PARAM_PATHS,
  }
  for (const { source, value } of read.packs) {
    const own = packs.find((p) => p.pack === value)
    if (own !== undefined) checkClauses(source, new Set(own.clauses.keys()), errors)
    checkScenes(source, known, errors)
  }
  for (const { source } of [...read.documents, ...read.settings, ...read.conflicts, ...read.approval])
    checkClauses(source, clauses, errors)
  for (const { source, value } of read.approval)
    value.phrases.papers.forEach(({ of }, index) => {
      for (const id of of.filter((one) => !known.documents.has(one)))
        errors.push({
          path: source.path,
          line: source.lineOf(['phrases', 'papers', index, 'of']),
          message: `未知的文书“${id}”`,
        })
    })
  // A module may speak of steps and events of any procedure: what one of them does not have falls away there.
  const names = namesIn(
    procedures.map((p) => p.value),
    read.modules.map((m) => m.value),
    known,
  )
  for (const { source } of [...read.modules, ...read.procedures]) {
    checkClauses(source, clauses, errors)
    checkRules(source, names, errors)
  }
  for (const { source, value } of procedures) {
    checkStages(source, value, errors)
    checkRules(
      { ...source, raw: { with: value.decision === undefined ? [] : [{ document: value.decision }] } },
      names,
      errors,
    )
  }
}
