import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { checkLaw, printLawCheck } from '@liuhen/law/law-check'
import { dutiesRead, printDutiesRead } from '@liuhen/law/duties-read'
import { factsRead, printFactsRead } from '@liuhen/law/facts-read'
import { isProblem, selectLaw } from '@liuhen/law/combine'
import { evaluateTimeline, printEvaluation } from '@liuhen/law/law-evaluate'
import { loadLaw } from '@liuhen/law/loader'
import { parse } from 'yaml'
import { z } from 'zod'
import { EXIT } from './exit.ts'

z.config(z.locales.zhCN())

const defaultDir = resolve(import.meta.dirname, '../../../law')

const filesIn = (dir: string): { path: string; text: string }[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(dir, path), text: readFileSync(path, 'utf8') }))

const print = (lines: readonly string[]): void => console.log(lines.join('\n'))

/** `liuhen law check`: 0 when every file is sound, 1 with file and line of each error. */
export const lawCheck = (dir: string | undefined, json: boolean): number => {
  const check = checkLaw(filesIn(dir ?? defaultDir))
  if (json) console.log(JSON.stringify(check))
  else print(printLawCheck(check))
  return check.ok ? EXIT.ok : EXIT.fails
}

/** `liuhen law evaluate`: asks the law a question without a database. 2 when the file is not a timeline. */
export const lawEvaluate = (file: string, o: { dir?: string; now?: string }, json: boolean): number => {
  const loaded = loadLaw(filesIn(o.dir ?? defaultDir))
  if ('errors' in loaded) {
    print(loaded.errors.map((e) => `${e.path}:${e.line}: ${e.message}`))
    return EXIT.broken
  }
  const input: unknown = parse(readFileSync(file, 'utf8'))
  const asked = o.now === undefined || typeof input !== 'object' ? input : { ...input, now: o.now }
  const result = evaluateTimeline(asked, loaded.law)
  if ('errors' in result) {
    if (json) console.log(JSON.stringify(result))
    else print(result.errors.map((e) => `${file}: ${e.at}: ${e.message}`))
    return EXIT.usage
  }
  if (json) console.log(JSON.stringify(result.evaluation))
  else print(printEvaluation(result.evaluation))
  return EXIT.ok
}

type FactsOptions = { dir?: string; pack?: string; overlays?: string }

/** `liuhen law facts`: the duties of a procedure, and what its rules read, for an agency that has chosen these packs. */
export const lawFacts = (procedure: string, o: FactsOptions, json: boolean): number => {
  const loaded = loadLaw(filesIn(o.dir ?? defaultDir))
  if ('errors' in loaded) {
    print(loaded.errors.map((e) => `${e.path}:${e.line}: ${e.message}`))
    return EXIT.broken
  }
  const overlays = o.overlays?.split(',') ?? []
  const today = loaded.law.procedures.find((p) => p.id === procedure)?.effectiveFrom ?? '2026-01-01'
  const selection = { base: o.pack ?? 'national', overlays }
  const startedAt = `${today > '2026-01-01' ? today : '2026-01-01'}T00:00:00+08:00`
  const selected = selectLaw(loaded.law, selection, procedure, startedAt)
  if (isProblem(selected)) {
    print([selected.message, `程序：${loaded.law.procedures.map((p) => p.id).join('、')}`])
    return EXIT.usage
  }
  const facts = factsRead(selected)
  const duties = dutiesRead(selected, startedAt.slice(0, 10))
  const { flags } = selected.procedure
  if (json) console.log(JSON.stringify({ flags, duties, facts }))
  else print([...printDutiesRead(duties), ...printFactsRead(facts, flags)])
  return EXIT.ok
}
