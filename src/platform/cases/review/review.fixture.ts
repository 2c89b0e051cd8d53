/** A call with a blind review over the invented district, experts from inside and outside, and cases that wait for them. */
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import { type Caller, callAs } from '../../../server/caller.ts'
import { actorOfAccount } from '../../access/index.ts'
import { type CasesHouse, simple } from '../flow/cases.fixture.ts'
import { moveAll } from '../flow/move.ts'
import { lockedApplications, openCall } from '../flow/rows.ts'

const both = (zh: string) => ({ zh, en: zh })
const text = (zh: string) => ({ default: zh, en: 'English' })
export const FORM = {
  pages: [
    {
      name: 'main',
      title: text('申报内容'),
      elements: [
        { type: 'text', name: 'fullName', title: text('姓名'), identifies: true },
        { type: 'text', name: 'phone', title: text('手机'), inputType: 'tel', identifies: true },
        {
          type: 'dropdown',
          name: 'subject',
          title: text('学科'),
          choices: [
            { value: 'chinese', text: text('语文') },
            { value: 'maths', text: text('数学') },
          ],
        },
        { type: 'comment', name: 'plan', title: text('工作设想'), isRequired: true },
      ],
    },
  ],
}

const trainer = { role: 'trainer', at: 'district' } as const
export const REVIEW = {
  id: 'review',
  title: both('专家评审'),
  kind: 'review',
  by: trainer,
  reviews: 3,
  blind: 'both',
  field: 'subject',
  days: 5,
  outlier: 30,
  floor: 60,
  rubric: [
    { id: 'work', title: both('工作实绩'), most: 60 },
    { id: 'plan', title: both('工作设想'), says: both('目标明确、可行'), most: 40 },
  ],
}

export const withReview = (over: Record<string, unknown> = {}) =>
  simple({
    form: FORM,
    materials: [
      { id: 'paper', title: both('论文'), required: false, most: 3, kinds: ['pdf'], blind: 'shown' },
      { id: 'proof', title: both('获奖证书'), required: false, most: 3, kinds: ['pdf'], blind: 'hidden' },
    ],
    stages: [
      { id: 'school', title: both('学校推荐'), kind: 'check', by: [{ role: 'principal', at: 'school' }], days: 5 },
      { ...REVIEW, ...over },
      { id: 'decide', title: both('审定'), kind: 'decide', by: { role: 'commission', at: 'district' } },
      { id: 'file', title: both('归档'), kind: 'file', by: { role: 'commission', at: 'district' } },
    ],
  })

/** So many experts from elsewhere, each with an account of its own. Returns their accounts. */
export async function addExperts(at: CasesHouse, count: number, fields: Record<string, number> = { 语文: 3, 数学: 1 }) {
  const office = (await at.world.as('trainer@district')).cases
  const accounts: string[] = []
  for (let nth = 1; nth <= count; nth++) {
    const login = `expert-${newId().slice(-8)}`
    const { accountId } = await office.addExpert({
      outside: { name: `专家${String.fromCodePoint(0x7532 + (nth % 3))}${nth}`, employer: `外地大学${nth}`, login },
      fields,
    })
    await sql`update access.account set must_change = false where id = ${accountId}`.execute(at.house.owner)
    accounts.push(accountId)
  }
  return accounts
}

export const asExpert = async (at: CasesHouse, account: string): Promise<Caller['cases']> =>
  callAs(at.house, (await actorOfAccount(at.house.db, account))!).cases

/** Cases of the first two schools, past the school and waiting at the review. */
export async function casesAtReview(at: CasesHouse, callId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let nth = 0; nth < count; nth++) {
    const school = (nth % 2) as 0 | 1
    const id = await at.apply(callId, school, Math.floor(nth / 2))
    const person = at.world.teachers[school][Math.floor(nth / 2)]!
    const answers = {
      fullName: person.name,
      phone: `1380000${String(1000 + nth)}`,
      subject: nth % 3 === 0 ? 'maths' : 'chinese',
      plan: `我是${person.name}，工号${person.number}，在${school === 0 ? '第一小学' : '第二小学'}任教，电话 138-0000-${1000 + nth}。三年内带教两名青年教师。`,
    }
    await sql`update cases.application set answers = ${JSON.stringify(answers)}::jsonb where id = ${id}`.execute(
      at.house.owner,
    )
    ids.push(id)
  }
  await at.everywhere(async (act) => {
    await moveAll(act, await openCall(act, callId), await lockedApplications(act, ids), { act: 'pass' })
  })
  return ids
}

/** Scores every open review of an expert: the first item gets `work`, the second `plan`. */
export async function scoreAll(expert: Caller['cases'], work: number, plan: number): Promise<number> {
  const open = (await expert.myReviews()).filter(({ state, open: still }) => state === 'assigned' && still)
  for (const { reviewId } of open) {
    await expert.saveReview({ reviewId, scores: { work, plan }, words: '言之有物' })
    await expert.submitReview({ reviewId })
  }
  return open.length
}
