import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKilledInstallation, type KilledInstallation } from './killed-installation.ts'

const ROUNDS = Number(process.env['LIUHEN_KILL_ROUNDS'] ?? '5')
const WRITERS = 8
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

test(`processes killed in the middle of ${ROUNDS} rounds of writing lose nothing and double nothing`, async () => {
  await house.signIn()
  const sizes: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let done = 0
    const killAt = 5 + ((round * 7) % 20)
    const onDone = (): void => {
      done += 1
      if (done !== killAt) return
      house.kill('api')
      if (round % 2 === 1) house.kill('worker')
      if (round % 3 === 2) house.kill('signer')
    }
    await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => house.writePeople(namesOf(round, writer), onDone)),
    )
    sizes.push(await house.checkpointSize())
  }
  await house.expectWhole()
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
})
