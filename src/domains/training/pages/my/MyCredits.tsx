/** One's credits: where one stands, by year and by kind, and every entry with where it came from. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { WhyCredits } from '../WhyCredits.tsx'
import { CreditsByKind, CreditsByYear } from './CreditPictures.tsx'
import { Entries } from './Entries.tsx'
import './my.css'
import { ObjectionDialog } from './ObjectionDialog.tsx'
import { OwnObjections } from './OwnObjections.tsx'
import { Standing } from './Standing.tsx'
import { useMyCredits } from './training.ts'

export default function MyCredits() {
  const t = useWords('training')
  const credits = useMyCredits()
  const { person: me } = useSignedIn()
  const [missing, setMissing] = useState(false)
  return (
    <div className="my-page">
      <PageHead
        title={t('my.credits')}
        subtitle={
          credits.data &&
          t('my.cycle_year', {
            from: String(credits.data.cycle.from),
            to: String(credits.data.cycle.to),
            n: credits.data.cycle.year - credits.data.cycle.from + 1,
          })
        }
        acts={
          <Button icon="flag" onClick={() => setMissing(true)}>
            {t('my.missing_entry')}
          </Button>
        }
      />
      <Answer of={credits} height={480}>
        {(data) => (
          <div className="q-stack">
            <Card title={t('my.where')} extra={me && <WhyCredits personId={me.id} />}>
              <Standing credits={data} />
              <TextLink to="/my/decisions">{t('my.decisions')}</TextLink>
            </Card>
            <div className="my-pictures">
              <CreditsByYear credits={data} />
              <CreditsByKind credits={data} />
            </div>
            <OwnObjections credits={data} />
            <Entries credits={data} />
          </div>
        )}
      </Answer>
      {missing && (
        <ObjectionDialog
          entry={null}
          {...(credits.data ? { present: credits.data.cycle.year } : {})}
          onClose={() => setMissing(false)}
        />
      )}
    </div>
  )
}
