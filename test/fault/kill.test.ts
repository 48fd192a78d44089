import { afterAll, beforeAll, expect, test } from 'vitest'
import { seeded } from '../seeded.ts'
import { IS_FULL, tell } from './fault-table.ts'
import {
  ANSWERS,
  startKilledInstallation,
  type KilledInstallation,
  type Round,
} from './killed-installation.ts'
import { VICTIMS, type Victim } from './log-guards.ts'

const ROUNDS = Number(process.env['LIUHEN_KILL_ROUNDS'] ?? (IS_FULL ? '200' : '6'))

let house: KilledInstallation
beforeAll(async () => {
  house = await startKilledInstallation()
})
afterAll(async () => {
  await house.close()
})

/** Each in its turn, now and then with others, at a point nobody chose. */
const roundOf = (next: (below: number) => number, round: number): Round => {
  const first = VICTIMS[round % VICTIMS.length] as Victim
  const others = VICTIMS.filter((victim) => victim !== first && next(4) === 0)
  return {
    victims: [first, ...others],
    afterAnswers: 1 + next(ANSWERS - 1),
    afterMs: next(40),
  }
}

test(
  `${ROUNDS} rounds of writing, in each of which processes are killed, lose nothing and double nothing`,
  async () => {
    const next = seeded(20_261_123)
    for (let round = 0; round < ROUNDS; round++) await house.round(roundOf(next, round))
    const { lost, doubled, faults } = await house.judge()
    for (const [victim, runs] of house.killed()) {
      tell({ fault: `kill -9 of ${victim}`, runs, lost, mixed: faults.length, doubled })
    }
    expect({ lost, doubled, faults }).toEqual({ lost: 0, doubled: 0, faults: [] })
    expect([...house.killed().keys()].toSorted()).toEqual(VICTIMS.toSorted())
    expect(house.looks()).toBeGreaterThan(ROUNDS)
  },
  ROUNDS * 60_000,
)
