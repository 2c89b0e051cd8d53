/**
 * Blind both ways: whatever an expert may call says nothing of an applicant, whatever an applicant may call says nothing of an expert, and the
 * database itself refuses both sides what the services do not ask for.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { type CasesHouse, openCasesHouse } from '../../src/platform/cases/flow/cases.fixture.ts'
import { addExperts, casesAtReview, withReview } from '../../src/platform/cases/review/review.fixture.ts'
import { type Act, transact } from '../../src/platform/db/index.ts'
import { renderPdf } from '../../src/platform/documents/index.ts'
import { putFile } from '../../src/platform/files/index.ts'
import { type Caller, callerFor } from '../../src/server/caller.ts'
import { procedures } from '../../src/server/permissions.ts'
import { type Furniture, furnish } from './furniture.ts'
import { samples } from './samples/index.ts'

let at: CasesHouse
let furniture: Furniture
let callId: string
let cases: string[]
let experts: string[]
/** What names the applicants, and what names the experts. */
let applicantWords: string[]
let expertWords: string[]

beforeAll(async () => {
  at = await openCasesHouse(4)
  furniture = await furnish(at.house, at.world)
  experts = await addExperts(at, 4)
  callId = await at.publish(withReview({ outlier: undefined, floor: undefined }))
  cases = await casesAtReview(at, callId, 3)
  const office = (await at.world.as('trainer@district')).cases
  await addFile(cases[0]!, '论文', '三年内带教两名青年教师')
  await addFile(cases[0]!, `${at.world.teachers[0][0]!.name}的论文`, `作者：${at.world.teachers[0][0]!.name}`)
  expect(await office.preparePapers({ callId, stage: 'review' })).toEqual({ made: 3, held: 1, unread: 0 })
  const { digest } = await office.previewAssignment({ callId, stage: 'review' })
  await office.assignReviews({ callId, stage: 'review', digest })
  const people = [at.world.teachers[0][0]!, at.world.teachers[1][0]!, at.world.teachers[0][1]!]
  applicantWords = [
    ...people.flatMap(({ id, account, name, number }) => [id, account, name, number]),
    ...cases,
    at.world.schools[0].id,
    at.world.schools[1].id,
    '第一小学',
    '第二小学',
    '13800001000',
    '138-0000-1000',
  ]
  const { rows } = await sql<{
    name: string
    employer: string
    login: string
  }>`select e.name, e.employer, a.login from cases.expert e
    join access.account a on a.id = e.account_id`.execute(at.house.owner)
  expertWords = [...experts, ...rows.flatMap(({ name, employer, login }) => [name, employer, login])]
})
afterAll(() => at?.house.close())

async function addFile(applicationId: string, name: string, text: string) {
  const person = at.world.teachers[0][0]!
  const bytes = await renderPdf(
    '#import "/letter.typ": data\n#set text(font: "Noto Serif SC")\n#data.text',
    { text },
    { at: '2023-03-01T00:00:00Z' },
  )
  const actor = { account: person.account, person: person.id, name: person.name }
  await transact(at.house.db, { actor, scope: { paths: [], self: true }, permission: 'test' }, async (act) => {
    const purpose = { id: 'cases.material', maxBytes: 2 ** 20, kinds: ['pdf'] as const, permission: 'cases.apply' }
    const { id } = await putFile(act, at.house.files, { name, bytes, purpose, orgPath: at.world.schools[0].path })
    await sql`insert into cases.material (application_id, id, kind, file_id, name) values (${applicationId}, ${newId()}, 'paper', ${id}, ${name})`.execute(
      act.tx,
    )
  })
}

const textOf = async (answer: unknown): Promise<string> =>
  answer instanceof File
    ? `${answer.name} ${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`
    : JSON.stringify(answer ?? null)

