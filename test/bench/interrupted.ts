/** The whole demonstration year on a server of its own, killed six times on the way: what was acknowledged is there, and it comes out right. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CLUSTER } from '../../src/platform/db/data-folder.ts'
import { shutDown } from '../../src/platform/db/postmaster.ts'
import type { YearResult } from '../../src/server/year/summary.ts'
import { temporaryFolder } from '../harness/cluster.ts'
import { acknowledged, journalOf, killDatabase, lost, startYear } from '../harness/interrupted.ts'
import { lastWords, run as program } from '../harness/program.ts'
import type { Benchmark } from './measure.ts'

/** Who is killed, and after how many more acknowledged commands. */
const KILLS = [
  { who: 'program', after: 1500 },
  { who: 'database', after: 2000 },
  { who: 'program', after: 4000 },
  { who: 'database', after: 4000 },
  { who: 'both', after: 4000 },
  { who: 'program', after: 1000 },
] as const

export const interrupted: Benchmark = {
  name: 'interrupted',
  what: 'the year, killed six times (program, database, both): nothing acknowledged is lost, and it is performed to its end',
  run: async ({ say }) => {
    const folder = await temporaryFolder()
    const journal = `${folder}.journal`
    try {
      const kills = []
      for (const { who, after } of KILLS) {
        const year = startYear(folder, journal)
        await acknowledged(year, journal, after)
        if (who !== 'program') await killDatabase(folder)
        if (who !== 'database') year.child.kill('SIGKILL')
        const ended = await year.ended
        if (who === 'database' && (ended.code !== 1 || lastWords(ended).length !== 1))
          throw new Error(`the program should have ended with one sentence: ${ended.stderr}`)
        const lines = (await journalOf(journal)).length
        await assertNothingLost(folder, journal)
        kills.push({ who, lines })
        say(`${who} killed after ${lines} acknowledged commands: none is lost`)
      }
      const ended = await startYear(folder, journal).ended
      if (ended.code !== 0) throw new Error(`the year did not come to its end: ${ended.stderr}`)
      await assertNothingLost(folder, journal)
      const result = JSON.parse(ended.stdout.trim().split('\n').at(-1)!) as YearResult
      const overrun = result.classes.filter(({ enrolled, places }) => enrolled > places).map(({ code }) => code)
      const { stdout } = await program(['verify', '--json'], { QIANGSHI_DATA: folder })
      const { sound } = JSON.parse(stdout) as { sound: boolean }
      const { places, audit, circulars } = result
      if (places !== 3060 || overrun.length > 0 || !audit.locked || !sound)
        throw new Error(`the year came out wrong: ${JSON.stringify({ places, overrun, audit, sound })}`)
      const lines = (await journalOf(journal)).length
      say(`performed to its end after ${lines} acknowledged commands: ${places} places, none overrun, chains sound`)
      return {
        comparisons: [],
        facts: { kills, acknowledged: lines, lost: 0, places, overrun, audit, circulars, sound },
      }
    } finally {
      await shutDown(join(folder, CLUSTER), 'now')
      await rm(folder, { recursive: true, force: true })
      await rm(journal, { force: true })
    }
  },
}

async function assertNothingLost(folder: string, journal: string): Promise<void> {
  const gone = await lost(folder, journal)
  if (gone.length > 0)
    throw new Error(`${gone.length} acknowledged commands are lost, first ${JSON.stringify(gone[0])}`)
}
