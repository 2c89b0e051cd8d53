/** Who is behind a score: people with what was found in their records, leading to the record. */
import { one, useAddress } from '../../../../ui/address.ts'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useRecords } from '../records.ts'
import './quality.css'
import { type FoundPerson, QUALITY, SIGNS, TONES, useBook } from './quality.ts'

export default function FoundPeople() {
  const t = useWords('quality')
  const can = useCan()
  const records = useRecords()
  const { rule, title } = useBook()
  const [search] = useAddress()
  const [orgId, chosen] = [one(search.org), one(search.rule)]
  const where = { ...(orgId ? { orgId } : {}), ...(chosen ? { rule: chosen } : {}) }
  const columns: Column<FoundPerson>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
    },
    { key: 'school', title: t('school'), cell: (row) => row.orgName },
    {
      key: 'found',
      title: t('found'),
      cell: (row) => (
        <span className="qual-tags">
          {row.found.map((one) => (
            <span key={`${one.rule} ${one.value}`}>
              <StatusTag
                tone={TONES[rule(one.rule)?.severity ?? 'hint'] ?? 'plain'}
                sign={SIGNS[rule(one.rule)?.severity ?? 'hint']}
              >
                {title(one.rule)}
              </StatusTag>
              {one.value && <small className="q-quiet"> {one.value}</small>}
            </span>
          ))}
        </span>
      ),
    },
  ]
  const mended = chosen ? rule(chosen)?.mended : true
  return (
    <>
      <PageHead
        title={chosen ? title(chosen) : t('people.heading')}
        subtitle={t('people.subtitle')}
        back={{ to: '/quality', search: orgId ? { org: orgId } : {}, label: t('heading') } as never}
        act={
          can('records.person.write') &&
          mended && (
            <ButtonLink look="primary" icon="edit" to="/quality/mend" search={search}>
              {t('mend.act')}
            </ButtonLink>
          )
        }
      />
      <DataTable<FoundPerson>
        caption={t('people.heading')}
        queryKey={QUALITY.people(orgId, chosen)}
        columns={columns}
        rowKey={(row) => row.personId}
        rowLink={(row) => ({ to: '/people/$personId', params: { personId: row.personId } })}
        load={(query, signal) =>
          records.qualityPeople(
            { ...where, limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) },
            { signal },
          )
        }
        empty={{ title: t('people.none'), hint: t('people.none_hint') }}
      />
    </>
  )
}
