/** Places of a call: shared out by the rule, changed by hand in a draft, amended one by one once it is published. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { orgNameIn } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { AmendPlaces } from './Amend.tsx'
import { CALLS, type CallDetail, type CallPlaces, useCases } from './asking.ts'
import { FigureOf } from './parts.tsx'

export function Places({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const cases = useCases()
  const draft = call.state === 'draft' && call.mayWrite
  const sharing = useAct(cases.sharePlaces, { done: t('calls.shared'), refresh: CALLS })
  const { quotas, stages, tracks } = call.definition
  const [asked, ask] = useState(false)
  const byHand = call.places.filter(setByHand).length
  const again = async () => {
    const { id: callId, revision } = call
    if (await sharing.run({ callId, revision, discard: byHand })) ask(false)
  }
  const share = (
    <Button icon="refresh" busy={sharing.busy} onClick={() => (byHand > 0 ? ask(true) : void again())}>
      {t(call.places.length > 0 ? 'calls.share_again' : 'calls.share')}
    </Button>
  )
  if (call.places.length === 0)
    return <Empty icon="columns" title={t('calls.no_places')} hint={t('calls.no_places_hint')} act={draft && share} />
  const name = (nth: number) => {
    const { at, track } = quotas[nth]!
    const stage = pick(stages.find(({ id }) => id === at)!.title)
    return track ? `${stage}·${pick(tracks.find(({ id }) => id === track)!.title)}` : stage
  }
  return (
    <div className="q-stack">
      {draft && <div className="calls-acts">{share}</div>}
      <ConfirmWithReason
        open={asked}
        title={t('calls.share_again')}
        confirm={t('calls.share_over', { n: byHand })}
        reason="none"
        danger
        busy={sharing.busy}
        onConfirm={() => void again()}
        onClose={() => ask(false)}
      >
        <p>{t('calls.share_over_hint', { n: byHand })}</p>
      </ConfirmWithReason>
      <Tabs
        label={t('calls.tab.places')}
        items={quotas.map((_, nth) => ({
          key: String(nth),
          label: name(nth),
          content: <QuotaTable key={name(nth)} call={call} nth={nth} name={name(nth)} draft={draft} />,
        }))}
      />
    </div>
  )
}

/** Another number than the rule's, or one where the rule gives none. */
const setByHand = ({ places, why }: CallPlaces): boolean =>
  why.byRule === undefined ? why.rule === 'given' && places > 0 : why.byRule !== places

function QuotaTable({ call, nth, name, draft }: { call: CallDetail; nth: number; name: string; draft: boolean }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const rows = call.places.filter(({ quota }) => quota === nth)
  const [typed, type] = useState<Record<string, string>>({})
  const [amending, amend] = useState<CallPlaces | null>(null)
  const saving = useAct(cases.setPlaces, { done: t('calls.saved'), refresh: CALLS })
  const placesOf = ({ orgId, places }: CallPlaces) => (typed[orgId] === undefined ? places : Number(typed[orgId]))
  const changed = rows.filter(
    (row) => placesOf(row) !== row.places && Number.isInteger(placesOf(row)) && placesOf(row) >= 0,
  )
  const sum = rows.reduce((all, row) => all + (placesOf(row) || 0), 0)
  const byClaim = rows.some(({ why }) => why.claim !== undefined)
  const may = call.mayWrite && call.state === 'published'
  const columns: Column<CallPlaces>[] = [
    { key: 'org', title: t('calls.org_of_places'), cell: (row) => orgNameIn(f.locale, row) },
    ...(byClaim
      ? [
          {
            key: 'claim',
            title: t(`calls.claim.${rows[0]!.why.rule}`),
            figures: true,
            cell: ({ why }: CallPlaces) => f.number(why.claim ?? 0),
          },
          {
            key: 'exact',
            title: t('calls.exact'),
            figures: true,
            cell: ({ why }: CallPlaces) => (why.exact ? f.number(why.exact, 2) : '—'),
          },
        ]
      : []),
    {
      key: 'places',
      title: t('calls.places'),
      figures: true,
      cell: (row) =>
        draft ? (
          <input
            className="q-input calls-number"
            type="number"
            min={0}
            aria-label={t('calls.places_of', { org: orgNameIn(f.locale, row) })}
            value={typed[row.orgId] ?? String(row.places)}
            onChange={(event) => type({ ...typed, [row.orgId]: event.target.value })}
          />
        ) : (
          f.number(row.places)
        ),
    },
    {
      key: 'by_rule',
      title: t('calls.by_rule'),
      cell: ({ why }) =>
        why.byRule === undefined ? '' : t('calls.rule_gave', { n: why.byRule, reason: why.reason ?? '' }),
    },
    ...(draft
      ? []
      : [{ key: 'taken', title: t('calls.taken'), figures: true, cell: ({ taken }: CallPlaces) => f.number(taken) }]),
    ...(may
      ? [
          {
            key: 'acts',
            title: t('calls.acts'),
            card: 'foot' as const,
            cell: (row: CallPlaces) => (
              <Button small look="quiet" icon="edit" onClick={() => amend(row)}>
                {t('calls.amend')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  const quota = call.definition.quotas[nth]!
  return (
    <div className="q-stack">
      <p className="calls-sum">
        {'total' in quota.places ? (
          <>
            {t('calls.sum_of', { n: sum })} <FigureOf call={call} path={`quotas.${nth}.places.total`} unit="place" />
          </>
        ) : (
          t('calls.sum', { n: sum })
        )}{' '}
        <span className="q-quiet">
          {t(`calls.per.${quota.per}`, { by: 'total' in quota.places ? quota.places.by : 'each' })}
        </span>
      </p>
      <DataTable<CallPlaces>
        caption={name}
        prefix={`q${nth}`}
        queryKey={['cases', 'calls', call.id, 'places', nth, call.revision]}
        columns={columns}
        rowKey={({ orgId }) => orgId}
        rowName={(row) => orgNameIn(f.locale, row)}
        size={50}
        load={async ({ cursor, limit }) => {
          const start = Number(cursor) || 0
          return {
            rows: rows.slice(start, start + limit),
            next: start + limit < rows.length ? String(start + limit) : null,
            total: rows.length,
          }
        }}
        empty={{ title: t('calls.no_places') }}
      />
      {draft && (
        <div>
          <Button
            look="primary"
            disabled={changed.length === 0}
            busy={saving.busy}
            onClick={() =>
              void saving.run({
                callId: call.id,
                revision: call.revision,
                rows: changed.map((row) => ({ quota: nth, orgId: row.orgId, places: placesOf(row) })),
              })
            }
          >
            {t('calls.save_places', { n: changed.length })}
          </Button>
        </div>
      )}
      {amending && <AmendPlaces call={call} row={amending} onClose={() => amend(null)} />}
    </div>
  )
}
