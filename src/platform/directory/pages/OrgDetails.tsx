/** One organisation: where it stands, what it is, who works there, and what may be done about it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { useAddress } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { SchoolRules } from '../../../ui/SchoolRules.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../ui/Tag.tsx'
import { ALL, useChildren, useDirectory } from './directory.ts'
import { AddDialog, CloseDialog, RenameDialog } from './OrgDialogs.tsx'

const DIALOGS = { add: AddDialog, rename: RenameDialog, close: CloseDialog } as const
type Asked = keyof typeof DIALOGS

export function OrgDetails({ orgId, onChoose }: { orgId: string; onChoose: (id: string) => void }) {
  const t = useWords('directory')
  const f = useFormat()
  const can = useCan()
  const directory = useDirectory()
  const [, change] = useAddress()
  const [asked, setAsked] = useState<Asked | null>(null)
  const answer = useQuery({
    queryKey: [...ALL, 'organisation', orgId],
    queryFn: () => directory.organisation({ orgId }),
  })
  const roots = useChildren(undefined)
  const Dialog = asked && DIALOGS[asked]
  return (
    <Answer of={answer} height={320}>
      {(org) => {
        // What lies above one's scope is named, but cannot be opened.
        const top = org.ancestors.findIndex(({ id }) => roots.data?.some((root) => root.id === id))
        const english = f.locale === 'en'
        const under = org.kind === 'municipality' || org.kind === 'district'
        const acts: Asked[] = [
          ...(under ? (['add'] as const) : []),
          'rename',
          ...(org.closedOn || under ? [] : (['close'] as const)),
        ]
        return (
          <div className="q-stack">
            <div className="dir-back">
              <Button look="quiet" small icon="chevron-left" onClick={() => change({ org: undefined })}>
                {t('back')}
              </Button>
            </div>
            <Card
              title={english ? (org.nameEn ?? org.name) : org.name}
              extra={
                <span className="dir-tags">
                  <Tag>{t(`kind.${org.kind}`)}</Tag>
                  {org.closedOn && <StatusTag tone="off">{t('closed')}</StatusTag>}
                </span>
              }
            >
              <div className="q-stack">
                {org.ancestors.length > 0 && (
                  <nav aria-label={t('way')} className="dir-way">
                    {org.ancestors.map(({ id, name }, at) => (
                      <span key={id}>
                        {top >= 0 && at >= top ? (
                          <button type="button" className="dir-link" onClick={() => onChoose(id)}>
                            {name}
                          </button>
                        ) : (
                          <span>{name}</span>
                        )}
                        <Icon name="chevron-right" size={12} />
                      </span>
                    ))}
                    <span>{org.shortName}</span>
                  </nav>
                )}
                <Facts
                  columns={1}
                  items={[
                    { label: t('full_name'), value: org.name },
                    { label: t('short_name'), value: org.shortName },
                    { label: t('name_en'), value: org.nameEn },
                    { label: t('code'), value: org.code && <span className="q-num">{org.code}</span> },
                    ...(org.schoolType
                      ? [
                          {
                            label: t('school_type'),
                            value: t.has(`school_type.${org.schoolType}`)
                              ? t(`school_type.${org.schoolType}`)
                              : org.schoolType,
                          },
                        ]
                      : []),
                    ...(org.locality
                      ? [
                          {
                            label: t('locality'),
                            value: t.has(`locality.${org.locality}`) ? t(`locality.${org.locality}`) : org.locality,
                          },
                        ]
                      : []),
                    { label: t('opened_on'), value: org.openedOn && f.date(org.openedOn) },
                    ...(org.closedOn ? [{ label: t('closed_on'), value: f.date(org.closedOn) }] : []),
                    ...(org.clusters.length > 0
                      ? [{ label: t('clusters'), value: f.list(org.clusters.map(({ name }) => name)) }]
                      : []),
                    ...(org.children > 0 ? [{ label: t('children'), value: f.number(org.children) }] : []),
                    { label: t('people'), value: t('people_n', { n: org.people }) },
                  ]}
                />
                <div className="dir-acts">
                  {can('records.person.read') && org.people > 0 && (
                    <ButtonLink icon="people" to="/people" search={{ orgId: org.id }}>
                      {t('see_people')}
                    </ButtonLink>
                  )}
                  {can('directory.write') &&
                    acts.map((key) => (
                      <Button
                        key={key}
                        {...(key === 'add' ? { icon: 'plus' as const } : {})}
                        {...(key === 'close' ? { look: 'danger' as const } : {})}
                        onClick={() => setAsked(key)}
                      >
                        {t(`${key}.act`)}
                      </Button>
                    ))}
                </div>
              </div>
            </Card>
            {org.kind === 'school' && !org.closedOn && can('policy.explain') && <SchoolRules orgId={org.id} />}
            {Dialog && <Dialog org={org} onClose={() => setAsked(null)} />}
          </div>
        )
      }}
    </Answer>
  )
}
