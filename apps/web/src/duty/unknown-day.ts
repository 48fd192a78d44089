import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type Finding = CaseWorkspace['evaluation']['findings'][number]

/** That the day on which this duty is due could not be found: no calendar of its year is there yet. */
export const isUnknownDay = (finding: Finding, duty: string): boolean =>
  finding.code === 'calendar-not-loaded' && finding.facts?.['duty'] === duty
