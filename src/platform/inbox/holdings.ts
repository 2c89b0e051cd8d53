/** What the inbox holds about people. */
import type { Holding } from '../privacy/contract.ts'

const own = { of: 'account_id', is: 'account' } as const

export const inboxHoldings: readonly Holding[] = [
  {
    id: 'inbox.item',
    title: { zh: '待办与消息', en: 'To-dos and messages' },
    kinds: { zh: '事项、期限、是否已读已办', en: 'What is to be done until when, read and settled' },
    purpose: { zh: '告知需办理的事项与办理结果', en: 'To tell what is to be done and what came of it' },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项',
    retention: {
      parameter: 'privacy.retention.messages',
      since: { zh: '自办结或送达之日起', en: 'since it was settled, or told where there was nothing to do' },
    },
    readers: ['nobody'],
    sensitivity: 'ordinary',
    tables: [
      {
        table: 'inbox.item',
        of: 'recipient_id',
        is: 'either',
        ends: "case when t.kind = 'message' then t.created_at else t.done_at end",
      },
    ],
  },
  {
    id: 'inbox.letters',
    title: { zh: '邮件通知', en: 'Notices by e-mail' },
    kinds: { zh: '已发出的通知及发送结果', en: 'Notices sent and whether they arrived' },
    purpose: { zh: '按本人设置把待办与消息发到邮箱', en: 'To send to-dos and messages by e-mail as somebody wishes' },
    basis: 'consent',
    clause: '个人信息保护法第十三条第一项',
    retention: { parameter: 'privacy.retention.letters', since: { zh: '自发送之日起', en: 'since it was sent' } },
    readers: ['nobody'],
    sensitivity: 'personal',
    tables: [
      { table: 'inbox.mail', ...own, ends: 't.ended_at' },
      {
        table: 'inbox.to_mail',
        ...own,
        closed: true,
        ends: '(select i.created_at from inbox.item i where i.recipient_id = t.recipient_id and i.id = t.item_id)',
      },
    ],
  },
  {
    id: 'inbox.wishes',
    title: { zh: '通知设置', en: 'How somebody wishes to be told' },
    kinds: { zh: '邮箱、发送频率、免打扰时段、日历订阅', en: 'E-mail address, frequency, quiet hours, calendar' },
    purpose: { zh: '按本人意愿发送通知', en: 'To tell people in the way they wish' },
    basis: 'consent',
    clause: '个人信息保护法第十三条第一项',
    retention: { kept: { zh: '至本人撤回或注销账号为止', en: 'Until taken back, or the account is closed' } },
    readers: ['nobody'],
    sensitivity: 'personal',
    tables: [
      { table: 'inbox.notices', ...own },
      { table: 'inbox.address_claim', ...own, without: ['code_hash'] },
      { table: 'inbox.feed', ...own },
    ],
  },
]
