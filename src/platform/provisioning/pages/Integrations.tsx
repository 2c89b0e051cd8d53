/** What other systems are given: where they ask for rosters and with which tokens, and where they are told what happens. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { EndpointForm } from './EndpointForm.tsx'
import { ENDPOINT_TONES, hostOf, KEY, useProvisioning } from './integrations.ts'
import { MakeToken } from './MakeToken.tsx'
import { Tokens } from './Tokens.tsx'
import { type Told, ToldOnce } from './ToldOnce.tsx'
import './integrations.css'

export default function Integrations() {
  const t = useWords('provisioning')
  const f = useFormat()
  const write = useCan()('provisioning.write')
  const provisioning = useProvisioning()
  const offered = useQuery({ queryKey: [...KEY, 'offered'], queryFn: () => provisioning.offered() })
  const holders = useQuery({ queryKey: [...KEY, 'holders'], queryFn: () => provisioning.holders() })
  const endpoints = useQuery({ queryKey: [...KEY, 'endpoints'], queryFn: () => provisioning.endpoints() })
  const [making, setMaking] = useState<'token' | 'endpoint' | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const make = useAct(provisioning.makeEndpoint, { done: t('endpoints.made'), refresh: [KEY], quiet: true })
  const open = (holders.data ?? []).filter((one) => one.open)
  const platforms = open.filter(({ kind }) => kind === 'platform')
  const add = write && platforms.length > 0 && (
    <Button small icon="plus" onClick={() => setMaking('endpoint')}>
      {t('endpoints.make')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('title')}
        subtitle={t('subtitle')}
        act={
          write &&
          open.length > 0 && (
            <Button look="primary" icon="plus" onClick={() => setMaking('token')}>
              {t('tokens.make')}
            </Button>
          )
        }
      />
      <div className="q-stack">
        {holders.data && open.length === 0 && (
          <Notice tone="info">
            {t('tokens.no_holder')} {write && <ButtonLink to="/platforms">{t('tokens.register')}</ButtonLink>}
          </Notice>
        )}
        <Card title={t('address')}>
          <Answer of={offered} height={60}>
            {({ address }) => <div className="integrations-code">{address}</div>}
          </Answer>
          <p className="q-quiet">{t('address.hint')}</p>
        </Card>
        <section className="integrations-section">
          <h2>{t('tokens.title')}</h2>
          <Tokens write={write} />
        </section>
        <Card title={t('endpoints.title')} flush extra={add}>
          <Answer of={endpoints} height={120}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty icon="bell" title={t('endpoints.none')} hint={t('endpoints.none_hint')} />
              ) : (
                <List label={t('endpoints.title')}>
                  {rows.map((row) => (
                    <ListRow
                      key={row.id}
                      title={f.dotted([row.platform, hostOf(row.url)])}
                      meta={f.dotted([
                        row.types.map((type) => t(`type.${type}`)).join(t('comma')),
                        t('endpoint.counts', { waiting: row.waiting, dead: row.dead }),
                      ])}
                      trailing={
                        <StatusTag tone={ENDPOINT_TONES[row.state]}>{t(`endpoint.state.${row.state}`)}</StatusTag>
                      }
                      go={{ to: `/integrations/${row.id}` }}
                    />
                  ))}
                </List>
              )
            }
          </Answer>
        </Card>
      </div>
      {making === 'token' && offered.data && (
        <MakeToken
          holders={open}
          scopes={offered.data.scopes}
          days={offered.data.days}
          onMade={setTold}
          onClose={() => setMaking(null)}
        />
      )}
      {making === 'endpoint' && offered.data && (
        <EndpointForm
          title={t('endpoints.make')}
          act={make}
          platforms={platforms}
          types={offered.data.types}
          input={(entered, platformId) => ({ ...entered, platformId })}
          onDone={({ secret }) => setTold({ label: t('made.secret'), text: secret })}
          onClose={() => setMaking(null)}
        />
      )}
      {told && <ToldOnce told={told} onClose={() => setTold(null)} />}
    </>
  )
}
