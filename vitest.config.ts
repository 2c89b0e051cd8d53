/** Two kinds of tests: those beside the code, in parallel, and browser journeys, one after the other once those are done. */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const journeys = 'test/journeys/**/*.test.ts'

export default defineConfig({
  test: {
    globalSetup: ['test/harness/cluster.ts'],
    reporters: ['default', './test/harness/counts-reporter.ts'],
    projects: [
      {
        test: {
          name: 'code',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: [journeys, '**/node_modules/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: [journeys],
          globalSetup: ['test/harness/chromium.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
