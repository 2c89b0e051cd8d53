/** Where a case stands on the agenda: not yet, how many have voted, or what came of it. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'

type Line = {
  state: 'waiting' | 'voting' | 'counted'
  gone?: boolean
  entitled: number | null
  ayes: number | null
  noes: number | null
  blanks: number | null
  passed: boolean | null
}

/** `voted`: how many, which only the office is told. */
export function AgendaState({ line, voted }: { line: Line; voted?: number }) {
  const t = useWords('cases')
  if (line.state === 'counted')
    return (
      <span className="panel-result">
        <StatusTag tone={line.passed ? 'done' : 'alert'}>{t(line.passed ? 'panel.passed' : 'panel.failed')}</StatusTag>
        <small>
          {t('panel.counts', { ayes: line.ayes, noes: line.noes, blanks: line.blanks, entitled: line.entitled })}
        </small>
      </span>
    )
  if (line.gone) return <StatusTag tone="off">{t('panel.gone')}</StatusTag>
  if (line.state === 'voting')
    return (
      <StatusTag tone="act">
        {voted === undefined ? t('panel.voting') : t('panel.voted_of', { voted, entitled: line.entitled ?? 0 })}
      </StatusTag>
    )
  return <StatusTag tone="plain">{t('panel.waiting')}</StatusTag>
}
