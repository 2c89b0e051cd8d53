/** What takes longest begins first, so that nothing long is left when the rest is done. By the last run where it is known, else as named here. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const LONG = /\/(pages-|calls-|panel|person|audit-year)|\/(serve|stop|packs|backup|fuzz|interrupted)\.test\.ts$/

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const group = (one: TestSpecification) => one.project.config.sequence.groupOrder
    const rank = (one: TestSpecification) => (LONG.test(one.moduleId) ? 0 : 1)
    return sorted.sort((a, b) => group(a) - group(b) || rank(a) - rank(b))
  }
}
