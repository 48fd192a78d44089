import { z } from 'zod'
import { Medium } from '@liuhen/domain/recording/events'
import { PLACE_SOURCES, Point } from '@liuhen/domain/recording/place'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Id } from '../schema/page.ts'
import { RecordingRow } from './recordings.ts'

const tag = '音像'
const Day = z.iso.date()
const Word = z.string().min(1).max(64)

/** What may want somebody: each is one condition, told in words by the screen. */
export const LIBRARY_STATES = [
  'not-arrived',
  'untagged',
  'not-looked-at',
  'broken',
  'evidence',
  'to-be-disposed',
  'disposed',
] as const

/** West, south, east, north in degrees, with commas between them. */
export const Box = z
  .string()
  .max(100)
  .regex(/^-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?){3}$/)

/** What is looked for. Every condition narrows; none widens what the one who asks may see. */
export const LibraryFilter = z.object({
  from: Day.optional(),
  to: Day.optional(),
  device: Word.optional(),
  officer: Word.optional(),
  unit: Word.optional(),
  case: Id.optional(),
  party: Word.optional(),
  step: Word.optional(),
  scene: Word.optional(),
  medium: Medium.optional(),
  state: z.enum(LIBRARY_STATES).optional(),
  placed: z.enum(['yes', 'no']).optional(),
  box: Box.optional(),
  q: z.string().max(60).optional(),
  /** Days are those on which it was made, or those on which it was registered here. */
  by: z.enum(['made', 'arrived']).default('made'),
})
export type LibraryFilter = z.infer<typeof LibraryFilter>

export const RecordedPlace = Point.extend({
  source: z.enum(PLACE_SOURCES),
  accuracyMetres: z.number().optional(),
})

export const LibraryRow = RecordingRow.extend({
  /** Absent: the one who asks may see the recording and not its case. */
  caseNo: z.string().optional(),
  caseTitle: z.string().optional(),
  hasPoster: z.boolean(),
  destroyed: z.boolean(),
  /** A batch of disposal is about it. */
  disposing: z.boolean(),
  officerId: z.string(),
  /** Files of one recording that the device has cut. */
  session: z.object({ id: z.string(), segment: z.int() }).optional(),
  /** Somebody has said whether it plays. */
  looked: z.boolean(),
  place: RecordedPlace.optional(),
  /** Device clock minus ours, and by how much that may be wrong. Absent: nobody compared it. */
  clock: z.object({ offsetMs: z.int(), uncertaintyMs: z.int().optional() }).optional(),
})
export type LibraryRow = z.infer<typeof LibraryRow>

/** How many there are on each day, the latest first: what a long list is laid out by before it is read. */
export const libraryDays = defineRoute({
  id: 'libraryDays',
  method: 'GET',
  path: '/library/days',
  title: '音像库按日计数',
  tag,
  access: 'signed-in',
  query: LibraryFilter,
  response: z.object({ days: z.array(z.object({ day: Day, n: z.int() })), total: z.int() }),
})

/** Part of some days that follow each other. `skip` counts within them, so that a jump anywhere costs no more than they hold. */
export const libraryPart = defineRoute({
  id: 'libraryPart',
  method: 'GET',
  path: '/library/parts',
  title: '音像库的一段',
  tag,
  access: 'signed-in',
  query: LibraryFilter.extend({
    first: Day,
    last: Day,
    skip: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    order: z.enum(['latest', 'earliest']).default('latest'),
  }),
  response: z.object({ items: z.array(LibraryRow) }),
})

const Choice = z.object({ value: z.string(), name: z.string(), n: z.int() })
/** What there is to choose from, as far as the one who asks may see it; the most frequent first. */
export const libraryChoices = defineRoute({
  id: 'libraryChoices',
  method: 'GET',
  path: '/library/choices',
  title: '音像库的筛选项',
  tag,
  access: 'signed-in',
  response: z.object({
    devices: z.array(Choice),
    officers: z.array(Choice),
    units: z.array(Choice),
    scenes: z.array(Choice),
  }),
})
export type LibraryChoice = z.infer<typeof Choice>

/** What was recorded in a span, the earliest first; `total` says when it is cut. */
export const librarySpan = defineRoute({
  id: 'librarySpan',
  method: 'GET',
  path: '/library/span',
  title: '音像库的时间轴',
  tag,
  access: 'signed-in',
  query: LibraryFilter.omit({ from: true, to: true, by: true }).extend({ since: Instant, until: Instant }),
  response: z.object({ items: z.array(LibraryRow), total: z.int() }),
})

/** Places of what is looked for, put together by squares so that a map draws a few hundred signs. */
export const libraryMap = defineRoute({
  id: 'libraryMap',
  method: 'GET',
  path: '/library/map',
  title: '音像库的位置图',
  tag,
  access: 'signed-in',
  /** `box` is what the map shows; absent: all of it. */
  query: LibraryFilter.omit({ placed: true }).extend({
    /** Squares across. */
    columns: z.coerce.number().int().min(4).max(80).default(32),
  }),
  response: z.object({
    /** What the squares are laid over; absent while nothing has a place. */
    bounds: z.object({ west: z.number(), east: z.number(), south: z.number(), north: z.number() }).optional(),
    squares: z.array(
      z.object({
        latitude: z.number(),
        longitude: z.number(),
        n: z.int(),
        /** The recording, where there is one alone. */
        id: z.string().optional(),
        source: z.enum(PLACE_SOURCES).optional(),
        accuracyMetres: z.number().optional(),
        west: z.number(),
        east: z.number(),
        south: z.number(),
        north: z.number(),
      }),
    ),
    placed: z.int(),
    unplaced: z.int(),
  }),
})

/** A map of the operator's own, as it lies on the machine; none is shipped. */
export const libraryBaseMap = defineRoute({
  id: 'libraryBaseMap',
  method: 'GET',
  path: '/library/base-map',
  title: '位置图的底图',
  tag,
  access: 'signed-in',
  /** GeoJSON (RFC 7946, WGS-84). Absent: nobody has put one there. */
  response: z.object({ map: z.unknown().optional() }),
})
