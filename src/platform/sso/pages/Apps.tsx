/** One's platforms: entered with one click; what each learns, and what was allowed taken back. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import type { ssoContract } from '../contract.ts'
import { Face } from './Face.tsx'
import { Gets } from './Gets.tsx'
import './sso.css'

const KEY = ['sso', 'apps'] as const
const useSso = () => useClient<typeof ssoContract>('sso')
type App = Awaited<ReturnType<ReturnType<typeof useSso>['apps']>>[number]

export default function Apps() {
  const t = useWords('sso')
  const sso = useSso()
  const apps = useQuery({ queryKey: KEY, queryFn: () => sso.apps() })
  const [shown, setShown] = useState<App | null>(null)
  return (
    <>
      <PageHead title={t('apps.title')} subtitle={t('apps.subtitle')} />
      <Answer of={apps} height={240}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('apps.none')} />
          ) : (
            <ul className="sso-apps" aria-label={t('apps.title')}>
              {rows.map((app) => (
                <li key={app.id}>
                  <AppCard app={app} onShow={() => setShown(app)} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {shown && <Learns app={shown} onClose={() => setShown(null)} />}
    </>
  )
}

const useName = () => {
  const locale = useLocale()
  return ({ name, nameEn }: Pick<App, 'name' | 'nameEn'>) => (locale === 'en' && nameEn ? nameEn : name)
}

function AppCard({ app, onShow }: { app: App; onShow: () => void }) {
  const t = useWords('sso')
  const f = useFormat()
  const name = useName()(app)
  return (
    <Card>
      <div className="sso-app">
        <div className="sso-app-head">
          <Face {...app} />
          <div>
            <h3>{name}</h3>
            <p className="q-quiet">{app.operator}</p>
          </div>
        </div>
        <p>{app.about}</p>
        <p className="q-quiet">
          <Tag>{t(`category.${app.category}`)}</Tag>{' '}
          {app.consent?.usedAt ? t('apps.used', { when: f.date(new Date(app.consent.usedAt)) }) : t('apps.never_used')}
        </p>
        <div className="sso-acts">
          {app.startUrl && (
            <a className="q-button q-button-plain" href={app.startUrl} aria-label={t('apps.open_named', { name })}>
              {t('apps.open')}
            </a>
          )}
          <Button look="quiet" onClick={onShow} aria-label={t('apps.learns_named', { name })}>
            {t('apps.learns')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function Learns({ app, onClose }: { app: App; onClose: () => void }) {
  const t = useWords('sso')
  const ui = useWords('ui')
  const f = useFormat()
  const sso = useSso()
  const gets = useQuery({ queryKey: ['sso', 'shared', app.id], queryFn: () => sso.shared({ platformId: app.id }) })
  const withdraw = useAct(sso.withdraw, { done: t('apps.withdrawn'), refresh: [KEY] })
  const take = async () => {
    if (await withdraw.run({ platformId: app.id })) onClose()
  }
  return (
    <Dialog
      open
      title={useName()(app)}
      onClose={onClose}
      acts={
        <>
          {app.consent && app.basis === 'consent' && (
            <Button look="danger" busy={withdraw.busy} onClick={() => void take()}>
              {t('apps.withdraw')}
            </Button>
          )}
          <Button onClick={onClose}>{ui('close')}</Button>
        </>
      }
    >
      <div className="q-stack">
        <p>{t('connect.purpose', { purpose: app.purpose })}</p>
        <Answer of={gets} height={160}>
          {(shown) => <Gets gets={shown} />}
        </Answer>
        <Notice>
          {app.consent
            ? t(app.basis === 'duty' ? 'apps.told_on' : 'apps.allowed_on', {
                day: f.date(new Date(app.consent.givenAt)),
              })
            : t('apps.not_yet')}
        </Notice>
      </div>
    </Dialog>
  )
}
