import { z } from 'zod'
import { Box, LIBRARY_STATES, LibraryFilter } from '@liuhen/api/routes/library'

const optional = z.string().optional().catch(undefined)
const number = z.coerce.number().optional().catch(undefined)
const { medium, placed } = LibraryFilter.shape

export const VIEWS = ['list', 'grid', 'timeline', 'map'] as const
export const LANES = ['device', 'officer', 'case'] as const
export const SPANS = ['day', 'week'] as const

/** Everything that the library shows stands in its address, so that it can be sent to somebody. */
export const LibrarySearch = z.object({
  view: z.enum(VIEWS).optional().catch(undefined),
  /** `unlinked` is the queue of what nobody has filed. */
  state: z
    .enum([...LIBRARY_STATES, 'unlinked'])
    .optional()
    .catch(undefined),
  q: optional,
  from: optional,
  to: optional,
  device: optional,
  officer: optional,
  unit: optional,
  case: optional,
  party: optional,
  scene: optional,
  medium: medium.catch(undefined),
  placed: placed.catch(undefined),
  by: z.enum(['arrived']).optional().catch(undefined),
  order: z.enum(['earliest']).optional().catch(undefined),
  /** The day at which the list, or the timeline, stands. */
  day: optional,
  lanes: z.enum(LANES).optional().catch(undefined),
  span: z.enum(SPANS).optional().catch(undefined),
  /** What the map shows: west, south, east, north. */
  box: optional,
  /** The recordings that the queue is about; absent: all that wait. */
  ids: optional,
  /** The recording that is open, and its second. */
  f: optional,
  t: number,
})
export type LibrarySearch = z.infer<typeof LibrarySearch>

const DAY = /^\d{4}-\d\d-\d\d$/
const dayOf = (text: string | undefined): string | undefined =>
  text !== undefined && DAY.test(text) ? text : undefined

/** What the server is asked, out of what stands in the address. */
export const filterOf = (s: LibrarySearch) => ({
  q: s.q,
  from: dayOf(s.from),
  to: dayOf(s.to),
  device: s.device,
  officer: s.officer,
  unit: s.unit,
  case: s.case,
  party: s.party,
  scene: s.scene,
  medium: s.medium,
  placed: s.placed,
  box: Box.safeParse(s.box).data,
  state: s.state === 'unlinked' ? undefined : s.state,
  by: s.by ?? ('made' as const),
})

const NARROWING = [
  'q',
  'from',
  'to',
  'device',
  'officer',
  'unit',
  'case',
  'party',
  'scene',
  'medium',
  'placed',
  'box',
  'state',
] as const
/** Nothing narrowed: what takes all filters away. */
export const UNNARROWED: Partial<LibrarySearch> = Object.fromEntries(NARROWING.map((key) => [key, undefined]))
export const isNarrowed = (s: LibrarySearch): boolean => NARROWING.some((key) => s[key] !== undefined)
