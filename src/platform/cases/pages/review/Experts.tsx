/** The pool of experts, and the ties that bar them from reviewing somebody. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { ExpertDialog } from './ExpertDialog.tsx'
import { ImportExperts } from './ImportExperts.tsx'
import { RelationDialog, Relations } from './Relations.tsx'
import { type Expert, KEYS, pageOf, useCases } from './reviewing.ts'
import './review.css'

export default function Experts() {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const [dialog, setDialog] = useState<Expert | 'add' | 'import' | 'relation' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <PageHead
        title={t('review.pool')}
        subtitle={t('review.pool_about')}
        act={
          <Button look="primary" icon="plus" onClick={() => setDialog('add')}>
            {t('review.add_expert')}
          </Button>
        }
        acts={
          <Button icon="upload" onClick={() => setDialog('import')}>
            {t('review.import')}
          </Button>
        }
      />
      <div className="q-stack">
        <DataTable<Expert>
          caption={t('review.pool')}
          queryKey={KEYS.experts}
          load={async (query) => pageOf(await cases.experts({ search: String(query.filter.q ?? '') }), query)}
          rowKey={({ accountId }) => accountId}
          rowName={({ name }) => name}
          onOpen={setDialog}
          filters={[{ key: 'q', kind: 'text', label: t('review.search_expert') }]}
          empty={{
            title: t('review.pool_empty'),
            hint: t('review.pool_empty_hint'),
            act: <Button onClick={() => setDialog('import')}>{t('review.import')}</Button>,
          }}
          columns={[
            { key: 'name', title: t('review.name'), cell: ({ name }) => name, card: 'title', width: 130 },
            { key: 'employer', title: t('review.employer'), cell: ({ employer }) => employer },
            { key: 'title', title: t('review.job_title'), cell: ({ title }) => title ?? '–', width: 130 },
            {
              key: 'fields',
              title: t('review.fields'),
              cell: ({ fields }) => (
                <span className="rev-tags">
                  {Object.entries(fields)
                    .sort(([, a], [, b]) => b - a)
                    .map(([field, level]) => (
                      <Tag key={field}>
                        {field} {level}
                      </Tag>
                    ))}
                </span>
              ),
            },
            {
              key: 'open',
              title: t('review.out'),
              figures: true,
              width: 100,
              cell: ({ open, most }) => `${f.number(open)} / ${f.number(most)}`,
            },
            {
              key: 'active',
              title: t('review.standing'),
              width: 100,
              card: 'trailing',
              cell: ({ active }) => (
                <StatusTag tone={active ? 'done' : 'off'}>{t(active ? 'review.active' : 'review.inactive')}</StatusTag>
              ),
            },
          ]}
        />
        <Card
          title={t('review.relations')}
          extra={
            <Button small icon="plus" onClick={() => setDialog('relation')}>
              {t('review.declare')}
            </Button>
          }
        >
          <p className="q-quiet">{t('review.relations_about')}</p>
          <Relations own={false} />
        </Card>
        {dialog === 'import' && <ImportExperts onClose={close} />}
        {dialog === 'relation' && <RelationDialog own={false} onClose={close} />}
        {dialog === 'add' && <ExpertDialog expert={null} onClose={close} />}
        {dialog !== null && typeof dialog === 'object' && <ExpertDialog expert={dialog} onClose={close} />}
      </div>
    </>
  )
}
