/** One's own second factors: an app, passkeys, recovery codes; and by when one must have any. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, ownPath, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useReenter } from '../../../../ui/reenter.ts'
import { useSignedIn } from '../../../../ui/session.tsx'
import { SECURITY, useAccess } from '../accounts.ts'
import '../access.css'
import { AddApp } from './AddApp.tsx'
import { AddPasskey } from './AddPasskey.tsx'
import { Codes } from './Codes.tsx'
import { passkeysWork } from './passkey.ts'

type Own = Awaited<ReturnType<ReturnType<typeof useAccess>['security']>>
type Removing = { id: string; name: string }

export default function Security() {
  const t = useWords('access')
  const access = useAccess()
  const reenter = useReenter()
  const [search] = useAddress()
  const { account } = useSignedIn()
  const security = useQuery({ queryKey: SECURITY, queryFn: () => access.security() })
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [removing, setRemoving] = useState<Removing | null>(null)
  const remove = useAct(access.removeFactor, { done: t('security.removed'), refresh: [SECURITY] })
  const anew = useAct(access.newRecoveryCodes, { refresh: [SECURITY] })
  const added = async (made: string[] | null) => {
    setAdding(null)
    setCodes(made)
    // Whoever was held back until now goes on to where they wanted to go, once they have kept their codes.
    if (!made) await finish()
  }
  const finish = async () => {
    setCodes(null)
    if (account.mustAddSecond) await reenter(ownPath(one(search.back), '/'))
  }
  return (
    <div className="access-account">
      <PageHead
        title={t('security.title')}
        {...(account.mustAddSecond ? {} : { back: { to: '/account', label: t('account.title') } })}
      />
      <Answer of={security} height={320}>
        {(own) => (
          <>
            <DutyNotice own={own} held={account.mustAddSecond} />
            <Factors
              own={own}
              onAdd={setAdding}
              onRemove={setRemoving}
              onCodes={async () => setCodes((await anew.run(undefined))?.codes ?? null)}
            />
          </>
        )}
      </Answer>
      {adding === 'app' && <AddApp onAdded={added} onClose={() => setAdding(null)} />}
      {adding === 'passkey' && <AddPasskey onAdded={added} onClose={() => setAdding(null)} />}
      {codes && <Codes codes={codes} onClose={() => void finish()} />}
      {removing && (
        <ConfirmWithReason
          open
          danger
          reason="none"
          title={t('security.remove_title', { name: removing.name })}
          confirm={t('security.remove')}
          busy={remove.busy}
          onClose={() => setRemoving(null)}
          onConfirm={() => void remove.run({ id: removing.id }).then((done) => done && setRemoving(null))}
        >
          <p>{t('security.remove_text')}</p>
        </ConfirmWithReason>
      )}
    </div>
  )
}

function DutyNotice({ own: { duty, apps, passkeys }, held }: { own: Own; held: boolean }) {
  const t = useWords('access')
  const f = useFormat()
  if (apps.length + passkeys.length > 0) return <Notice tone="done">{t('security.on')}</Notice>
  if (!duty) return <Notice>{t('security.free')}</Notice>
  if (held) return <Notice tone="alert" title={t('security.held')} />
  if (duty.state === 'asked') return <Notice tone="wait">{t('security.asked')}</Notice>
  return <Notice tone="wait">{t('security.due', { date: duty.due ? f.date(duty.due) : '—' })}</Notice>
}

function Factors({
  own: { apps, passkeys, codesLeft },
  onAdd,
  onRemove,
  onCodes,
}: {
  own: Own
  onAdd: (kind: 'app' | 'passkey') => void
  onRemove: (factor: Removing) => void
  onCodes: () => void
}) {
  const t = useWords('access')
  const f = useFormat()
  const when = (usedAt: string | null, createdAt: string) =>
    usedAt
      ? t('security.used', { when: f.dateTime(usedAt) })
      : t('security.never_used', { when: f.dateTime(createdAt) })
  const row = ({ id, name, createdAt, usedAt }: Own['apps'][number], more?: string) => (
    <ListRow
      key={id}
      icon="key"
      title={name}
      meta={f.dotted([when(usedAt, createdAt), more])}
      trailing={
        <Button small look="quiet" icon="close" onClick={() => onRemove({ id, name })}>
          {t('security.remove')}
        </Button>
      }
    />
  )
  return (
    <>
      <Card
        title={t('security.apps')}
        flush={apps.length > 0}
        extra={
          <Button small icon="plus" onClick={() => onAdd('app')}>
            {t('security.add_app')}
          </Button>
        }
      >
        {apps.length > 0 ? (
          <List label={t('security.apps')}>{apps.map((app) => row(app))}</List>
        ) : (
          <p className="q-quiet">{t('security.apps_text')}</p>
        )}
      </Card>
      <Card
        title={t('security.passkeys')}
        flush={passkeys.length > 0}
        extra={
          passkeysWork() && (
            <Button small icon="plus" onClick={() => onAdd('passkey')}>
              {t('security.add_passkey')}
            </Button>
          )
        }
      >
        {passkeys.length > 0 ? (
          <List label={t('security.passkeys')}>
            {passkeys.map((key) => row(key, t(key.synced ? 'security.synced' : 'security.bound')))}
          </List>
        ) : (
          <p className="q-quiet">{t(passkeysWork() ? 'security.passkeys_text' : 'security.passkeys_none')}</p>
        )}
      </Card>
      {(apps.length > 0 || passkeys.length > 0) && (
        <Card
          title={t('security.codes')}
          extra={
            <Button small onClick={onCodes}>
              {t('security.codes_anew')}
            </Button>
          }
        >
          <p className={codesLeft > 2 ? 'q-quiet' : ''}>{t('security.codes_left', { n: codesLeft })}</p>
        </Card>
      )}
    </>
  )
}
