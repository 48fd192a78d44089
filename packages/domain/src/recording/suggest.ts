import type { Instant } from '@liuhen/law/fact'
import { metresBetween, type Point } from './place.ts'

/** A recording that nobody has filed yet. */
export type Unfiled = Readonly<{
  deviceId: string
  officerId: string
  from: Instant
  to: Instant
  /** How far the device's clock may have been off, after its offset is taken away. */
  uncertaintyMs?: number
  /** Files of one recording that the device has cut. */
  session?: string
  /** What whoever filmed or sent it said. */
  announced?: Readonly<{ caseId?: string; step?: string; scene?: string }>
  at?: Located
}>

/** Where something was recorded, and by how much that may be off. */
export type Located = Point & Readonly<{ accuracyMetres?: number }>

type Place = Readonly<{ caseId: string; step: string; scene: string }>

/** A recording that is filed: what the same device saw just before or after is often the same act. */
export type Neighbour = Place & Readonly<{ deviceId: string; from: Instant; to: Instant; session?: string }>

/** A recording that is filed and says where it was made. */
export type Landmark = Place & Readonly<{ at: Located }>

/** An act of a case while it lasted; without `to` it goes on. `scenes`: what it wants recorded, the lacking first. */
export type Occasion = Readonly<{
  caseId: string
  step: string
  from: Instant
  to?: Instant
  officers: readonly string[]
  scenes: readonly string[]
}>

/** Why a place is suggested, for the people who confirm it. */
export const BECAUSES = ['announced', 'session', 'during', 'around', 'neighbour', 'place'] as const
export type Because = (typeof BECAUSES)[number]

export type Suggestion = Readonly<{
  caseId: string
  step: string
  scene?: string
  because: readonly Because[]
  /** How far it was made from the nearest recording that is filed there; with the reason `place`. */
  metres?: number
  /** So much speaks for it and so little for another that one click may confirm it. */
  sure: boolean
}>

/** How much each reason weighs. Ours, not a text's: a person confirms every one. */
const WEIGHTS: Readonly<Record<Because, number>> = {
  announced: 8,
  session: 8,
  during: 4,
  around: 3,
  neighbour: 2,
  place: 2,
}
const SURE = 6
const AHEAD_BY = 2
const NEAR_MS = 30 * 60_000
/** A house and the street before it; what receivers are off comes on top. */
const NEAR_METRES = 200
/** What is off by more says nothing of a spot: a place by the mast of a town must not be near every case. */
const MOST_SLACK_METRES = 300
const MOST = 3

type Hint = Readonly<{
  caseId: string
  step: string
  scene?: string | undefined
  because: Because
  metres?: number
}>

const ms = (at: Instant): number => Date.parse(at)

/** What was said when it was sent, as far as it names case and step. */
const announcedFor = ({ announced }: Unfiled): readonly Hint[] => {
  const { caseId, step, scene } = announced ?? {}
  return caseId === undefined || step === undefined ? [] : [{ caseId, step, scene, because: 'announced' }]
}

const apart = (film: Unfiled, n: Neighbour): number =>
  Math.max(ms(n.from) - ms(film.to), ms(film.from) - ms(n.to), 0)

const nearbyFor = (film: Unfiled, neighbours: readonly Neighbour[]): readonly Hint[] =>
  neighbours
    .filter((n) => n.deviceId === film.deviceId)
    .flatMap((n): readonly Hint[] => {
      const { caseId, step, scene } = n
      if (film.session !== undefined && film.session === n.session)
        return [{ caseId, step, scene, because: 'session' }]
      return apart(film, n) <= NEAR_MS ? [{ caseId, step, scene, because: 'neighbour' }] : []
    })

/** Whether it was made while the act lasted, give or take so much. */
const isWithin = (slack: number, film: Unfiled, { from, to }: Occasion): boolean =>
  ms(film.to) + slack >= ms(from) && (to === undefined || ms(film.from) - slack <= ms(to))

/** An act that somebody took part in who also filmed: while it lasted, or just before or after, as people tell times. */
const actsFor = (film: Unfiled, occasions: readonly Occasion[]): readonly Hint[] =>
  occasions
    .filter((o) => o.officers.includes(film.officerId))
    .flatMap((o): readonly Hint[] => {
      const { caseId, step, scenes } = o
      const hint = { caseId, step, scene: scenes[0] }
      if (isWithin(film.uncertaintyMs ?? 0, film, o)) return [{ ...hint, because: 'during' }]
      return isWithin(NEAR_MS, film, o) ? [{ ...hint, because: 'around' }] : []
    })

/** What was filed of the same spot: a case often has one place, and people come back to it. */
const placesFor = ({ at }: Unfiled, landmarks: readonly Landmark[]): readonly Hint[] => {
  if (at === undefined) return []
  return landmarks
    .map(({ at: there, ...place }) => {
      const slack = (at.accuracyMetres ?? 0) + (there.accuracyMetres ?? 0)
      return {
        ...place,
        metres: metresBetween(at, there),
        reach: NEAR_METRES + Math.min(slack, MOST_SLACK_METRES),
      }
    })
    .filter(({ metres, reach }) => metres <= reach)
    .toSorted((a, b) => a.metres - b.metres)
    .map(({ caseId, step, scene, metres }) => ({ caseId, step, scene, metres, because: 'place' as const }))
}

/** A scene that was said by somebody goes before one that the step merely lacks. */
const sceneOf = (hints: readonly Hint[]): string | undefined =>
  BECAUSES.flatMap((b) => hints.filter((h) => h.because === b)).find((h) => h.scene !== undefined)?.scene

/** Where a recording may belong, the likeliest first, each with its reasons. It files nothing. */
export function suggest(
  film: Unfiled,
  known: Readonly<{
    neighbours: readonly Neighbour[]
    occasions: readonly Occasion[]
    landmarks?: readonly Landmark[]
  }>,
): readonly Suggestion[] {
  const hints = [
    ...announcedFor(film),
    ...nearbyFor(film, known.neighbours),
    ...actsFor(film, known.occasions),
    ...placesFor(film, known.landmarks ?? []),
  ]
  const isSame = (a: Hint, b: Hint): boolean => a.caseId === b.caseId && a.step === b.step
  const weighed = hints
    .filter((h, i) => hints.findIndex((other) => isSame(h, other)) === i)
    .map((first) => {
      const of = hints.filter((h) => isSame(h, first))
      const because = BECAUSES.filter((b) => of.some((h) => h.because === b))
      const weight = because.reduce((sum, b) => sum + WEIGHTS[b], 0)
      const metres = of.find((h) => h.metres !== undefined)?.metres
      return { caseId: first.caseId, step: first.step, scene: sceneOf(of), because, weight, metres }
    })
    .toSorted((a, b) => b.weight - a.weight)
  const [best, second] = weighed
  return weighed.slice(0, MOST).map(({ weight, scene, metres, ...place }) => ({
    ...place,
    ...(metres !== undefined && { metres: Math.round(metres) }),
    ...(scene !== undefined && { scene }),
    sure:
      weight === best?.weight &&
      scene !== undefined &&
      weight >= SURE &&
      weight - (second?.weight ?? 0) >= AHEAD_BY,
  }))
}
