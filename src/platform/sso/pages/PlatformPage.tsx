/** One platform of the register: what was agreed, what it learns, how much it is used, and what can be done about it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { Platform } from '../contract.ts'
import { KEY, standing, useSso } from './platforms.ts'
import { Secret } from './Secret.tsx'
import './sso.css'

type State = Platform['state']

export default function PlatformPage() {
  const platformId = usePathPart('platformId')
  const sso = useSso()
  const platform = useQuery({ queryKey: [...KEY, platformId], queryFn: () => sso.platform({ platformId }) })
  return (
    <Answer of={platform} height={480}>
      {(held) => <Shown platform={held} />}
    </Answer>
  )
}

function Shown({ platform }: { platform: Platform }) {
  const t = useWords('sso')
  const access = useWords('access')
  const f = useFormat()
  const can = useCan()
  const sso = useSso()
  const [to, setTo] = useState<State | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const setState = useAct(sso.setState, { done: t('platforms.state_set'), refresh: [KEY], quiet: true })
  const newSecret = useAct(sso.newSecret, { refresh: [KEY] })
  const { key, tone } = standing(platform)
  const write = can('sso.platform.write') && platform.state !== 'ended'
  const list = (texts: readonly string[]) =>
    texts.length > 0 ? (
      <ul className="sso-addresses">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    ) : null
  const acts = (
    <>
      {platform.state === 'active' && <Button onClick={() => setTo('suspended')}>{t('platforms.suspend')}</Button>}
      {platform.state === 'suspended' && <Button onClick={() => setTo('active')}>{t('platforms.resume')}</Button>}
      <Button look="danger" onClick={() => setTo('ended')}>
        {t('platforms.end')}
      </Button>
    </>
  )
  return (
    <>
      <PageHead
        title={platform.name}
        subtitle={platform.about}
        back={{ to: '/platforms', label: t('platforms.title') }}
        tags={<StatusTag tone={tone}>{t(`state.${key}`)}</StatusTag>}
        acts={write && acts}
        act={
          write && (
            <ButtonLink look="primary" icon="edit" to={`/platforms/${platform.id}/edit`}>
              {t('platforms.change')}
            </ButtonLink>
          )
        }
      />
      {platform.stateReason && platform.state !== 'active' && <Notice tone="wait">{platform.stateReason}</Notice>}
      <div className="q-stack">
        <Card title={t('form.terms')}>
          <Facts
            items={[
              { label: t('platform.org'), value: platform.orgName },
              { label: t('platform.operator'), value: platform.operator },
              { label: t('platform.owner'), value: f.dotted([platform.ownerName, platform.ownerLogin]) },
              {
                label: t('platform.contract'),
                value: [
                  platform.contractFrom && f.date(platform.contractFrom),
                  platform.contractUntil ? f.date(platform.contractUntil) : t('platform.no_end'),
                ]
                  .filter(Boolean)
                  .join(' – '),
              },
              { label: t('platform.purpose'), value: platform.purpose },
              { label: t('platform.basis'), value: f.dotted([t(`basis.${platform.basis}`), platform.basisText]) },
              {
                label: t('platform.roles'),
                value:
                  platform.roles.length === 0
                    ? t('platform.everybody')
                    : platform.roles
                        .map((role) => (access.has(`role.${role}`) ? access(`role.${role}`) : role))
                        .join(t('gets.comma')),
              },
              {
                label: t('platform.people_year'),
                value: t('platform.people_of', { year: platform.peopleYear, all: platform.people }),
              },
            ]}
          />
        </Card>
        <Card title={t('form.learns')}>
          <Facts
            items={[
              {
                label: t('platform.scopes'),
                value: platform.scopes
                  .map((scope) => (t.has(`scope.${scope}`) ? t(`scope.${scope}`) : scope))
                  .join(t('gets.comma')),
              },
              { label: t('platform.subject'), value: t(platform.pairwise ? 'platform.pairwise' : 'platform.public') },
              { label: t('platform.offline'), value: t(platform.offline ? 'yes' : 'no') },
            ]}
          />
        </Card>
        <Card
          title={t('form.technical')}
          extra={
            write &&
            platform.confidential && (
              <Button
                small
                busy={newSecret.busy}
                onClick={() =>
                  void newSecret.run({ platformId: platform.id }).then((made) => made && setSecret(made.secret))
                }
              >
                {t('platforms.new_secret')}
              </Button>
            )
          }
        >
          <Facts
            items={[
              { label: t('platform.client_id'), value: <span className="sso-secret">{platform.clientId}</span> },
              { label: t('platform.start_url'), value: platform.startUrl },
              { label: t('platform.redirect_uris'), value: list(platform.redirectUris) },
              { label: t('platform.sign_out_uris'), value: list(platform.signOutUris) },
              { label: t('platform.logout_uri'), value: platform.logoutUri },
              { label: t('platform.pkce'), value: t(platform.pkce ? 'yes' : 'no') },
            ]}
          />
        </Card>
        {platform.reviews.length > 0 && (
          <Card title={t('clean_up.title')}>
            <Facts
              columns={1}
              items={platform.reviews.map(({ year, verdict, reason, by }) => ({
                label: String(year),
                value: f.dotted([t(`verdict.${verdict}`), reason, by]),
              }))}
            />
          </Card>
        )}
      </div>
      {to && (
        <ConfirmWithReason
          open
          title={t(`platforms.to_${to}`, { name: platform.name })}
          confirm={t(to === 'active' ? 'platforms.resume' : to === 'suspended' ? 'platforms.suspend' : 'platforms.end')}
          danger={to !== 'active'}
          busy={setState.busy}
          error={setState.error}
          onClose={() => setTo(null)}
          onConfirm={(reason) =>
            void setState.run({ platformId: platform.id, state: to, reason }).then((done) => done && setTo(null))
          }
        >
          <p>{t(`platforms.to_${to}_text`)}</p>
        </ConfirmWithReason>
      )}
      {secret && <Secret clientId={platform.clientId} secret={secret} onClose={() => setSecret(null)} />}
    </>
  )
}
