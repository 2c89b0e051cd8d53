/** What decisions by rules hold about people. */
import type { Holding } from '../privacy/contract.ts'

export const policyHoldings: readonly Holding[] = [
  {
    id: 'policy.decision',
    title: { zh: '条件认定与异议', en: 'Decisions by rules, and objections' },
    kinds: {
      zh: '认定结论、依据的事实与条款、异议与答复',
      en: 'Outcome, facts and clauses it rests on, objections and answers',
    },
    purpose: { zh: '说明认定理由，保障申诉', en: 'To say why, and to let people object' },
    basis: 'duty',
    clause: '个人信息保护法第十三条第三项、第二十四条',
    retention: { kept: { zh: '随认定事项的档案保存', en: 'As long as the matter that was decided' } },
    readers: ['school', 'district', 'auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'policy.decision' }, { table: 'policy.objection' }],
  },
]
