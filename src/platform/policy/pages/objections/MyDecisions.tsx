/** What was decided on oneself, with the reasons of the time, and one’s objections with their answers. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PrintWhy } from '../../../../ui/PrintWhy.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { Why } from '../../../../ui/Why.tsx'
import { WhyObject } from '../../../../ui/WhyObject.tsx'
import type { DecisionRow, policyContract } from '../../contract.ts'
import { Raised } from './Raised.tsx'
import './objections.css'

type Policy = typeof policyContract
const TONES: Record<string, Tone> = { met: 'done', exempt: 'off', unknown: 'wait' }

export default function MyDecisions() {
  const t = useWords('policy')
  const { person } = useSignedIn()
  const policy = useClient<Policy>('policy')
  const personId = person?.id ?? ''
  const decisions = useQuery({
    queryKey: ['policy', 'decisions', personId],
    queryFn: () => policy.decisions({ personId }),
    enabled: person !== null,
  })
  const objections = useQuery({ queryKey: ['policy', 'ownObjections'], queryFn: () => policy.ownObjections() })
  const [looking, setLooking] = useState<DecisionRow | null>(null)
  return (
    <>
      <PageHead title={t('mine.title')} subtitle={t('mine.subtitle')} />
      <div className="q-stack">
        <Card title={t('mine.decisions')}>
          <Answer of={decisions} height={120}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty title={t('mine.no_decisions')} />
              ) : (
                <ul className="pol-own">
                  {rows.map((row) => (
                    <li key={row.id}>
                      <Decided row={row} onLook={() => setLooking(row)} />
                    </li>
                  ))}
                </ul>
              )
            }
          </Answer>
        </Card>
        <Raised title={t('mine.objections')} none={t('mine.no_objections')} of={objections} />
      </div>
      {looking && <AsItStood row={looking} onClose={() => setLooking(null)} />}
    </>
  )
}

function Decided({ row, onLook }: { row: DecisionRow; onLook: () => void }) {
  const t = useWords('policy')
  const f = useFormat()
  const say = useBilingual()
  const { title, outcome, knownAt, madeBy, purpose, stands } = row
  return (
    <>
      <p>
        <b>{say(title)}</b>{' '}
        <StatusTag tone={stands ? (TONES[outcome] ?? 'alert') : 'off'}>
          {t.has(`outcome.${outcome}`) ? t(`outcome.${outcome}`) : outcome}
        </StatusTag>{' '}
        {!stands && <span className="q-quiet">{t('mine.superseded')}</span>}
      </p>
      <p className="q-quiet">
        {t('mine.decided', {
          date: f.dateTime(knownAt),
          by: madeBy,
          purpose: purpose === 'policy.objection' ? t('purpose.objection') : purpose,
        })}
      </p>
      <Button small look="quiet" icon="info" aria-label={`${t('mine.why')}: ${say(title)}`} onClick={onLook}>
        {t('mine.why')}
      </Button>
    </>
  )
}

function AsItStood({ row, onClose }: { row: DecisionRow; onClose: () => void }) {
  const t = useWords('policy')
  const say = useBilingual()
  const policy = useClient<Policy>('policy')
  const ids = { personId: row.personId, decisionId: row.id }
  const asked = useQuery({ queryKey: ['policy', 'decision', ids], queryFn: () => policy.decision(ids) })
  return (
    <Sheet open title={`${t('mine.why')}　${say(row.title)}`} onClose={onClose}>
      <Answer of={asked} height={200}>
        {({ asItStood }) => (
          <Why
            answer={asItStood}
            acts={<PrintWhy set={row.set} personId={row.personId} decisionId={row.id} />}
            objection={row.stands ? <WhyObject answer={asItStood} decisionId={row.id} /> : undefined}
          />
        )}
      </Answer>
    </Sheet>
  )
}
