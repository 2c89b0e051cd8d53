/** The notice: who answers, what is held and why, how long, who sees it, and what one may ask for. Everybody may read it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { ButtonLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useSession } from '../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../ui/Tag.tsx'
import type { ToldHolding } from '../contract.ts'
import './privacy.css'
import { type Privacy, SENSITIVE, usePrivacy, useTerm } from './privacy.ts'

type Told = Awaited<ReturnType<Privacy['notice']>>

export default function NoticePage() {
  const t = useWords('privacy')
  const privacy = usePrivacy()
  const session = useSession()
  const notice = useQuery({ queryKey: ['privacy', 'notice'], queryFn: () => privacy.notice() })
  return (
    <div className="privacy-notice">
      <PageHead
        title={t('notice.title')}
        subtitle={t('notice.subtitle')}
        act={
          session ? (
            <ButtonLink to="/my/data" look="primary" icon="shield">
              {t('notice.own')}
            </ButtonLink>
          ) : (
            <ButtonLink to="/sign-in">{t('notice.sign_in')}</ButtonLink>
          )
        }
      />
      <Answer of={notice} height={400}>
        {(told) => <Sheet told={told} />}
      </Answer>
    </div>
  )
}

function Sheet({ told }: { told: Told }) {
  const t = useWords('privacy')
  const f = useFormat()
  const say = useBilingual()
  const locale = useLocale()
  const { controller } = told
  return (
    <div className="q-stack">
      <Card title={t('notice.controller')}>
        <Facts
          items={[
            {
              label: t('notice.controller_name'),
              value: (locale === 'en' && controller?.nameEn) || controller?.name,
            },
            { label: t('notice.contact'), value: controller?.contact ?? t('notice.contact_school') },
            { label: t('notice.answer_days'), value: t('notice.days', { n: told.answerDays }) },
            {
              label: t('notice.version'),
              value: told.since
                ? t('notice.version_since', { version: told.version, when: f.date(new Date(told.since)) })
                : t('notice.version_first'),
            },
          ]}
        />
      </Card>
      <Card title={t('notice.rights')}>
        <ul className="privacy-rights">
          {['see', 'correct', 'delete', 'object', 'explain', 'close', 'looks'].map((right) => (
            <li key={right}>{t(`right.${right}`)}</li>
          ))}
        </ul>
      </Card>
      <Holdings rows={told.holdings} />
      <Card title={t('notice.platforms')}>
        {told.platforms.length === 0 ? (
          <p className="q-quiet">{t('notice.no_platforms')}</p>
        ) : (
          <ul className="privacy-rights">
            {told.platforms.map(({ name, operator, purpose }) => (
              <li key={name}>
                <b>{name}</b>
                <span className="q-quiet"> {f.dotted([operator, purpose])}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="q-quiet">{t('notice.platforms_hint')}</p>
      </Card>
      {told.versions.length > 1 && (
        <Card title={t('notice.history')}>
          <ul className="privacy-rights">
            {told.versions.slice(0, -1).map(({ version, since, changes }) => (
              <li key={version}>
                {t('notice.version_since', { version, when: f.date(new Date(since)) })}
                {(['added', 'changed', 'removed'] as const).map(
                  (way) =>
                    changes[way].length > 0 && (
                      <div key={way} className="q-quiet">
                        {t(`notice.${way}`, { titles: changes[way].map(say).join(locale === 'en' ? ', ' : '、') })}
                      </div>
                    ),
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

function Holdings({ rows }: { rows: readonly ToldHolding[] }) {
  const t = useWords('privacy')
  const say = useBilingual()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = rows.filter(({ title, kinds, purpose }) =>
    [title, kinds, purpose].some((text) => say(text).toLowerCase().includes(wanted)),
  )
  return (
    <Card title={t('notice.holdings', { n: rows.length })}>
      <div className="q-stack">
        <TextField label={t('notice.search')} value={search} onChange={setSearch} type="search" />
        {found.length === 0 ? (
          <Empty title={t('notice.not_found')} hint={t('notice.not_found_hint')} />
        ) : (
          <div>
            {found.map((row) => (
              <One key={row.id} row={row} />
            ))}
          </div>
        )}
      </div>
    </Card>
  )
}

function One({ row }: { row: ToldHolding }) {
  const t = useWords('privacy')
  const say = useBilingual()
  const f = useFormat()
  const term = useTerm()
  const { retention } = row
  return (
    <details className="privacy-holding">
      <summary>
        <span>{say(row.title)}</span>
        {SENSITIVE.has(row.sensitivity) && (
          <StatusTag tone="wait" sign="lock">
            {t(`sensitivity.${row.sensitivity}`)}
          </StatusTag>
        )}
        <Icon name="chevron-down" size={18} />
      </summary>
      <Facts
        columns={1}
        items={[
          { label: t('holding.kinds'), value: say(row.kinds) },
          { label: t('holding.purpose'), value: say(row.purpose) },
          { label: t('holding.basis'), value: f.dotted([t(`basis.${row.basis}`), row.clause]) },
          {
            label: t('holding.kept'),
            value: (
              <>
                {term(row)}
                {retention.kind === 'term' && (
                  <span className="q-quiet"> {retention.clause ?? t('term.unverified')}</span>
                )}
              </>
            ),
          },
          {
            label: t('holding.readers'),
            value: row.readers.map((reader) => <Tag key={reader}>{t(`reader.${reader}`)}</Tag>),
          },
        ]}
      />
    </details>
  )
}
