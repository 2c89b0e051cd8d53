/** What schools report: looked into, and answered so that the school learns what came of it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import type { ReportRow } from '../contract.ts'
import { KEY, useBurden } from './burden.tsx'
import './burden.css'
import { ReportState } from './ReportState.tsx'

const OUTCOMES = ['stopped', 'registered', 'groundless'] as const

export default function Reports() {
  const t = useWords('burden')
  const f = useFormat()
  const burden = useBurden()
  const found = useQuery({ queryKey: [...KEY, 'reports'], queryFn: () => burden.reports() })
  const [answering, setAnswering] = useState<ReportRow | null>(null)
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('stopped')
  const answer = useAct(burden.answerReport, { done: t('reports.answered'), refresh: [KEY], quiet: true })
  return (
    <>
      <PageHead
        title={t('reports.title')}
        subtitle={t('reports.subtitle')}
        back={{ to: '/burden', label: t('act.back') }}
      />
      <Answer of={found} height={240}>
        {(rows) => (
          <div className="q-stack">
            {rows.length === 0 && <Empty title={t('reports.none')} hint={t('reports.none_hint')} />}
            {rows.map((row) => (
              <Card key={row.id} title={row.title} extra={<ReportState state={row.state} />}>
                <p className="q-quiet">
                  {f.dotted([
                    row.schoolName ?? t('reports.unnamed'),
                    t(`kind.${row.kind}`),
                    row.asker,
                    t('reports.came', { on: f.date(row.cameOn) }),
                  ])}
                </p>
                <p>{row.words}</p>
                {row.answer && <p>{`${t('reports.answer')}：${row.answer}`}</p>}
                {row.state === 'open' && (
                  <div className="burden-act">
                    <Button look="primary" onClick={() => setAnswering(row)}>
                      {t('reports.answer')}
                    </Button>
                  </div>
                )}
              </Card>
            ))}
          </div>
        )}
      </Answer>
      {answering && (
        <ConfirmWithReason
          open
          title={answering.title}
          confirm={t('reports.answer')}
          reasonLabel={t('reports.answer')}
          busy={answer.busy}
          error={answer.error}
          onClose={() => setAnswering(null)}
          onConfirm={(words) =>
            void answer
              .run({ reportId: answering.id, state: outcome, answer: words })
              .then((done) => done && setAnswering(null))
          }
        >
          <SelectField
            label={t('reports.outcome')}
            value={outcome}
            onChange={(value) => setOutcome(value as typeof outcome)}
            choices={OUTCOMES.map((value) => ({ value, label: t(`report.${value}`) }))}
          />
        </ConfirmWithReason>
      )}
    </>
  )
}
