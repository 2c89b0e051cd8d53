/** The signed totals of the days: taken away by an auditor and kept elsewhere, they show whether the trail was changed afterwards. */
import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useCan } from '../../../ui/session.tsx'
import type { deskContract } from '../contract.ts'

export function DailyTotals() {
  const t = useWords('desk')
  const f = useFormat()
  const can = useCan()
  const desk = useClient<typeof deskContract>('desk')
  const totals = useQuery({
    queryKey: ['desk', 'totals'],
    queryFn: () => desk.trailTotals(),
    enabled: can('audit.verify'),
  })
  if (!can('audit.verify')) return null
  if (totals.error) return <Failure error={totals.error} onRetry={() => void totals.refetch()} />
  if (!totals.data) return null
  const { file, lastDay, days, fingerprint } = totals.data
  if (!file || !lastDay) return <Notice title={t('totals.title')}>{t('totals.none')}</Notice>
  const save = () => saveFile(new Blob([file], { type: 'application/json' }), `${t('totals.file')}-${lastDay}.json`)
  return (
    <Notice
      title={t('totals.title')}
      act={
        <Button small icon="download" onClick={save}>
          {t('totals.download')}
        </Button>
      }
    >
      <p>{t('totals.what', { n: days, day: f.date(lastDay) })}</p>
      <p className="q-quiet">
        {t('totals.fingerprint')} <code className="desk-id">{fingerprint}</code>
      </p>
    </Notice>
  )
}
