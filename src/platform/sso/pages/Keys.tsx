/** The keys that sign what platforms are told: their dates, and what to do when one is lost. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { useCan } from '../../../ui/session.tsx'
import { useSso } from './platforms.ts'

const KEY = ['sso', 'keys'] as const

export function Keys() {
  const t = useWords('sso')
  const f = useFormat()
  const can = useCan()
  const sso = useSso()
  const keys = useQuery({ queryKey: KEY, queryFn: () => sso.keys() })
  const offered = useQuery({ queryKey: ['sso', 'offered'], queryFn: () => sso.offered() })
  const [asking, setAsking] = useState(false)
  const replace = useAct(sso.replaceKey, { done: t('keys.replaced'), refresh: [KEY], quiet: true })
  return (
    <Card
      title={t('keys.title')}
      extra={
        can('sso.platform.write') && (
          <Button small onClick={() => setAsking(true)}>
            {t('keys.lost')}
          </Button>
        )
      }
    >
      <Answer of={offered} height={60}>
        {({ discovery }) => (
          <Facts
            columns={1}
            items={[{ label: t('keys.discovery'), value: <span className="sso-secret">{discovery}</span> }]}
          />
        )}
      </Answer>
      <Answer of={keys} height={80}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="q-quiet">{t('keys.none')}</p>
          ) : (
            <Facts
              items={rows.map(({ kid, state, signsFrom }) => ({
                label: t(`keys.${state}`),
                value: t('keys.from', { day: f.date(new Date(signsFrom)), kid }),
              }))}
            />
          )
        }
      </Answer>
      <p className="q-quiet">{t('keys.hint')}</p>
      <ConfirmWithReason
        open={asking}
        title={t('keys.lost')}
        confirm={t('keys.replace')}
        danger
        busy={replace.busy}
        error={replace.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => void replace.run({ reason }).then((done) => done && setAsking(false))}
      >
        <p>{t('keys.lost_text')}</p>
      </ConfirmWithReason>
    </Card>
  )
}
