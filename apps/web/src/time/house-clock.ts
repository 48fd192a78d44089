import { useEffect } from 'react'
import type { Me } from '@liuhen/api/routes/session'
import { whoAmI } from '@liuhen/api/routes/session'
import { call } from '../api/client.ts'

/** How far the house's clock stands from this machine's. */
let shiftMs: number | undefined

const KEY = 'liuhen.house-clock'

/**
 * A demonstration's clock stands still, but what is typed comes one after the other: for a tab it starts at the house's time and
 * runs on, also when the page is loaded again.
 */
const running = (houseMs: number): number => {
  const before = Number(sessionStorage.getItem(KEY) ?? Number.NaN)
  const shift = Date.now() + before > houseMs ? before : houseMs - Date.now()
  sessionStorage.setItem(KEY, String(shift))
  return shift
}

const hear = ({ kind, now }: Me['clock'], asked: number, answered: number): void => {
  const house = Date.parse(now)
  shiftMs = kind === 'real' ? house - (asked + answered) / 2 : running(house)
}

/** The time of the house, whatever the clock of this machine says; the machine's own until the house was heard. */
export const houseNow = (): number => Date.now() + (shiftMs ?? 0)

let heard: Promise<void> | undefined

const ask = async (): Promise<void> => {
  const asked = Date.now()
  try {
    const me = await call(whoAmI, {})
    hear(me.clock, asked, Date.now())
  } catch {
    // Without an answer the machine's own clock stands in, and the next who wants to know asks again.
    heard = undefined
  }
}

/** Asks the house for its time, once for a visit; what is timed by it waits for the answer. */
export const hearHouse = (): Promise<void> => (heard ??= ask())

export function useHouseClock(enabled: boolean): void {
  useEffect(() => {
    if (enabled) void hearHouse()
  }, [enabled])
}