/** Everything that an account gets from every procedure: answers and refusals. */
async function everything(caller: Caller): Promise<{ path: string; asked: string; text: string }[]> {
  const got = []
  // What is public is everybody's: certificates and notices under their codes.
  for (const { path } of procedures.filter(({ permission }) => permission !== 'public')) {
    const input = samples[path]?.(at.world, furniture)
    const procedure = path
      .split('.')
      .reduce((node, name) => (node as Record<string, unknown>)[name], caller as unknown) as (
      input: unknown,
    ) => Promise<unknown>
    const text = await procedure(input).then(textOf, (error: { data?: unknown; message: string }) =>
      JSON.stringify(error.data ?? error.message),
    )
    got.push({ path, asked: JSON.stringify(input ?? null), text })
  }
  return got
}
const leaks = (got: { path: string; asked: string; text: string }[], words: string[]) =>
  got.flatMap(({ path, asked, text }) =>
    words.filter((word) => text.includes(word) && !asked.includes(word)).map((word) => `${path}: ${word}`),
  )

describe('an expert', () => {
  it('reads papers, files and rubric, and no word of whose they are', async () => {
    let files = 0
    for (const account of experts) {
      const { cases: own } = await callerFor(at.house, account)
      const got = []
      const mine = await own.myReviews()
      got.push({ path: 'myReviews', asked: '', text: JSON.stringify(mine) })
      for (const { reviewId, nth } of mine) {
        for (const locale of ['zh-CN', 'en'] as const) {
          const paper = await own.myPaper({ reviewId, locale })
          got.push({ path: `myPaper ${nth}`, asked: '', text: JSON.stringify(paper) })
          for (const file of locale === 'en' ? paper.files : []) {
            const given = await own.myPaperFile({ reviewId, nth: file.nth })
            expect(given.name).toBe(`${file.nth}.pdf`)
            files += 1
            got.push({ path: `file ${nth}`, asked: '', text: await textOf(given) })
          }
        }
        const saved = await own.saveReview({ reviewId, scores: { work: 10 }, words: '' })
        got.push({ path: `saveReview ${nth}`, asked: '', text: JSON.stringify(saved) })
        const open = new Set((await own.myPaper({ reviewId })).files.map((file) => file.nth))
        for (const hidden of [1, 2, 3].filter((one) => !open.has(one)))
          await expect(own.myPaperFile({ reviewId, nth: hidden })).rejects.toMatchObject({
            data: { kind: 'not_found' },
          })
      }
      expect(leaks(got, [...applicantWords, ...experts.filter((one) => one !== account)])).toEqual([])
    }
    expect(files).toBe(3)
  })
  it('learns nothing of applicants or other experts from any procedure of the product', async () => {
    const [first, ...others] = experts
    const got = await everything(await callerFor(at.house, first!))
    expect(got.filter(({ text }) => !text.includes('access.forbidden')).length).toBeGreaterThan(20)
    expect(leaks(got, [...applicantWords, ...others])).toEqual([])
  })
  it('finds nothing in the database either', async () => {
    const account = experts[0]!
    const { rows: mine } = await sql<{
      n: number
    }>`select count(*)::int as n from cases.review r where r.account_id = ${account}`.execute(at.house.owner)
    await asOne(account, async (act) => {
      const count = async (from: string) =>
        (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(act.tx)).rows[0]!.n
      for (const table of [
        'application',
        'paper_of',
        'material',
        'step',
        'task',
        'assigning',
        'relation',
        'designation',
        'member',
      ])
        expect(`${table}: ${await count(`cases.${table}`)}`).toBe(`${table}: 0`)
      expect(await count('cases.expert')).toBe(1)
      expect(await count('cases.review')).toBe(mine[0]!.n)
      expect(await count('cases.paper')).toBe(mine[0]!.n)
      expect(await count('directory.person')).toBe(0)
      expect(await count('files.file')).toBe(0)
      expect(
        (
          await sql`select from cases.conflicts(${cases}::uuid[], ${experts}::uuid[], '{same_school}', '2020-01-01')`.execute(
            act.tx,
          )
        ).rows,
      ).toEqual([])
      expect((await sql`select from cases.identifying(${cases}::uuid[])`.execute(act.tx)).rows).toEqual([])
    })
  })
  it('cannot give themselves a paper, change one, or move a review', async () => {
    const { rows } = await sql<{
      paperId: string
      account: string
    }>`select p.id as paper_id, e.account_id as account from cases.paper p cross join cases.expert e
      where not exists (select from cases.review r where r.paper_id = p.id and r.account_id = e.account_id) limit 1`.execute(
      at.house.owner,
    )
    const { paperId, account } = rows[0]!
    const refusedBy = (statement: (act: Act<unknown>) => Promise<unknown>) =>
      expect(asOne(account, statement)).rejects.toMatchObject({ code: '42501' })
    await refusedBy((act) =>
      sql`insert into cases.review (paper_id, id, account_id) values (${paperId}, ${newId()}, ${account})`.execute(
        act.tx,
      ),
    )
    await refusedBy((act) =>
      sql`update cases.review set paper_id = ${paperId} where account_id = ${account}`.execute(act.tx),
    )
    await refusedBy((act) => sql`update cases.review set account_id = ${experts[0]!}`.execute(act.tx))
    await refusedBy((act) => sql`update cases.paper set content = '[]'`.execute(act.tx))
    await refusedBy((act) => sql`update cases.paper set files = '[]'`.execute(act.tx))
    const { rows: intact } = await sql<{
      n: number
    }>`select count(*)::int as n from cases.paper p where jsonb_array_length(p.files) = 2`.execute(at.house.owner)
    expect(intact[0]!.n).toBe(1)
  })
})

