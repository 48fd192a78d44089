import type { LibraryFilter } from '@liuhen/api/routes/library'
import type { Actor } from '@liuhen/domain/event'
import type { Meant } from './known-words.ts'
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
/** What lies outside the films: whether the actor may read the case `c`, and what a word means. */
type Around = Readonly<{ caseSeen: (bind: Bind) => string; meant: Meant }>

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

/** More words than anybody types are not looked for. */
const MOST_WORDS = 8

const CASE_NAMES = 'c.title, c.party, c.lead_no, c.case_no'

const oneOf = (column: string, ids: readonly string[], bind: Bind): readonly string[] =>
  ids.length === 0 ? [] : [`r.${column} = ANY (${bind(ids)}::text[])`]

/** One word, wherever it stands: in what the film says of itself, the case's names, or what people call device and scene. */
const wordFound = (word: string, bind: Bind, { caseSeen, meant }: Around): string => {
  const pattern = bind(contains(word))
  const { devices, scenes } = meant(word)
  return `(${[
    `r.words LIKE lower(${pattern})`,
    casesLike(CASE_NAMES, pattern, caseSeen(bind)),
    ...oneOf('device_id', devices, bind),
    ...oneOf('scene', scenes, bind),
  ].join(' OR ')})`
}

const like = (q: Asked, bind: Bind, around: Around): readonly string[] => {
  const found: string[] = []
  const party = contains(q.party)
  if (party !== null) {
    const pattern = bind(party)
    found.push(`(r.party ILIKE ${pattern} OR ${casesLike('c.party', pattern, around.caseSeen(bind))})`)
  }
  const words = (q.q ?? '').split(/\s+/).filter((word) => word !== '')
  return [...found, ...words.slice(0, MOST_WORDS).map((word) => wordFound(word, bind, around))]
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

export const libraryConditions = (
  actor: Actor,
  q: Asked & Readonly<{ by?: LibraryFilter['by'] | undefined }>,
  around: Around,
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
    ...like(q, bind, around),
    ...(q.state === undefined ? [] : [STATES[q.state]]),
    ...(q.box === undefined ? [] : [inside(q.box, bind)]),
    ...(q.placed === undefined ? [] : [`r.latitude IS ${q.placed === 'yes' ? 'NOT ' : ''}NULL`]),
  ]
  return { sql: `FROM app.recording_row r WHERE ${parts.join(' AND ')}`, values, bind }
}
