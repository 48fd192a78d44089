import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKilledInstallation, type KilledInstallation } from './killed-installation.ts'

const ROUNDS = Number(process.env['LIUHEN_POSTGRES_KILL_ROUNDS'] ?? '3')
const WRITERS = 4
const PER_WRITER = 5

let house: KilledInstallation
beforeAll(async () => {
  house = await startKilledInstallation()
})
afterAll(async () => {
  await house.close()
})

const namesOf = (round: number, writer: number): readonly string[] =>
  Array.from({ length: PER_WRITER }, (_, i) => `执法员${round}号${writer}组${i}`)

const untilReady = async (): Promise<void> => {
  for (;;) {
    const answer = await fetch(`${house.serving.url}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    await pause(50)
  }
}

test(`a database killed in the middle of ${ROUNDS} rounds of writing loses nothing and comes back by itself`, async () => {
  await house.signIn()
  const pids = new Set<number | undefined>()
  for (let round = 0; round < ROUNDS; round++) {
    pids.add(house.serving.pids()['postgres'])
    let done = 0
    const onDone = (): void => {
      done += 1
      if (done === 4 + ((round * 5) % 12)) house.kill('postgres')
    }
    await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => house.writePeople(namesOf(round, writer), onDone)),
    )
    await untilReady()
  }
  pids.add(house.serving.pids()['postgres'])
  expect(pids.size).toBe(ROUNDS + 1)
  await house.expectWhole()
})
