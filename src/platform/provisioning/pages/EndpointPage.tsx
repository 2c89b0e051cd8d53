/** One address that is told what happens: its state, what was sent and what came of it, and sending it again. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { EndpointRow } from '../contract.ts'
import { Deliveries } from './Deliveries.tsx'
import { EndpointForm } from './EndpointForm.tsx'
import { ENDPOINT_TONES, hostOf, KEY, useProvisioning } from './integrations.ts'
import { type Told, ToldOnce } from './ToldOnce.tsx'

export default function EndpointPage() {
  const t = useWords('provisioning')
  const endpointId = usePathPart('endpointId')
  const provisioning = useProvisioning()
  const endpoints = useQuery({ queryKey: [...KEY, 'endpoints'], queryFn: () => provisioning.endpoints() })
  return (
    <Answer of={endpoints} height={480}>
      {(rows) => {
        const endpoint = rows.find(({ id }) => id === endpointId)
        return endpoint ? <Shown endpoint={endpoint} /> : <Empty title={t('endpoints.none')} />
      }}
    </Answer>
  )
}

function Shown({ endpoint }: { endpoint: EndpointRow }) {
  const t = useWords('provisioning')
  const f = useFormat()
  const can = useCan()
  const provisioning = useProvisioning()
  const { id: endpointId, state, reason } = endpoint
  const host = hostOf(endpoint.url)
  const write = can('provisioning.write') && state !== 'ended'
  const offered = useQuery({ queryKey: [...KEY, 'offered'], queryFn: () => provisioning.offered() })
  const [asking, setAsking] = useState<'end' | 'change' | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const setState = useAct(provisioning.setEndpointState, { done: t('endpoint.state_set'), refresh: [KEY] })
  const change = useAct(provisioning.changeEndpoint, { done: t('endpoints.changed'), refresh: [KEY], quiet: true })
  const test = useAct(provisioning.testEndpoint, { done: t('endpoint.tested'), refresh: [KEY] })
  const rotate = useAct(provisioning.rotateSecret, { refresh: [KEY] })
  const replace = async () => {
    const made = await rotate.run({ endpointId })
    if (made)
      setTold({
        label: t('made.secret'),
        text: made.secret,
        note: made.oldUntil ? t('made.old_until', { at: f.dateTime(made.oldUntil) }) : undefined,
      })
  }
  const acts = (
    <>
      <Button busy={rotate.busy} onClick={() => void replace()}>
        {t('endpoint.rotate')}
      </Button>
      <Button onClick={() => setAsking('change')}>{t('endpoint.change')}</Button>
      {state === 'active' && (
        <Button busy={setState.busy} onClick={() => void setState.run({ endpointId, state: 'paused' })}>
          {t('endpoint.pause')}
        </Button>
      )}
      <Button look="danger" onClick={() => setAsking('end')}>
        {t('endpoint.end')}
      </Button>
    </>
  )
  const act =
    state === 'paused' ? (
      <Button look="primary" busy={setState.busy} onClick={() => void setState.run({ endpointId, state: 'active' })}>
        {t('endpoint.resume')}
      </Button>
    ) : (
      <Button look="primary" busy={test.busy} onClick={() => void test.run({ endpointId })}>
        {t('endpoint.test')}
      </Button>
    )
  return (
    <>
      <PageHead
        title={host}
        subtitle={endpoint.platform}
        back={{ to: '/integrations', label: t('title') }}
        tags={<StatusTag tone={ENDPOINT_TONES[state]}>{t(`endpoint.state.${state}`)}</StatusTag>}
        acts={write && acts}
        act={write && act}
      />
      <div className="q-stack">
        {state === 'paused' && (
          <Notice tone="alert">
            {reason
              ? t('endpoint.paused_why', { why: t(reason === 'http' ? 'failure.refused' : `failure.${reason}`) })
              : t('endpoint.paused_by_hand')}
          </Notice>
        )}
        <Card>
          <Facts
            items={[
              { label: t('endpoint.url'), value: <span className="integrations-body">{endpoint.url}</span> },
              { label: t('endpoint.types'), value: endpoint.types.map((type) => t(`type.${type}`)).join(t('comma')) },
              { label: t('token.orgs'), value: endpoint.orgs.map(({ name }) => name).join(t('comma')) },
              { label: t('endpoint.last'), value: endpoint.lastAt && f.dateTime(endpoint.lastAt) },
              ...(endpoint.oldSecretUntil
                ? [
                    {
                      label: t('endpoint.rotate'),
                      value: t('made.old_until', { at: f.dateTime(endpoint.oldSecretUntil) }),
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        <Deliveries endpoint={endpoint} write={write} />
      </div>
      {asking === 'end' && (
        <ConfirmWithReason
          open
          title={t('endpoint.end_title', { host })}
          confirm={t('endpoint.end')}
          danger
          reason="none"
          busy={setState.busy}
          error={setState.error}
          onClose={() => setAsking(null)}
          onConfirm={() => void setState.run({ endpointId, state: 'ended' }).then((done) => done && setAsking(null))}
        >
          <p>{t('endpoint.end_text')}</p>
        </ConfirmWithReason>
      )}
      {asking === 'change' && offered.data && (
        <EndpointForm
          title={t('endpoint.change')}
          act={change}
          types={offered.data.types}
          initial={endpoint}
          input={(entered) => ({ ...entered, endpointId })}
          onClose={() => setAsking(null)}
        />
      )}
      {told && <ToldOnce told={told} onClose={() => setTold(null)} />}
    </>
  )
}
