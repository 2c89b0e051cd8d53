/** Counts what a test run did and writes it to the file named in `QIANGSHI_COUNTS`, for the runner to print as its last line. */
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export type Counts = { passed: number; failed: number; skipped: number }

export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<unknown>): void {
    const file = process.env.QIANGSHI_COUNTS
    if (file) writeFileSync(file, JSON.stringify(count(modules, unhandled.length)))
  }
}

/** A file that does not load, a suite whose hooks fail and an error outside every test each count as one failure. */
function count(modules: ReadonlyArray<TestModule>, unhandled: number): Counts {
  const counts: Counts = { passed: 0, failed: unhandled, skipped: 0 }
  for (const module of modules) {
    counts.failed += Number(module.errors().length > 0)
    for (const suite of module.children.allSuites()) counts.failed += Number(suite.errors().length > 0)
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      // A test that never got to run was asked for and did not pass.
      if (state === 'pending') counts.failed++
      else counts[state]++
    }
  }
  return counts
}
