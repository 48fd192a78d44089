import { defineConfig } from 'vitest/config'
import { counter } from './scripts/count-reporter.ts'

/** Three suites by cost: pure (no process, no disk), int (real PostgreSQL, real files), e2e (real browser). One after the other: each is given the whole machine. */
export default defineConfig({
  test: {
    reporters: ['default', counter],
    projects: [
      {
        test: {
          name: 'pure',
          sequence: { groupOrder: 0 },
          // Pure tests share no state that one of them changes, so a worker imports the packages and the law once.
          isolate: false,
          testTimeout: 60_000,
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'int',
          sequence: { groupOrder: 1 },
          include: ['apps/*/src/**/*.int.test.ts', 'test/fault/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['test/e2e/*.e2e.ts'],
          environment: 'node',
          globalSetup: ['test/e2e/stack.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
    ],
  },
})
