/** Providers whose accounts people may sign in with: what stands at the sign-in page, and the address to be entered at each. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { say } from '../../../ui/toast.ts'
import type { Provider } from '../contract.ts'
import { ProviderForm } from './ProviderForm.tsx'
import './upstream.css'
import { PROVIDERS, useNameOf, useUpstream } from './upstream.ts'

export default function Providers() {
  const t = useWords('upstream')
  const can = useCan()
  const upstream = useUpstream()
  const providers = useQuery({ queryKey: PROVIDERS, queryFn: () => upstream.providers() })
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  const write = can('upstream.provider.write')
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
      {t('providers.add')}
    </Button>
  )
  return (
    <div className="upstream-list">
      <PageHead
        title={t('providers.title')}
        subtitle={t('providers.subtitle')}
        act={write && (providers.data?.length ?? 0) > 0 && add}
      />
      <Answer of={providers} height={200}>
        {(rows) =>
          rows.length === 0 ? (
            <Card>
              <Empty icon="link" title={t('providers.none')} hint={t('providers.none_hint')} act={write && add} />
            </Card>
          ) : (
            rows.map((row) => <One key={row.id} row={row} onEdit={write ? () => setEditing(row) : undefined} />)
          )
        }
      </Answer>
      {editing && <ProviderForm held={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function One({ row, onEdit }: { row: Provider; onEdit: (() => void) | undefined }) {
  const t = useWords('upstream')
  const f = useFormat()
  const nameOf = useNameOf()
  const upstream = useUpstream()
  const [closing, setClosing] = useState(false)
  const set = useAct(upstream.setProviderEnabled, { done: t('providers.saved'), refresh: [PROVIDERS] })
  const enable = async (enabled: boolean) => {
    if (await set.run({ providerId: row.id, enabled })) setClosing(false)
  }
  const copy = () => void navigator.clipboard.writeText(row.callback).then(() => say(t('provider.copied')))
  return (
    <Card
      title={nameOf(row)}
      extra={
        <StatusTag tone={row.enabled ? 'done' : 'off'}>
          {t(row.enabled ? 'providers.state_open' : 'providers.state_closed')}
        </StatusTag>
      }
    >
      <div className="q-stack">
        <Facts
          items={[
            { label: t('provider.kind'), value: t(`provider.kind_${row.kind}`) },
            { label: t('provider.org'), value: row.orgName },
            {
              label: t(row.kind === 'cas' ? 'provider.cas_address' : 'provider.issuer'),
              value: <span className="upstream-address">{row.address}</span>,
            },
            { label: t('provider.key'), value: <code>{row.key}</code> },
            {
              label: t('provider.second'),
              value:
                row.secondValues.length > 0
                  ? t('provider.second_on', { values: row.secondValues.join(' ') })
                  : t('provider.second_off'),
            },
            {
              label: t('linked.title'),
              value: f.dotted([
                t('provider.links', { n: row.links }),
                row.usedAt && t('linked.used', { when: f.dateTime(row.usedAt) }),
              ]),
            },
          ]}
        />
        <Facts
          columns={1}
          items={[
            {
              label: t('provider.callback'),
              value: (
                <span className="upstream-acts">
                  <code className="upstream-address">{row.callback}</code>
                  <Button small look="quiet" icon="copy" onClick={copy}>
                    {t('provider.copy')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
        {onEdit && (
          <div className="upstream-acts">
            <Button icon="edit" onClick={onEdit}>
              {t('providers.change')}
            </Button>
            {row.enabled ? (
              <Button onClick={() => setClosing(true)}>{t('providers.close')}</Button>
            ) : (
              <Button busy={set.busy} onClick={() => void enable(true)}>
                {t('providers.open')}
              </Button>
            )}
          </div>
        )}
      </div>
      {closing && (
        <ConfirmWithReason
          open
          danger
          reason="none"
          title={t('providers.close_title', { name: nameOf(row) })}
          confirm={t('providers.close')}
          busy={set.busy}
          onClose={() => setClosing(false)}
          onConfirm={() => void enable(false)}
        >
          <p>{t('providers.close_text')}</p>
        </ConfirmWithReason>
      )}
    </Card>
  )
}
