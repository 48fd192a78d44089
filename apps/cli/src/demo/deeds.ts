import { noteFact } from '@liuhen/api/routes/cases'
import { carry } from './carry.ts'
import { type Deed, before } from './persist.ts'
import { as } from './play.ts'

export const note =
  (who: string, name: string, data: Readonly<Record<string, string | number | boolean>> = {}): Deed =>
  (p, step) =>
    as(p, who).call(noteFact, { params: { id: p.caseId }, body: { name, at: before(p, 0), step, data } })

/** By the code of the refusal: what its own todo says in words. Each agency meets those of its texts only. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  'drafting-unrecorded': (p) => carry(p, 'drafting'),
  'law-officer-skipped': note('lawOfficer', 'law-officer-checked', {
    employment: 'part-time',
    conclusion: '同意送审',
  }),
  'similar-cases-uncompared': note('reviewer', 'similar-cases-compared', {
    cases: 2,
    range: '同档次',
    finding: '与同类案件相当',
  }),
  'act-end-unknown': note('officer', 'act-ended'),
  unmasked: note('publisher', 'masking-checked'),
  'legal-department-bypassed': note('reviewer', 'disclosure-reviewed', {
    department: '法制部门',
    conclusion: 'agree',
  }),
}
