/** How the quorum of a case was counted: of which members, without whom, how many came and how many were needed. */
import { Clause } from '../../../../ui/Clause.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { AgendaLine, Panel } from './meeting.ts'

export function Quorum({ of }: { of: AgendaLine['quorum'] }) {
  const t = useWords('cases')
  const { members, recused, body, needed, present, recusedPresent, entitled, quorate } = of
  return (
    <p className="panel-quorum">
      {present === null
        ? t('panel.quorum_before', { members, recused, body, needed })
        : t('panel.quorum', { members, recused, body, present, recusedPresent, entitled, needed })}
      {quorate === false && <StatusTag tone="alert">{t('panel.no_quorum')}</StatusTag>}
    </p>
  )
}

/** The rule by which it is counted, with its clause. */
export function QuorumRule({ panel }: { panel: Pick<Panel, 'body' | 'clause'> }) {
  const t = useWords('cases')
  return (
    <p className="panel-rule">
      {t('panel.quorum_rule', { attendance: panel.body.attendance.join('/') })}
      <Clause clause={panel.clause} label={t('panel.clause')} />
    </p>
  )
}
