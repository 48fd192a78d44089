import { loadLaw } from './loader.ts'
import type { LawError, LawFile } from './load/parse-yaml.ts'

export type LawCheck = Readonly<{
  ok: boolean
  errors: readonly LawError[]
  /** How much was read; zeros where there are errors. */
  counts: Readonly<
    Record<'packs' | 'clauses' | 'provisions' | 'procedures' | 'documents' | 'calendarYears', number>
  >
}>

/** Reads all files as the server would and says what is wrong, where. */
export function checkLaw(files: readonly LawFile[]): LawCheck {
  const result = loadLaw(files)
  if ('errors' in result)
    return {
      ok: false,
      errors: result.errors,
      counts: { packs: 0, clauses: 0, provisions: 0, procedures: 0, documents: 0, calendarYears: 0 },
    }
  const { law } = result
  return {
    ok: true,
    errors: [],
    counts: {
      packs: law.packs.length,
      clauses: law.packs.reduce((sum, p) => sum + p.clauses.size, 0),
      provisions: law.provisions.length,
      procedures: law.procedures.length,
      documents: law.documents.length,
      calendarYears: law.calendar.years.size,
    },
  }
}

export function printLawCheck(check: LawCheck): string[] {
  if (!check.ok)
    return [
      ...check.errors.map((e) => `${e.path}:${e.line}: ${e.message}`),
      `共${check.errors.length}处错误，未采用任何内容`,
    ]
  const { packs, clauses, provisions, procedures, documents, calendarYears } = check.counts
  return [
    `${packs}个制度包，${clauses}条条款，${provisions}条国家法条款，${procedures}个程序，${documents}种文书，${calendarYears}年工作日历：没有错误`,
  ]
}
