/** Pairs of entries that may be one person, merging them with what it would do, and taking a merge apart. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { KEYS, useRecords, useToday } from '../records.ts'
import { MergeDialog } from './MergeDialog.tsx'
import './quality.css'
import { type MergeRow, QUALITY, type TwinRow } from './quality.ts'

export default function Twins() {
  const t = useWords('quality')
  const can = useCan()
  const say = useBilingual()
  const records = useRecords()
  const [search] = useAddress()
  const orgId = one(search.org)
  const twins = useQuery({ queryKey: QUALITY.twins(orgId), queryFn: () => records.twins(orgId ? { orgId } : {}) })
  const [merging, setMerging] = useState<TwinRow | null>(null)
  const [two, setTwo] = useState<TwinRow | null>(null)
  const dismiss = useAct(records.dismissTwin, { done: t('twins.dismissed'), refresh: [QUALITY.all], quiet: true })
  return (
    <>
      <PageHead
        title={t('twins.heading')}
        subtitle={t('twins.subtitle')}
        back={{ to: '/quality', search: orgId ? { org: orgId } : {}, label: t('heading') } as never}
      />
      <div className="q-stack">
        <Answer of={twins} height={240}>
          {({ rows, total, titles }) =>
            rows.length === 0 ? (
              <Empty icon="people" title={t('twins.none')} hint={t('twins.none_hint')} />
            ) : (
              <>
                {rows.map((pair) => (
                  <Card
                    key={pair.people.map(({ id }) => id).join()}
                    title={pair.people.map(({ name }) => name).join(' · ')}
                    extra={<StatusTag tone="wait">{titles[pair.rule] ? say(titles[pair.rule]!) : pair.rule}</StatusTag>}
                  >
                    <div className="q-stack">
                      <div className="qual-pair">
                        {pair.people.map((half) => (
                          <HalfCard key={half.id} half={half} />
                        ))}
                      </div>
                      {can('records.merge') && (
                        <div className="qual-tools">
                          <Button look="primary" onClick={() => setMerging(pair)}>
                            {t('twins.merge')}
                          </Button>
                          <Button onClick={() => setTwo(pair)}>{t('twins.dismiss')}</Button>
                        </div>
                      )}
                    </div>
                  </Card>
                ))}
                {total > rows.length && <p className="q-quiet">{t('twins.more', { n: total - rows.length })}</p>}
              </>
            )
          }
        </Answer>
        {can('records.merge') && <Merges />}
      </div>
      {merging && <MergeDialog pair={merging} onClose={() => setMerging(null)} />}
      <ConfirmWithReason
        open={two !== null}
        title={t('twins.dismiss_title')}
        confirm={t('twins.dismiss')}
        busy={dismiss.busy}
        error={dismiss.error}
        onClose={() => setTwo(null)}
        onConfirm={async (reason) => {
          const [a, b] = two!.people
          if (await dismiss.run({ personId: a.id, otherId: b.id, reason })) setTwo(null)
        }}
      >
        <p>{t('twins.dismiss_text')}</p>
      </ConfirmWithReason>
    </>
  )
}

function HalfCard({ half }: { half: TwinRow['people'][number] }) {
  const t = useWords('quality')
  return (
    <div className="qual-half">
      <PersonLink id={half.id} name={half.name} number={half.number} />
      <Facts
        columns={1}
        items={[
          { label: t('school'), value: half.orgName },
          { label: t('birth'), value: half.birthDate },
          { label: t('identity'), value: half.idMasked },
          { label: t('employed_from'), value: half.employedFrom },
        ]}
      />
    </div>
  )
}

/** What was merged, and until when it can be undone. */
function Merges() {
  const t = useWords('quality')
  const f = useFormat()
  const today = useToday()
  const records = useRecords()
  const merges = useQuery({ queryKey: QUALITY.merges, queryFn: () => records.merges() })
  const [undoing, setUndoing] = useState<MergeRow | null>(null)
  const undo = useAct(records.undoMerge, {
    done: ({ back, left }) => (left > 0 ? t('merge.undone_partly', { back, left }) : t('merge.undone')),
    refresh: [QUALITY.all, KEYS.people],
    quiet: true,
  })
  if (!merges.data || merges.data.length === 0) return null
  return (
    <Card title={t('merge.done_heading')} flush>
      <List label={t('merge.done_heading')}>
        {merges.data.map((row) => (
          <ListRow
            key={row.mergeId}
            title={t('merge.row', { gone: `${row.goneName} ${row.goneNumber}`, keep: `${row.name} ${row.number}` })}
            meta={f.dotted([f.dateTime(row.at), t('merge.rows', { n: row.moved }), row.reason])}
            trailing={
              row.undoneAt ? (
                <StatusTag tone="off">{t('merge.was_undone')}</StatusTag>
              ) : today <= row.undoUntil ? (
                <Button small onClick={() => setUndoing(row)}>
                  {t('merge.undo_until', { until: row.undoUntil })}
                </Button>
              ) : (
                <StatusTag tone="done">{t('merge.final')}</StatusTag>
              )
            }
          />
        ))}
      </List>
      <ConfirmWithReason
        open={undoing !== null}
        title={t('merge.undo_title')}
        confirm={t('merge.undo')}
        busy={undo.busy}
        error={undo.error}
        onClose={() => setUndoing(null)}
        onConfirm={async (reason) => {
          if (await undo.run({ mergeId: undoing!.mergeId, reason })) setUndoing(null)
        }}
      >
        <p>{t('merge.undo_text')}</p>
      </ConfirmWithReason>
    </Card>
  )
}
