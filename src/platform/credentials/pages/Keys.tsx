/** The keys that sign credentials: since when, which one signs, and how to replace one that was lost. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import type { credentialsContract } from '../contract.ts'

const KEY = ['credentials', 'keys'] as const

export default function Keys() {
  const t = useWords('credentials')
  const f = useFormat()
  const can = useCan()
  const credentials = useClient<typeof credentialsContract>('credentials')
  const keys = useQuery({ queryKey: KEY, queryFn: () => credentials.keys() })
  const [asked, setAsked] = useState<'anew' | 'lost' | null>(null)
  const replace = useAct(credentials.replaceKey, { done: t('keys.replaced'), refresh: [KEY], quiet: true })
  return (
    <>
      <PageHead
        title={t('keys.title')}
        subtitle={t('keys.subtitle')}
        acts={
          can('credentials.key.write') && (
            <>
              <Button onClick={() => setAsked('anew')}>{t('keys.anew')}</Button>
              <Button onClick={() => setAsked('lost')}>{t('keys.lost')}</Button>
            </>
          )
        }
      />
      <Card>
        <Answer of={keys} height={120}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="key" title={t('keys.none')} hint={t('keys.none_hint')} />
            ) : (
              <Facts
                items={rows.map(({ kid, madeAt, lostAt, signs }) => ({
                  label: t(lostAt ? 'keys.is_lost' : signs ? 'keys.signs' : 'keys.kept'),
                  value: t('keys.since', { day: f.date(new Date(madeAt)), kid }),
                }))}
              />
            )
          }
        </Answer>
      </Card>
      <ConfirmWithReason
        open={asked !== null}
        title={t(asked === 'lost' ? 'keys.lost' : 'keys.anew')}
        confirm={t('keys.replace')}
        danger={asked === 'lost'}
        busy={replace.busy}
        error={replace.error}
        onClose={() => setAsked(null)}
        onConfirm={(reason) =>
          void replace.run({ lost: asked === 'lost', reason }).then((done) => done && setAsked(null))
        }
      >
        <p>{t(asked === 'lost' ? 'keys.lost_text' : 'keys.anew_text')}</p>
      </ConfirmWithReason>
    </>
  )
}
