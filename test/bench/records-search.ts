/** Finding people by pinyin among 200,000, one record, and pages of the grid: 99th percentiles against bare statements of the owner. */
import { sql } from 'kysely'
import { readPersonName } from '../../src/platform/directory/index.ts'
import { type Bench, type Benchmark, type Comparison, type Result, secondsOf } from './measure.ts'
import { cityOnRecord } from './records-house.ts'

const PEOPLE = 200_000
const ROUNDS = 3
const ASKED = 100

/** The 99th percentile of many, in milliseconds. */
async function p99(many: number, work: (nth: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let nth = 0; nth < many; nth++) taken.push((await secondsOf(() => work(nth))) * 1000)
  return taken.sort((a, b) => a - b)[Math.ceil(many * 0.99) - 1]!
}

async function run(bench: Bench): Promise<Result> {
  const { house, caller, people, names } = await cityOnRecord(bench, PEOPLE)
  const { owner } = house
  try {
    const { rows: districts } = await sql<{
      id: string
    }>`select o.id from directory.organisation o where o.kind = 'district' order by o.path limit 1`.execute(owner)
    const orgId = districts[0]!.id
    bench.say('checking a district of 10,000 by the rules of quality, for the grid')
    bench.say(`${(await secondsOf(() => caller.records.checkQuality({ orgId }))).toFixed(1)} s`)
    await sql`vacuum (analyze) records.finding`.execute(owner)
    const sounds = names.map((name) => readPersonName(name))
    const compare = async (
      what: string,
      bare: string,
      own: (nth: number) => Promise<unknown>,
      base: (nth: number) => Promise<unknown>,
      many = ASKED,
      note?: string,
    ): Promise<Comparison> => {
      const values: number[] = []
      const baseline: number[] = []
      for (let nth = 0; nth < 20; nth++) await Promise.all([own(nth), base(nth)])
      for (let round = 0; round < ROUNDS; round++) {
        values.push(await p99(many, (nth) => own(round * many + nth)))
        baseline.push(await p99(many, (nth) => base(round * many + nth)))
      }
      return {
        what: `${what}, p99 of ${many}`,
        unit: 'ms',
        values,
        baseline: { what: bare, values: baseline },
        ...(note ? { note } : {}),
      }
    }
    const prefix = (text: string) => sql`p.pinyin ~>=~ ${text} and p.pinyin ~<~ ${`${text}{`}`
    const comparisons = [
      await compare(
        'list by full pinyin, 50 rows with facts and the total',
        'ids by the prefix index, and their count',
        (nth) => caller.records.people({ search: sounds[nth % sounds.length]!.pinyin, limit: 50 }),
        async (nth) => {
          const text = sounds[nth % sounds.length]!.pinyin
          await sql`select p.id from directory.person p where ${prefix(text)} order by p.name collate "zh-x-icu", p.id limit 51`.execute(
            owner,
          )
          await sql`select count(*) from directory.person p where ${prefix(text)}`.execute(owner)
        },
      ),
      await compare(
        'list by initials of three letters',
        'ids by the prefix index, and their count',
        (nth) => caller.records.people({ search: sounds[nth % sounds.length]!.initials, limit: 50 }),
        async (nth) => {
          const text = sounds[nth % sounds.length]!.initials
          const meant = sql`p.initials ~>=~ ${text} and p.initials ~<~ ${`${text}{`}`
          await sql`select p.id from directory.person p where ${meant} order by p.name collate "zh-x-icu", p.id limit 51`.execute(
            owner,
          )
          await sql`select count(*) from directory.person p where ${meant}`.execute(owner)
        },
      ),
      await compare(
        'one record with its whole history',
        'the person and eight tables by key, a statement each',
        (nth) => caller.records.person({ personId: people[nth % people.length]! }),
        async (nth) => {
          const id = people[nth % people.length]!
          await sql`select * from directory.person p where p.id = ${id}`.execute(owner)
          for (const table of [
            'directory.employment',
            'records.service',
            'records.teaching',
            'records.title',
            'records.post',
            'records.honour',
            'records.education',
          ])
            await sql`select * from ${sql.table(table)} t where t.person_id = ${id}`.execute(owner)
        },
      ),
      await compare(
        'a page of 1,000 rows of the grid with 15 cells and their faults',
        'as many rows of people, service, studies by key',
        (nth) =>
          caller.records.qualityGrid({
            orgId,
            limit: 1000,
            cursor: `R${String((nth * 1000) % 9000).padStart(7, '0')}`,
          }),
        (nth) =>
          sql`select p.*, s.*, g.* from (select * from directory.person p where p.number > ${`R${String((nth * 1000) % 9000).padStart(7, '0')}`} order by p.number limit 1000) p
            left join records.service s on s.person_id = p.id left join records.education g on g.person_id = p.id`.execute(
            owner,
          ),
        30,
      ),
    ]
    return { comparisons, facts: { people: PEOPLE } }
  } finally {
    await house.close()
  }
}

export const recordsSearch: Benchmark = {
  name: 'records-search',
  what: 'people by pinyin among 200,000, one record, pages of the grid',
  run,
}
