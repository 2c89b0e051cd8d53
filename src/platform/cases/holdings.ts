/** What calls, reviews and designations hold about people. */
import type { Holding } from '../privacy/contract.ts'

const own = { of: 'account_id', is: 'account' } as const
const ofApplication = { column: 'application_id', table: 'cases.application', key: 'id' } as const
const file = { zh: '按评审档案管理规定保存', en: 'As long as the rules on files of reviews have it' }
const duty = { basis: 'duty', clause: '职称评审管理暂行规定；个人信息保护法第十三条第三项' } as const

export const casesHoldings: readonly Holding[] = [
  {
    id: 'cases.application',
    title: { zh: '申报材料', en: 'Applications' },
    kinds: { zh: '填写内容、材料、审核经过与结果', en: 'What was written and handed in, its course and outcome' },
    purpose: { zh: '办理评审、评选和认定', en: 'To review and decide' },
    ...duty,
    retention: { kept: file },
    readers: ['school', 'district', 'municipality', 'reviewers'],
    sensitivity: 'personal',
    tables: [
      { table: 'cases.application' },
      { table: 'cases.material', through: ofApplication },
      { table: 'cases.step', through: ofApplication },
    ],
  },
  {
    id: 'cases.designation',
    title: { zh: '称号与名单', en: 'Designations' },
    kinds: { zh: '获得的称号、岗位、团队成员身份', en: 'Titles, honours and memberships that were given' },
    purpose: { zh: '管理称号任期与职责', en: 'To manage terms and duties' },
    ...duty,
    retention: { kept: file },
    readers: ['school', 'district', 'municipality', 'public'],
    sensitivity: 'personal',
    tables: [{ table: 'cases.designation' }, { table: 'cases.member' }, { table: 'cases.assessment', of: 'holder_id' }],
  },
  {
    id: 'cases.expert',
    title: { zh: '专家与评审工作', en: 'Experts and their reviews' },
    kinds: { zh: '专家信息、评审意见、席位、办理的任务', en: 'Data of experts, their reviews, seats and tasks' },
    purpose: { zh: '组织评审', en: 'To organise reviews' },
    ...duty,
    retention: { kept: file },
    readers: ['district', 'municipality', 'auditor'],
    sensitivity: 'personal',
    tables: [
      { table: 'cases.expert', ...own },
      { table: 'cases.review', ...own },
      { table: 'cases.seat', ...own },
      { table: 'cases.task', ...own },
    ],
  },
  {
    id: 'cases.secrecy',
    title: { zh: '回避与表决签到', en: 'Recusals and who has voted' },
    kinds: { zh: '回避关系、是否已投票（不含投给谁）', en: 'Relations, and that somebody voted, never for whom' },
    purpose: { zh: '保证评审公正', en: 'To keep reviews fair' },
    ...duty,
    retention: { kept: file },
    readers: ['district', 'municipality'],
    sensitivity: 'guarded',
    tables: [{ table: 'cases.recusal', ...own }, { table: 'cases.voted', ...own }, { table: 'cases.relation' }].map(
      (table) => ({
        ...table,
        withheld: {
          zh: '评审保密期间不提供副本；可申请查阅',
          en: 'Kept secret for the sake of the review; ask to see it',
        },
      }),
    ) as Holding['tables'],
  },
]
