/** What a teacher qualifies for: every rule about people in force at their school, by domain, at a glance. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { OutcomeRows } from '../../../../ui/OutcomeRows.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import type { Outcomes, policyContract } from '../../contract.ts'
import { OwnRule } from './OwnRule.tsx'
import './own.css'
import { type Given, sumOf } from './stated.ts'

type Row = Outcomes['rows'][number]

/** What concerns everybody every year stands before what comes once in a career; domains that are not named here come last. */
const ORDER = ['training', 'title', 'rotation', 'qualification', 'talent', 'pay', 'ethics', 'access', 'retirement']
/** What tells a state stands by itself, after what one works towards. */
const groupOf = ({ set, nature }: Row): string => nature ?? set.split('.')[0]!
const placeOf = (group: string): number => {
  if (group === 'status') return ORDER.length + 1
  return ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length
}

export default function MyRules() {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const [given, setGiven] = useState<Given>({})
  const top = useRef<HTMLDivElement>(null)
  const forget = () => {
    setGiven({})
    // The button goes with its notice: whoever pressed it stays at the top of what is judged anew.
    top.current?.focus()
  }
  const outcomes = useQuery({
    queryKey: ['policy', 'outcomes', 'own', given],
    queryFn: () => policy.outcomes({ given }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={t('own.title')} subtitle={t('own.subtitle')} />
      {Object.keys(given).length > 0 && (
        <div className="pol-stated">
          <Notice
            title={t('own.stated', { n: Object.keys(given).length })}
            act={
              <Button small onClick={forget}>
                {t('own.forget_all')}
              </Button>
            }
          >
            {t('own.state_hint')}
          </Notice>
        </div>
      )}
      <div ref={top} tabIndex={-1}>
        <Answer of={outcomes} height={400}>
          {(found) => <Found found={found} given={given} onState={setGiven} />}
        </Answer>
      </div>
    </>
  )
}

function Found({
  found: { about, rows },
  given,
  onState,
}: {
  found: Outcomes
  given: Given
  onState: (given: Given) => void
}) {
  const t = useWords('policy')
  const say = useBilingual()
  const [search, change] = useAddress()
  const open = (row: Row) => change({ rule: row.set })
  const applying = rows.filter(({ outcome }) => outcome !== 'exempt')
  const exempt = rows.filter(({ outcome }) => outcome === 'exempt')
  const asked = rows.find(({ set }) => set === one(search.rule))
  const domains = [...Map.groupBy(applying, groupOf)].sort(([a], [b]) => placeOf(a) - placeOf(b))
  if (rows.length === 0) return <Empty icon="book" title={t('own.none')} />
  const named = (domain: string) =>
    domain === 'status' ? t('own.status') : t.has(`domain.${domain}`) ? t(`domain.${domain}`) : domain
  return (
    <div className="q-stack">
      <p className="pol-own-sum">{t('own.sum', sumOf(rows))}</p>
      {domains.map(([domain, some]) => (
        <Card key={domain} title={named(domain)} flush>
          <OutcomeRows rows={some} label={named(domain)} onOpen={open} />
        </Card>
      ))}
      {exempt.length > 0 && (
        <details className="pol-exempt">
          <summary>{t('own.exempt', { n: exempt.length })}</summary>
          <Card flush>
            <OutcomeRows rows={exempt} label={t('own.exempt', { n: exempt.length })} onOpen={open} />
          </Card>
        </details>
      )}
      {asked && (
        <OwnRule
          key={asked.set}
          set={asked.set}
          title={say(asked.title)}
          status={asked.nature === 'status'}
          personId={about.id}
          given={given}
          onState={onState}
          onClose={() => change({ rule: undefined })}
        />
      )}
    </div>
  )
}
