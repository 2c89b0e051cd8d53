/** The register of platforms: who runs them, until when, how many use them. */

import { Link } from '@tanstack/react-router'
import { ButtonLink } from '../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { PlatformRow } from '../contract.ts'
import { Face } from './Face.tsx'
import { Keys } from './Keys.tsx'
import { KEY, standing, useSso } from './platforms.ts'

export default function Platforms() {
  const t = useWords('sso')
  const f = useFormat()
  const can = useCan()
  const sso = useSso()
  const columns: Column<PlatformRow>[] = [
    {
      key: 'name',
      title: t('platform.name'),
      cell: (row) => (
        <span className="sso-name">
          <Face {...row} />
          <Link to={`/platforms/${row.id}` as '/'}>{row.name}</Link>
        </span>
      ),
    },
    { key: 'category', title: t('platform.category'), cell: (row) => t(`category.${row.category}`) },
    { key: 'operator', title: t('platform.operator'), cell: (row) => row.operator },
    { key: 'owner', title: t('platform.owner'), cell: (row) => f.dotted([row.ownerName, row.orgName]) },
    {
      key: 'until',
      title: t('platform.contract_until'),
      cell: (row) =>
        row.contractUntil ? (
          f.date(row.contractUntil as never)
        ) : (
          <span className="q-quiet">{t('platform.no_end')}</span>
        ),
    },
    { key: 'people', title: t('platform.people_year'), cell: (row) => <span className="q-num">{row.peopleYear}</span> },
    {
      key: 'state',
      title: t('platform.state'),
      card: 'trailing',
      cell: (row) => {
        const { key, tone } = standing(row)
        return <StatusTag tone={tone}>{t(`state.${key}`)}</StatusTag>
      },
    },
  ]
  return (
    <>
      <PageHead
        title={t('platforms.title')}
        subtitle={t('platforms.subtitle')}
        acts={<ButtonLink to="/platforms/clean-up">{t('clean_up.title')}</ButtonLink>}
        act={
          can('sso.platform.write') && (
            <ButtonLink to="/platforms/new" look="primary" icon="plus">
              {t('platforms.register')}
            </ButtonLink>
          )
        }
      />
      <DataTable<PlatformRow>
        caption={t('platforms.title')}
        queryKey={KEY}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        filters={[]}
        load={async (_, signal) => {
          const rows = await sso.platforms(undefined, { signal })
          return { rows, next: null, total: rows.length }
        }}
        empty={{ title: t('platforms.none'), hint: t('platforms.none_hint') }}
      />
      <Keys />
    </>
  )
}
