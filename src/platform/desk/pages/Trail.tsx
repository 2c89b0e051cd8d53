/** The audit trail: who did what to whom and when, with what was there before; and whether the chain still holds. */
import { useState } from 'react'
import { one, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { changeTable, type TableQuery } from '../../../ui/office/table-query.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import type { deskContract, TrailEntry } from '../contract.ts'
import './desk.css'
import { ChainState } from './ChainState.tsx'
import { DailyTotals } from './DailyTotals.tsx'
import { TrailSheet } from './TrailSheet.tsx'
import { useActionWords, useActorName } from './worded.ts'

/** Modules that write to the trail, in the order of the choice. */
const MODULES = [
  'training',
  'records',
  'cases',
  'burden',
  'directory',
  'access',
  'sso',
  'upstream',
  'provisioning',
  'credentials',
  'privacy',
  'policy',
  'documents',
  'jobs',
  'files',
  'ledger',
  'indicators',
  'desk',
] as const
const FILTERS = ['actor', 'from', 'to'] as const

/** The address's filters as the contract names them; a module is the beginning of its actions. */
function askOf({ filter }: TableQuery) {
  const text = (key: string) => one(filter[key])
  const module = text('module')
  return {
    ...Object.fromEntries(FILTERS.filter((key) => text(key) !== '').map((key) => [key, text(key)])),
    ...(module ? { action: `${module}.` } : {}),
    ...(text('quiet') ? { signIns: false } : {}),
  }
}

export default function Trail() {
  const t = useWords('desk')
  const f = useFormat()
  const desk = useClient<typeof deskContract>('desk')
  const worded = useActionWords(MODULES)
  const actorName = useActorName()
  const [search, change] = useAddress()
  const [shown, setShown] = useState<TrailEntry | null>(null)
  const [capped, setCapped] = useState(false)
  const about = one(search.about)
  const subjectId = one(search.subject)
  const narrow = (patch: { about?: string; subject?: string }) => {
    setShown(null)
    change(changeTable('', { about: undefined, subject: undefined, ...patch }))
  }
  const columns: Column<TrailEntry>[] = [
    {
      key: 'action',
      title: t('trail.action'),
      cell: (row) => (
        <button type="button" className="desk-link" onClick={() => setShown(row)}>
          {worded(row.action)}
        </button>
      ),
    },
    {
      key: 'at',
      title: t('trail.at'),
      cell: (row) => (
        <span className="q-num desk-nowrap">
          {f.isoDate(row.at)} {f.time(row.at)}
        </span>
      ),
      card: 'trailing',
    },
    { key: 'actor', title: t('trail.actor'), cell: (row) => actorName(row.actor) },
    { key: 'about', title: t('trail.about'), cell: (row) => row.about?.name ?? <span className="q-quiet">—</span> },
    { key: 'org', title: t('trail.org'), cell: (row) => row.orgName ?? <span className="q-quiet">—</span> },
    {
      key: 'seq',
      title: t('trail.seq'),
      figures: true,
      cell: (row) =>
        row.seq === null ? (
          <span className="q-quiet">{t('trail.unsealed')}</span>
        ) : (
          <span className="q-num">{f.number(row.seq)}</span>
        ),
    },
  ]
  return (
    <>
      <PageHead title={t('trail.heading')} subtitle={t('trail.subtitle')} />
      <div className="q-stack">
        <ChainState />
        <DailyTotals />
        {(about || subjectId) && (
          <div className="desk-narrowed" role="status">
            <span>{t(about ? 'trail.only_person' : 'trail.only_subject')}</span>
            <Button small look="quiet" icon="close" onClick={() => narrow({})}>
              {t('trail.show_all')}
            </Button>
          </div>
        )}
        {capped && <p className="q-quiet">{t('trail.capped')}</p>}
        <DataTable<TrailEntry>
          caption={t('trail.heading')}
          queryKey={['desk', 'trail', about, subjectId]}
          columns={columns}
          rowKey={(row) => row.id}
          rowName={(row) => worded(row.action)}
          onOpen={setShown}
          filters={[
            { key: 'actor', label: t('trail.find_actor'), kind: 'text' },
            {
              key: 'module',
              label: t('trail.module'),
              kind: 'choice',
              choices: MODULES.map((value) => ({ value, label: t(`module.${value}`) })),
            },
            { key: 'quiet', label: t('trail.no_sign_ins'), kind: 'flag' },
            { key: 'from', label: t('trail.from'), kind: 'date' },
            { key: 'to', label: t('trail.to'), kind: 'date' },
          ]}
          load={async (query, signal) => {
            const page = await desk.trail(
              {
                ...askOf(query),
                limit: query.limit,
                ...(query.cursor ? { cursor: query.cursor } : {}),
                ...(about ? { about } : {}),
                ...(subjectId ? { subjectId } : {}),
              },
              { signal },
            )
            setCapped(page.capped)
            return page
          }}
          empty={{ title: t('trail.none'), hint: t('trail.none_hint') }}
        />
      </div>
      {shown && (
        <TrailSheet entry={shown} title={worded(shown.action)} onNarrow={narrow} onClose={() => setShown(null)} />
      )}
    </>
  )
}
