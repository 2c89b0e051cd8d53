/** What privacy itself holds about people. */
import type { Holding } from './contract.ts'

const own = { of: 'account_id', is: 'account' } as const
const duty = { basis: 'duty', readers: ['auditor'], sensitivity: 'personal' } as const

export const privacyHoldings: readonly Holding[] = [
  {
    id: 'privacy.export',
    title: { zh: '本人数据副本', en: 'Copies of one’s own data' },
    kinds: { zh: '本人申请的数据副本（加密）', en: 'Copies that one asked for, sealed' },
    purpose: { zh: '供本人下载', en: 'To be fetched by oneself' },
    ...duty,
    readers: ['nobody'],
    clause: '个人信息保护法第四十五条',
    retention: { parameter: 'privacy.retention.exports', since: { zh: '自生成之日起', en: 'since it was made' } },
    tables: [
      { table: 'privacy.export', ...own, without: ['content_cipher'], ends: 't.ready_at', clears: ['content_cipher'] },
    ],
  },
  {
    id: 'privacy.request',
    title: { zh: '个人信息请求', en: 'Requests about one’s own data' },
    kinds: { zh: '请求事项、内容与答复', en: 'What was asked, and the answer' },
    purpose: { zh: '受理并答复本人的请求', en: 'To answer requests' },
    ...duty,
    readers: ['district', 'auditor'],
    clause: '个人信息保护法第五十条',
    retention: { parameter: 'privacy.retention.requests', since: { zh: '自答复之日起', en: 'since it was answered' } },
    tables: [
      {
        table: 'privacy.request',
        ...own,
        ends: "case when t.state <> 'open' then coalesce(t.answered_at, t.asked_at) end",
      },
    ],
  },
  {
    id: 'privacy.sharing',
    title: { zh: '对外提供记录', en: 'What was handed to others' },
    kinds: { zh: '向哪个平台、单位提供了哪些信息', en: 'What was told to which platform or authority' },
    purpose: { zh: '留存对外提供情况备查', en: 'To keep what was handed out' },
    ...duty,
    clause: '网络数据安全管理条例第十二条；个人信息保护法第二十三条',
    retention: { parameter: 'privacy.retention.sharing', since: { zh: '自提供之日起', en: 'since it was handed out' } },
    tables: [
      { table: 'privacy.sharing', ...own, ends: 't.at' },
      { table: 'privacy.shared_person', ends: '(select s.at from privacy.sharing s where s.id = t.sharing_id)' },
    ],
  },
  {
    id: 'privacy.incident',
    title: { zh: '泄露事件告知', en: 'Leaks that one was told of' },
    kinds: { zh: '哪些事件涉及本人、何时告知', en: 'Which incidents concern somebody, and when they were told' },
    purpose: {
      zh: '依法告知受影响的个人并备查',
      en: 'To tell those whom it concerns, and to show that they were told',
    },
    ...duty,
    readers: ['district', 'auditor'],
    clause: '个人信息保护法第五十七条',
    retention: { kept: { zh: '与事件处置档案一并保存', en: 'As long as the file of the incident' } },
    tables: [{ table: 'privacy.affected' }],
  },
  {
    id: 'privacy.look',
    title: { zh: '查阅记录', en: 'Who opened one’s record' },
    kinds: { zh: '哪个单位的谁在何日查看过', en: 'Who of which office looked on which day' },
    purpose: { zh: '让本人知道谁看过自己的档案', en: 'So that people know who looked' },
    ...duty,
    clause: '个人信息保护法第五十一条',
    retention: { parameter: 'privacy.retention.looks', since: { zh: '自查阅之日起', en: 'since the day' } },
    tables: [{ table: 'privacy.look', ends: 't.day' }],
  },
  {
    id: 'privacy.restriction',
    title: { zh: '仅存储不使用', en: 'Kept only' },
    kinds: { zh: '账号注销后仅依法保存的档案', en: 'Records that are kept by law after an account was closed' },
    purpose: { zh: '停止存储以外的处理', en: 'To stop any other use' },
    ...duty,
    readers: ['district', 'auditor'],
    clause: '个人信息保护法第四十七条',
    retention: { kept: { zh: '与所保存的档案同期', en: 'As long as the record itself' } },
    tables: [
      {
        table: 'privacy.restriction',
        withheld: { zh: '账号已注销，可向受理单位申请查阅', en: 'The account is closed; ask the office to see it' },
      },
    ],
  },
]
