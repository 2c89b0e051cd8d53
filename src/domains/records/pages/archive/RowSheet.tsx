/** One row of the record: every item with what it is used for, what it said before, and what may be done about it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { Timeline } from '../../../../ui/Timeline.tsx'
import { useRecords } from '../records.ts'
import { ARCHIVE, type Field, type Group, type Row, useItems } from './record.ts'

export type RowActs = { onCorrect?: (() => void) | undefined; onRemove?: (() => void) | undefined }

export function RowSheet({
  group,
  row,
  personId,
  onClose,
  onCorrect,
  onRemove,
  own,
  proposing,
}: RowActs & {
  group: Group
  row: Row
  personId: string
  own: boolean
  /** Whether what is done is proposed, not written. */
  proposing: boolean
  onClose: () => void
}) {
  const t = useWords('records')
  const say = useBilingual()
  const items = useItems()
  const [past, setPast] = useState(false)
  return (
    <Dialog
      open
      form="sheet"
      title={say(group.title)}
      onClose={onClose}
      acts={
        <>
          {onRemove && <Button onClick={onRemove}>{t(proposing ? 'changes.remove' : 'archive.remove')}</Button>}
          {onCorrect && (
            <Button look="primary" onClick={onCorrect}>
              {t(own ? 'changes.correct' : proposing ? 'changes.propose_for' : 'archive.correct_short')}
            </Button>
          )}
        </>
      }
    >
      <dl className="rec-items">
        {group.fields.map((field) => (
          <div key={field.key}>
            <dt>{say(field.title)}</dt>
            <dd>
              {items.word(field, row.values[field.key]) || <span className="q-quiet">—</span>}
              <Uses field={field} />
            </dd>
          </div>
        ))}
      </dl>
      {group.fields.some(({ type }) => type === 'sealed') && own && <OwnSealed group={group} />}
      {group.kept || group.propose ? (
        past ? (
          <Past group={group} row={row} personId={personId} own={own} />
        ) : (
          <Button small icon="clock" onClick={() => setPast(true)}>
            {t('archive.history')}
          </Button>
        )
      ) : (
        <Notice>{t('archive.read_only')}</Notice>
      )}
    </Dialog>
  )
}

const Uses = ({ field }: { field: Field }) => {
  const say = useBilingual()
  const f = useFormat()
  const t = useWords('records')
  if (field.uses.length === 0) return null
  const [first, ...more] = field.uses.map(({ says }) => say(says))
  return (
    <span className="rec-uses">
      {t('archive.used_for')}
      {more.length < 3 ? f.list([first!, ...more]) : first}
      {more.length >= 3 && (
        <details>
          <summary>{t('archive.more_uses', { n: more.length })}</summary>
          {f.list(more)}
        </details>
      )}
    </span>
  )
}

function Past({ group, row, personId, own }: { group: Group; row: Row; personId: string; own: boolean }) {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const items = useItems()
  const records = useRecords()
  const key = { groupId: group.id, rowId: row.id }
  const { data = [] } = useQuery({
    queryKey: [...ARCHIVE, 'history', row.id, row.version],
    queryFn: () => (own ? records.ownRowHistory(key) : records.rowHistory({ ...key, personId })),
  })
  return (
    <Timeline
      label={t('archive.history')}
      items={data.map(({ values, from, until }, nth) => ({
        key: `${from}`,
        when: from ? f.date(new Date(from)) : t('history.unknown'),
        tone: until === null ? 'done' : 'plain',
        title: nth === 0 && until === null ? t('archive.as_now') : items.headline(group, values),
        detail: f.list(
          group.fields
            .filter(({ key: item }) => nth === 0 || values[item] !== data[nth - 1]?.values[item])
            .flatMap((field) => {
              const said = items.word(field, values[field.key])
              return said ? [`${say(field.title)} ${said}`] : []
            }),
        ),
      }))}
    />
  )
}

/** One’s own sealed items in full. */
function OwnSealed({ group }: { group: Group }) {
  const t = useWords('records')
  const say = useBilingual()
  const records = useRecords()
  const act = useAct(records.revealOwnSealed, {})
  const [full, setFull] = useState<Record<string, string> | null>(null)
  if (full)
    return (
      <Notice title={t('archive.in_full')}>
        {group.fields
          .filter(({ key }) => full[key])
          .map(({ key, title }) => (
            <p key={key}>
              <Tag>{say(title)}</Tag> <span className="q-num">{full[key]}</span>
            </p>
          ))}
      </Notice>
    )
  return (
    <Button
      small
      icon="eye"
      busy={act.busy}
      onClick={() => void act.run({ groupId: group.id }).then((it) => it && setFull(it))}
    >
      {t('archive.show_full')}
    </Button>
  )
}

/** An office shows sealed items of a person, for a purpose. */
export function RevealDialog({ group, personId, onClose }: { group: Group; personId: string; onClose: () => void }) {
  const t = useWords('records')
  const say = useBilingual()
  const records = useRecords()
  const act = useAct(records.revealSealed, { quiet: true })
  const [full, setFull] = useState<Record<string, string> | null>(null)
  if (full)
    return (
      <Dialog open title={t('archive.in_full')} onClose={onClose}>
        <dl className="rec-items">
          {group.fields
            .filter(({ key }) => full[key])
            .map(({ key, title }) => (
              <div key={key}>
                <dt>{say(title)}</dt>
                <dd className="q-num">{full[key]}</dd>
              </div>
            ))}
        </dl>
      </Dialog>
    )
  return (
    <ConfirmWithReason
      open
      title={t('archive.show_full')}
      confirm={t('archive.show')}
      reasonLabel={t('archive.purpose')}
      reasonHint={t('archive.purpose_hint')}
      busy={act.busy}
      error={act.error}
      onConfirm={(purpose) =>
        void act.run({ personId, groupId: group.id, purpose }).then((it) => {
          if (it) setFull(it)
        })
      }
      onClose={onClose}
    />
  )
}
