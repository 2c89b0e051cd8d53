/** Whether one's own ballots lie in the urn as they were cast, by the receipts on this device. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { type Sitting, useCases } from './meeting.ts'
import { inGroups, receiptsOf } from './receipts.ts'

type Found = Awaited<ReturnType<ReturnType<typeof useCases>['checkBallots']>>

export function CheckBallots({ panel }: { panel: Sitting }) {
  const t = useWords('cases')
  const cases = useCases()
  const [found, setFound] = useState<Found | null>(null)
  const act = useAct(cases.checkBallots, { quiet: true })
  const kept = receiptsOf(panel.id)
  const voted = panel.agenda.filter((line) => line.voted)
  if (voted.length === 0) return null
  const here = voted.filter(({ applicationId }) => kept[applicationId] !== undefined)
  const check = async () => {
    const receipts = here.map(({ applicationId }) => ({ applicationId, receipt: kept[applicationId] ?? '' }))
    const answer = await act.run({ panelId: panel.id, receipts })
    if (answer) setFound(answer)
  }
  return (
    <Card
      title={t('panel.ballots', { n: voted.length })}
      extra={
        here.length > 0 && (
          <Button small busy={act.busy} onClick={() => void check()}>
            {t('panel.check')}
          </Button>
        )
      }
    >
      <p className="q-quiet">{t(here.length > 0 ? 'panel.receipts_here' : 'panel.receipts_elsewhere')}</p>
      {act.error !== null && <Failure error={act.error} />}
      {found && (
        <ul className="panel-members">
          {here.map((line) => {
            const ballot = found.find(({ applicationId }) => applicationId === line.applicationId)
            return (
              <li key={line.applicationId}>
                <span>
                  {line.name ?? t('panel.number', { n: line.number ?? line.nth })}
                  <small>{t('panel.receipt', { receipt: inGroups(kept[line.applicationId] ?? '') })}</small>
                </span>
                {ballot?.choice ? (
                  <StatusTag tone="done">{t('panel.in_urn', { choice: t(`panel.choice.${ballot.choice}`) })}</StatusTag>
                ) : (
                  <StatusTag tone="alert">{t('panel.not_in_urn')}</StatusTag>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