describe('an applicant', () => {
  const words = () => expertWords
  it('learns of no expert from any procedure, before and after the scores', async () => {
    const person = at.world.teachers[0][0]!
    const caller = await callerFor(at.house, person.account)
    expect(leaks(await everything(caller), words())).toEqual([])
    for (const account of experts) {
      const { cases: own } = await callerFor(at.house, account)
      for (const { reviewId, state } of await own.myReviews()) {
        if (state === 'submitted') continue
        await own.saveReview({ reviewId, scores: { work: 50, plan: 30 }, words: '言之有物' })
        await own.submitReview({ reviewId })
      }
    }
    expect(await at.where(cases[0]!)).toEqual({ state: 'waiting', stage: 'decide' })
    const got = await everything(caller)
    const own = await caller.cases
      .ownApplication({ applicationId: cases[0]! })
      .then(textOf, (error: { data: unknown }) => JSON.stringify(error.data))
    got.push({ path: 'ownApplication of the case', asked: '', text: own })
    got.push({ path: 'ownApplications', asked: '', text: JSON.stringify(await caller.cases.ownApplications({})) })
    expect(leaks(got, words())).toEqual([])
  })
  it('finds no review and no expert in the database', async () => {
    const person = at.world.teachers[0][0]!
    await asOne(
      person.account,
      async (act) => {
        for (const table of ['review', 'paper', 'paper_of', 'expert', 'assigning', 'relation']) {
          const { rows } = await sql`select from ${sql.raw(`cases.${table}`)}`.execute(act.tx)
          expect(`${table}: ${rows.length}`).toBe(`${table}: 0`)
        }
        const { rows } = await sql<{ text: string }>`select to_jsonb(s)::text as text from cases.step s`.execute(act.tx)
        const told = rows.map(({ text }) => text).join(' ')
        expect(told).toContain(cases[0])
        expect(words().filter((word) => told.includes(word))).toEqual([])
      },
      person.id,
    )
  })
})

/** A transaction as the application opens it for one account that reaches nobody but itself. */
const asOne = <R>(account: string, work: (act: Act<unknown>) => Promise<R>, person: string | null = null): Promise<R> =>
  transact(
    at.house.db,
    { actor: { account, person, name: 'test' }, scope: { paths: [], self: true }, permission: 'cases.review.do' },
    work,
  )
