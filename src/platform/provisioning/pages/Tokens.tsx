/** The tokens there are: whose, how far they reach, when they were used, and their end. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { TokenRow } from '../contract.ts'
import { KEY, TOKEN_TONES, useProvisioning } from './integrations.ts'
import './integrations.css'

export function Tokens({ write }: { write: boolean }) {
  const t = useWords('provisioning')
  const f = useFormat()
  const provisioning = useProvisioning()
  const [going, setGoing] = useState<TokenRow | null>(null)
  const revoke = useAct(provisioning.revokeToken, { done: t('tokens.revoked'), refresh: [KEY], quiet: true })
  const word = (scope: string) => (t.has(`scope.${scope}`) ? t(`scope.${scope}`) : scope)
  const columns: Column<TokenRow>[] = [
    { key: 'holder', title: t('token.holder'), cell: (row) => f.dotted([row.holder, row.name]) },
    { key: 'prefix', title: t('token.prefix'), cell: (row) => <code>{row.prefix}…</code> },
    {
      key: 'things',
      title: t('token.things'),
      cell: (row) => row.things.map((one) => t(`thing.${one}`)).join(t('comma')),
    },
    { key: 'orgs', title: t('token.orgs'), cell: (row) => row.orgs.map(({ name }) => name).join(t('comma')) },
    { key: 'scopes', title: t('token.scopes'), cell: (row) => row.scopes.map(word).join(t('comma')) },
    { key: 'until', title: t('token.until'), cell: (row) => f.date(row.expiresOn as never) },
    {
      key: 'used',
      title: t('token.used'),
      cell: (row) => (row.usedAt ? f.date(new Date(row.usedAt)) : <span className="q-quiet">{t('token.never')}</span>),
    },
    {
      key: 'state',
      title: t('token.state'),
      card: 'trailing',
      cell: (row) => <StatusTag tone={TOKEN_TONES[row.state]}>{t(`token.state.${row.state}`)}</StatusTag>,
    },
    ...(write
      ? [
          {
            key: 'acts',
            title: '',
            card: 'foot' as const,
            cell: (row: TokenRow) =>
              (row.state === 'active' || row.state === 'expiring') && (
                <Button small onClick={() => setGoing(row)}>
                  {t('tokens.revoke')}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <DataTable<TokenRow>
        caption={t('tokens.title')}
        queryKey={[...KEY, 'tokens']}
        prefix="t"
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        load={async (_, signal) => {
          const rows = await provisioning.tokens(undefined, { signal })
          return { rows, next: null, total: rows.length }
        }}
        empty={{ title: t('tokens.none'), hint: t('tokens.none_hint') }}
      />
      {going && (
        <ConfirmWithReason
          open
          title={t('tokens.revoke_title', { name: going.name })}
          confirm={t('tokens.revoke')}
          danger
          reason="none"
          busy={revoke.busy}
          error={revoke.error}
          onClose={() => setGoing(null)}
          onConfirm={() => void revoke.run({ tokenId: going.id }).then((done) => done && setGoing(null))}
        >
          <p>{t('tokens.revoke_text')}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
