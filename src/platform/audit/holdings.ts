/** What the trail holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const auditHoldings: readonly Holding[] = [
  {
    id: 'audit.trail',
    title: { zh: '操作日志', en: 'Audit trail' },
    kinds: { zh: '谁在何时对谁的信息做了什么、前后内容', en: 'Who did what to whose data and when, before and after' },
    purpose: { zh: '保证信息可追溯，防止越权使用', en: 'To trace what was done, and to keep data from misuse' },
    basis: 'duty',
    clause: '网络安全法第二十一条；个人信息保护法第五十一条、第五十四条',
    retention: {
      kept: {
        zh: '逐条相连、不得改动，随系统长期保存（法定不少于六个月）',
        en: 'Linked entry by entry and unalterable, kept as long as the system (six months at least by law)',
      },
    },
    readers: ['auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'audit.event', of: 'about_person', without: ['account_id', 'person_id', 'ip', 'wall', 'xid'] }],
  },
]
