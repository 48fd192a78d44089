import type { LibraryFilter } from '@liuhen/api/routes/library'
import type { Actor } from '@liuhen/domain/event'
import { contains, seesAll, VISIBLE } from './list-recordings.ts'

export type Conditions = Readonly<{
  /** `FROM app.recording_row r WHERE …`: what the actor may see of what is looked for. */
  sql: string
  values: unknown[]
  /** Another value, as the next parameter. */
  bind(value: unknown): string
}>

const STATES: Readonly<Record<NonNullable<LibraryFilter['state']>, string>> = {
  'not-arrived': `r.status = 'registered'`,
  untagged: `r.status <> 'registered' AND (r.case_id IS NULL OR NOT r.labelled)`,
  'not-looked-at': `r.status <> 'registered' AND NOT r.destroyed AND NOT r.looked`,
  broken: `r.verdict = 'broken'`,
  evidence: 'r.evidence',
  'to-be-disposed': `EXISTS (SELECT FROM app.disposal_item i WHERE i.recording_id = r.recording_id AND i.running)`,
  disposed: 'r.destroyed',
}

type Asked = Readonly<Partial<Omit<LibraryFilter, 'by'>>>
type Bind = Conditions['bind']

const equal = (q: Asked, bind: Bind): readonly string[] =>
  (
    [
      ['device_id', q.device],
      ['officer_id', q.officer],
      ['case_id', q.case],
      ['step', q.step],
      ['scene', q.scene],
      ['medium', q.medium],
    ] as const
  ).flatMap(([column, value]) => (value === undefined ? [] : [`r.${column} = ${bind(value)}`]))

/** Cases whose names the actor may read, as ids: what a case is called must not be found out by searching films. */
const casesLike = (columns: string, pattern: string, caseSeen: string): string =>
  `r.case_id IN (SELECT c.case_id FROM app.case_row c WHERE concat_ws(' ', ${columns}) ILIKE ${pattern} AND (${caseSeen}))`

const like = (q: Asked, bind: Bind, caseSeen: () => string): readonly string[] => {
  const found: string[] = []
  const party = contains(q.party)
  if (party !== null) {
    const pattern = bind(party)
    found.push(`(r.party ILIKE ${pattern} OR ${casesLike('c.party', pattern, caseSeen())})`)
  }
  const words = contains(q.q)
  if (words !== null) {
    const pattern = bind(words)
    found.push(
      `(r.words LIKE lower(${pattern}) OR ${casesLike('c.title, c.party, c.lead_no, c.case_no', pattern, caseSeen())})`,
    )
  }
  return found
}

export const sidesOf = (box: string) => {
  const [west = 0, south = 0, east = 0, north = 0] = box.split(',').map(Number)
  return { west, south, east, north }
}

const inside = (box: string, bind: Bind): string => {
  const { west, south, east, north } = sidesOf(box)
  return `r.latitude BETWEEN ${bind(south)} AND ${bind(north)} AND r.longitude BETWEEN ${bind(west)} AND ${bind(east)}`
}

/** The days of `by`, the column that orders within them. */
export const AXES = {
  made: { day: 'r.day', at: 'r.made_from' },
  arrived: { day: 'r.arrived_day', at: 'r.registered_at' },
} as const

/** `caseSeen`: whether the actor may read the case `c`, from the slice of cases. */
export const libraryConditions = (
  actor: Actor,
  q: Asked & Readonly<{ by?: LibraryFilter['by'] | undefined }>,
  caseSeen: (bind: Bind) => string,
): Conditions => {
  const values: unknown[] = [actor.personId ?? '', seesAll(actor)]
  const bind = (value: unknown): string => `$${values.push(value)}`
  const { day } = AXES[q.by ?? 'made']
  const unit = (name: string) =>
    `r.officer_id IN (SELECT p.person_id FROM app.person p WHERE p.unit = ${bind(name)})`
  const parts = [
    VISIBLE,
    ...(q.from === undefined ? [] : [`${day} >= ${bind(q.from)}::date`]),
    ...(q.to === undefined ? [] : [`${day} <= ${bind(q.to)}::date`]),
    ...equal(q, bind),
    ...(q.unit === undefined ? [] : [unit(q.unit)]),
    ...like(q, bind, () => caseSeen(bind)),
    ...(q.state === undefined ? [] : [STATES[q.state]]),
    ...(q.box === undefined ? [] : [inside(q.box, bind)]),
    ...(q.placed === undefined ? [] : [`r.latitude IS ${q.placed === 'yes' ? 'NOT ' : ''}NULL`]),
  ]
  return { sql: `FROM app.recording_row r WHERE ${parts.join(' AND ')}`, values, bind }
}
