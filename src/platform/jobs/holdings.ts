/** What background work holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const jobsHoldings: readonly Holding[] = [
  {
    id: 'jobs.run',
    title: { zh: '后台任务', en: 'Background tasks' },
    kinds: { zh: '本人发起的导入、导出等任务及其进度', en: 'Imports, exports and the like that somebody asked for' },
    purpose: { zh: '办理耗时较长的操作并告知结果', en: 'To do long work and tell what came of it' },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项',
    retention: { parameter: 'privacy.retention.jobs', since: { zh: '自任务结束之日起', en: 'since the task ended' } },
    readers: ['school', 'district', 'auditor'],
    sensitivity: 'ordinary',
    tables: [{ table: 'jobs.run', of: 'account_id', is: 'account', without: ['input', 'result'], ends: 't.ended_at' }],
  },
]
