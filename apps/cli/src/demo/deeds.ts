import { noteFact } from '@liuhen/api/routes/cases'
import { confirmLegibility } from '@liuhen/api/routes/recordings'
import { carry, recordScene } from './carry.ts'
import { type Deed, before, persist } from './persist.ts'
import { as, workspace } from './play.ts'

export const note =
  (
    who: string,
    name: string,
    data: Readonly<Record<string, string | number | boolean>> = {},
    minutesAgo = 0,
  ): Deed =>
  (p, step) => {
    const body = { name, at: before(p, minutesAgo), step, data }
    return as(p, who).call(noteFact, { params: { id: p.caseId }, body })
  }

const shown = note('officer', 'identity-shown', {
  manner: 'shown',
  paper: '本环节的执法文书',
  explained: true,
})

/** Handed to the body that publishes, which answers that it has taken it over. */
const pushed: Deed = async (p, step) => {
  await persist(p, step, () => note('officer', 'information-pushed', { platform: 'province' })(p, step))
  const about = (await workspace(p)).noted.findLast((n) => n.name === 'information-pushed')?.ref
  const body = { name: 'push-received', at: before(p, 0), step, about, data: { accepted: true } }
  return as(p, 'officer').call(noteFact, { params: { id: p.caseId }, body })
}

/** The custodian plays back what was recorded in the step: title and face can be made out. */
const playedBack: Deed = async (p, step) => {
  const { recordings } = await workspace(p)
  for (const { id } of recordings.filter((r) => r.step === step))
    await as(p, 'archivist').call(confirmLegibility, { params: { id }, body: { title: true, face: true } })
}

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
  'identity-unshown': shown,
  'identity-unmarked': shown,
  'party-untold': note('officer', 'party-told', {
    cause: '送达文书',
    basis: '《中华人民共和国行政处罚法》第六十一条',
    rights: '申请行政复议、提起行政诉讼的权利和按期履行的义务',
    paper: '本环节的执法文书',
  }),
  'interview-unrecorded': (p, step) => recordScene(p, { step, scene: 'inquiry', minutes: 3 }),
  'recording-unchecked': playedBack,
  'single-angle': (p, step) => recordScene(p, { step, scene: 'inquiry', minutes: 3, device: '08' }),
  'secrecy-unmarked': note('archivist', 'secrecy-marked', { class: 'none' }),
  'act-end-unknown': note('officer', 'act-ended'),
  unmasked: note('publisher', 'masking-checked'),
  'legal-department-bypassed': note('reviewer', 'disclosure-reviewed', {
    department: '法制部门',
    conclusion: 'agree',
  }),
  'direct-publication': pushed,
}
