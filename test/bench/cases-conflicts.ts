/** Who may not review what: 3,000 cases against 200 experts by every rule, beside a bare join over the same employments. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { withReview } from '../../src/platform/cases/review/review.fixture.ts'
import { pool, SYSTEM, transact } from '../../src/platform/db/index.ts'
import { keepForm } from '../../src/platform/forms/index.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'

const CASES = 3000
const EXPERTS = 200
const ROUNDS = 5
const SINCE = '2020-03-01'
const KINDS = ['same_school', 'same_cluster', 'same_studio', 'mentor', 'co_author', 'relative', 'declared']

async function run(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench, 4)
  const bare = pool(house.databaseUrl, { role: 'owner', max: 1 })
  try {
    bench.say(`${CASES} cases and ${EXPERTS} experts of the district`)
    const { rows: offices } = await sql<{
      account: string
      orgId: string
      path: string
    }>`select s.account_id as account, s.org_id, s.org_path::text as path
      from access.assignment s
      where s.role = 'trainer' order by (select count(*) from directory.person p where p.org_path <@ s.org_path) desc limit 1`.execute(
      house.owner,
    )
    const { account, orgId, path } = offices[0]!
    const callId = newId()
    const what = withReview()
    await transact(
      house.db,
      { actor: { account, person: null, name: 'bench' }, scope: { paths: [path], self: false }, permission: 'bench' },
      async (act) => {
        const version = await keepForm(act, what.form)
        await sql`insert into cases.call (id, org_id, org_path, authority, definition, form_version, title, state, opens_on, judged_on, seed, made_by, published_at)
        values (${callId}, ${orgId}, ${path}::ltree, 'qianjiang', ${JSON.stringify(what)}::jsonb, ${version}, ${JSON.stringify(what.title)}::jsonb,
          'published', db.today(), db.today(), 'seed', ${account}, db.now())`.execute(act.tx)
      },
    )
    // Experts first, so that nobody applies who reviews; their employments reach over many schools, as those of teachers do.
    await bare.query(
      `insert into cases.expert (account_id, person_id, org_id, org_path, name, employer, fields)
       select a.id, p.id, $1, $2, p.name, o.name, '{"语文": 3}' from directory.person p join access.account a on a.person_id = p.id
       join directory.organisation o on o.id = p.org_id where p.org_path <@ $2 order by md5(p.id::text) limit ${EXPERTS}`,
      [orgId, path],
    )
    await bare.query(
      `insert into cases.application (id, call_id, person_id, org_id, org_path, name, state, stage, form_version, made_by, submitted_at)
       select gen_random_uuid(), $1, p.id, p.org_id, p.org_path, p.name, 'waiting', 'review', c.form_version, c.made_by, db.now()
       from directory.person p, cases.call c where c.id = $1 and p.org_path <@ $2 and not exists (select from cases.expert e where e.person_id = p.id)
       order by md5(p.id::text) limit ${CASES}`,
      [callId, path],
    )
    await bare.query(
      `insert into cases.relation (person_id, id, other_id, other_name, kind, by_account)
       select e.person_id, gen_random_uuid(), a.person_id, a.name, 'co_author', e.account_id
       from cases.expert e cross join lateral (select person_id, name from cases.application where call_id = $1
         order by md5(id::text || e.account_id::text) limit 5) a where e.person_id is not null`,
      [callId],
    )
    await bare.query(
      'analyze cases.application; analyze cases.expert; analyze cases.relation; analyze directory.employment',
    )
    const { rows } = await bare.query<{ cases: string[]; experts: string[] }>(
      'select (select array_agg(id) from cases.application where call_id = $1) as cases, (select array_agg(account_id) from cases.expert where person_id is not null) as experts',
      [callId],
    )
    const { cases, experts } = rows[0]!
    if (cases.length !== CASES || experts.length !== EXPERTS)
      throw new Error(`${cases.length} cases, ${experts.length} experts`)
    let found = 0
    let joined = 0
    const { values, base } = await inTurn(
      ROUNDS,
      () =>
        secondsOf(() =>
          transact(
            house.db,
            { actor: SYSTEM, scope: { paths: [path], self: false }, permission: 'bench' },
            async (act) => {
              const { rows: pairs } = await sql`select f.application_id, f.account_id, f.why
              from cases.conflicts(${cases}::uuid[], ${experts}::uuid[], ${KINDS}::text[], ${SINCE}::date) f`.execute(
                act.tx,
              )
              found = pairs.length
            },
          ),
        ),
      () =>
        secondsOf(async () => {
          const { rowCount } = await bare.query(
            `select distinct a.id, x.account_id from cases.application a join directory.employment e on e.person_id = a.person_id and e.during && daterange('${SINCE}', null)
             join directory.employment f on f.org_id = e.org_id and f.during && daterange('${SINCE}', null) join cases.expert x on x.person_id = f.person_id
             where a.call_id = $1`,
            [callId],
          )
          joined = rowCount ?? 0
        }),
      1,
    )
    if (found < joined) throw new Error(`${found} found, ${joined} of the same school alone`)
    return {
      comparisons: [
        {
          what: `${CASES} cases against ${EXPERTS} experts: school now and within three years, cluster, studio, mentor, co-author, relative, declared`,
          unit: 's',
          values,
          baseline: { what: 'only the same school, by a bare join of the owner without scope', values: base },
          note: `${found} closed pairs with their reasons, ${joined} of them pairs of one school`,
        },
      ],
    }
  } finally {
    await bare.end()
    await house.close()
  }
}

export const casesConflicts: Benchmark = {
  name: 'cases-conflicts',
  what: 'conflicts of 3,000 cases with 200 experts',
  run,
}
