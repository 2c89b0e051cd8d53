/** Facts of professional ethics and sanctions: outcomes and dates only, never what a case is about. Nobody records them yet. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, ETHICS } from './ask.ts'

const ask = { ask: ETHICS, owner: AT_DISTRICT } as const

export const ethicsFacts = unrecorded({
  'ethics.standard_met': { ...ask, type: 'bool', title: { zh: '师德考核合格', en: 'Meets the ethics standard' } },
  'ethics.serious_breach': {
    ...ask,
    type: 'bool',
    title: { zh: '严重违反师德、影响恶劣', en: 'Serious breach of ethics with vile effect' },
  },
  'ethics.handled': { ...ask, type: 'bool', title: { zh: '曾受师德处理', en: 'Was handled for a breach of ethics' } },
  'ethics.handled_on': { ...ask, type: 'date', title: { zh: '师德处理决定日期', en: 'Breach handled on' } },
  'sanction.imposed': { ...ask, type: 'bool', title: { zh: '曾受处分', en: 'Was sanctioned' } },
  'sanction.track': {
    ...ask,
    type: 'text',
    unit: 'code:SANCTION_TRACK',
    title: { zh: '处分种类依据', en: 'Track of the sanction' },
  },
  'sanction.kind': { ...ask, type: 'text', unit: 'code:SANCTION', title: { zh: '处分种类', en: 'Kind of sanction' } },
  'sanction.decided_on': { ...ask, type: 'date', title: { zh: '处分决定日期', en: 'Sanctioned on' } },
  'sanction.extra_months': {
    ...ask,
    type: 'number',
    unit: 'month',
    title: { zh: '合并处理时另加的月数', en: 'Further months where several are combined' },
  },
  'sanction.new_breach': {
    ...ask,
    type: 'bool',
    title: { zh: '处分期内再次违纪', en: 'Another breach during the term' },
  },
  'ban.lifelong': { ...ask, type: 'bool', title: { zh: '被判决终身禁止从业', en: 'Banned from the work for life' } },
  'ban.imposed': { ...ask, type: 'bool', title: { zh: '被判决从业禁止', en: 'Banned from the work by a court' } },
  'ban.until': { ...ask, type: 'date', title: { zh: '从业禁止届满日期', en: 'Ban ends on' } },
})
