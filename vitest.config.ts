/**
 * Two kinds of tests: those beside the code, and browser journeys once those are done. The files of a worker share the program as it was
 * loaded for the first of them: no module of the product keeps what belongs to one house.
 */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/harness/longest-first.ts'

const journeys = 'test/journeys/**/*.test.ts'
// As long as a machine that does much besides may take: what is waited for is waited for by its sign, and a test that hangs still ends.
const patience = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } }
const workers = Math.max(2, availableParallelism() - 1)

export default defineConfig({
  test: {
    globalSetup: ['test/harness/cluster.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/harness/counts-reporter.ts'],
    projects: [
      {
        test: {
          name: 'code',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: [journeys, '**/node_modules/**'],
          ...patience,
          isolate: false,
          maxWorkers: workers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: [journeys],
          globalSetup: ['test/harness/chromium.ts'],
          isolate: false,
          maxWorkers: workers,
          ...patience,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
