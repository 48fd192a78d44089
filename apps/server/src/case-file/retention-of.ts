import { explainRetention, type Retention, type RetentionRule } from '@liuhen/domain/case-file/retention'
import type { CaseFileLaw } from '@liuhen/domain/case-file/order'
import type { OpenCase } from '@liuhen/domain/case/state'
import { chinaDate } from '@liuhen/domain/document/china-time'
import { citeClause } from '@liuhen/law/citation'
import { groupOf, isProblem, selectLaw } from '@liuhen/law/combine'
import type { Law } from '@liuhen/law/law'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const packRules = (law: Law, s: OpenCase): RetentionRule[] => {
  const selected = selectLaw(law, s.law, s.procedure, s.receivedAt)
  if (isProblem(selected)) throw new Error(selected.message)
  return groupOf(selected, 'retention').flatMap(({ pack, value }) => {
    const limit = value.caseFile
    const clause = limit === null ? undefined : pack.clauses.get(limit.clause)
    if (limit?.value === null || limit?.unit !== 'year' || clause === undefined) return []
    return [
      {
        years: limit.value,
        citation: citeClause(clause, pack.pack.title, pack.pack.layer === 'overlay' ? 'overlay' : 'base'),
      },
    ]
  })
}

/** The agency's own schedule counts only with the reference of the archives authority's consent. */
const scheduleOf = (settings: OpenCase['law']['settings'], law: CaseFileLaw) => {
  const years = settings['case-file-schedule-years']
  const approval = text(settings['case-file-schedule-approval'])
  if (approval === undefined) return undefined
  if (years === 'permanent') return { years: 'permanent' as const, approval, citation: law.schedule.citation }
  return typeof years === 'number' && Number.isInteger(years) && years > 0
    ? { years, approval, citation: law.schedule.citation }
    : undefined
}

/** How long this case's file is kept, with every rule that was weighed. `day` is that of archiving (A4). */
export const retentionOf = (law: Law, fileLaw: CaseFileLaw, s: OpenCase, day: string): Retention => {
  const wanted = s.law.settings['case-file-class'] === 'important' ? 'important' : 'ordinary'
  const schedule = scheduleOf(s.law.settings, fileLaw)
  const closed = s.facts.findLast(
    (f) => f.kind === 'document' && f.name === fileLaw.closedBy && f.state === 'issued',
  )
  const fromClosing = s.law.settings['case-file-retention-from'] === 'closed' && closed !== undefined
  return explainRetention({
    from: fromClosing ? chinaDate(closed.at) : day,
    packs: packRules(law, s),
    national: fileLaw.retention.filter((r) => r.class === wanted),
    ...(schedule === undefined ? {} : { schedule }),
  })
}
