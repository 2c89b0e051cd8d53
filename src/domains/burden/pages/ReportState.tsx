/** Where a report stands. */
import { useWords } from '../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../ui/Tag.tsx'
import type { ReportRow } from '../contract.ts'

const TONES: Record<ReportRow['state'], Tone> = { open: 'wait', stopped: 'done', registered: 'done', groundless: 'off' }

export function ReportState({ state }: Pick<ReportRow, 'state'>) {
  const t = useWords('burden')
  return <StatusTag tone={TONES[state]}>{t(`report.${state}`)}</StatusTag>
}
