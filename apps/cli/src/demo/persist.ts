import { ApiError } from '../api-session.ts'
import { type Play, at } from './play.ts'
import type { Matter } from './matters.ts'

/** What somebody of the agency does when the system says what is missing. */
export type Deed = (p: Carried, step: string) => Promise<unknown>

/** What whoever carries a case has to know of its matter. */
export type About = Pick<Matter, 'party' | 'place' | 'violation'>

/** A case on its way: what its people type, and the time on the demonstration's clock. */
export type Carried = Play &
  Readonly<{
    matter: About
    forms: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    deeds: Readonly<Record<string, Deed>>
    clock: { now: string }
    /** What the system warned of and a reason was given for: `step: code`. */
    warned: string[]
    /** What the system refused until it was made good: `step: code`. */
    asked: string[]
  }>

/** The demonstration's clock goes on to this moment, unless it is already there. */
export const moment = async (p: Carried, when: string): Promise<void> => {
  const now = `${when.replace(' ', 'T')}:00+08:00`
  if (p.clock.now === now) return
  await at(p, when)
  p.clock.now = now
}

const CHINA_MS = 8 * 3_600_000

/** So many days after the clock's own day, at a time of day. */
export const later = async (p: Carried, days: number, time: string): Promise<void> => {
  const china = new Date(Date.parse(p.clock.now) + days * 86_400_000 + CHINA_MS)
  await moment(p, `${china.toISOString().slice(0, 10)} ${time}`)
}

/** So many minutes before the clock, in China time. */
export const before = (p: Carried, minutes: number): string => {
  const china = new Date(Date.parse(p.clock.now) - minutes * 60_000 + CHINA_MS)
  return `${china.toISOString().slice(0, 19)}+08:00`
}

const ROUNDS = 6
const WHY = '已核对，情况属实，按规定继续办理'

const isOnlyWarned = ({ code, reasons }: ApiError['problem']): boolean =>
  code === 'incomplete' && reasons.length > 0 && reasons.every((r) => r.effect === 'warn')

/** Tries; does what a refusal asks for and tries again; where the system only warns, says why it goes on. */
export const persist = async <T>(
  p: Carried,
  step: string,
  attempt: (reason?: string) => Promise<T>,
): Promise<T> => {
  let reason: string | undefined
  for (let round = 0; ; round += 1)
    try {
      return await attempt(reason)
    } catch (error) {
      if (!(error instanceof ApiError) || round === ROUNDS) throw error
      const codes = error.problem.reasons.map((r) => r.code)
      const deeds = [...new Set(codes)].flatMap((code) => p.deeds[code] ?? [])
      if (deeds.length > 0) {
        p.asked.push(...codes.map((code) => `${step}: ${code}`))
        for (const deed of deeds) await deed(p, step)
      } else if (reason === undefined && isOnlyWarned(error.problem)) {
        p.warned.push(...codes.map((code) => `${step}: ${code}`))
        reason = WHY
      } else throw error
    }
}
