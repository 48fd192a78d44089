import { expect, test } from 'vitest'
import { IS_FULL, tell } from './fault-table.ts'
import { startKilledInstallation } from './killed-installation.ts'
import { LOG_GUARDS } from './log-guards.ts'

const MOST_ROUNDS = 40

test.each(LOG_GUARDS.filter(({ isSlow }) => IS_FULL || isSlow !== true))(
  'without "$name", harm is seen',
  async (guard) => {
    const house = await startKilledInstallation(guard)
    try {
      let runs = 0
      let harm = await house.judge()
      const isWhole = () => harm.lost + harm.doubled + harm.faults.length === 0
      while (isWhole() && runs < MOST_ROUNDS) {
        await house.round({ victims: guard.kills, afterAnswers: 5 + ((runs * 7) % 20), afterMs: 0 })
        runs += 1
        harm = await house.judge()
      }
      const { lost, doubled, faults } = harm
      tell({
        fault: `control: not ${guard.name}`,
        runs,
        lost,
        doubled,
        mixed: faults.length,
        isControl: true,
      })
      expect(isWhole()).toBe(false)
    } finally {
      await house.close()
    }
  },
  600_000,
)
