/** An office adds or corrects an item; where somebody else changed it meanwhile both values are shown and the writer decides again. */
import { useState } from 'react'
import { useAct } from '../../../../ui/client.tsx'
import { FormDialog } from '../../../../ui/FormDialog.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { KEYS, useRecords } from '../records.ts'
import { changedIn, ItemFields, startOf } from './ItemFields.tsx'
import { ARCHIVE, type Group, type Row, standing, useItems, type Values } from './record.ts'

export function KeepDialog({
  group,
  row,
  personId,
  onClose,
}: {
  group: Group
  row: Row | null
  personId: string
  onClose: () => void
}) {
  const t = useWords('records')
  const say = useBilingual()
  const records = useRecords()
  const start = row ? startOf(group, row.values) : {}
  const [values, setValues] = useState(start)
  const act = useAct(group.sensitivity === 'guarded' ? records.keepGuarded : records.keepRow, {
    done: t('archive.kept'),
    refresh: [ARCHIVE, KEYS.person(personId)],
    quiet: true,
  })
  const now = standing(act.error)
  const changed = changedIn(group, start, values)
  return (
    <FormDialog
      title={t(row ? 'archive.correct' : 'archive.add', { group: say(group.title) })}
      submit={t(now ? 'archive.over' : 'archive.keep')}
      act={act}
      onClose={onClose}
      input={() => {
        const key = { personId, groupId: group.id }
        if (!row?.version) return { ...key, values }
        if (Object.keys(changed).length === 0) return null
        return { ...key, rowId: row.id, version: now?.version ?? row.version, values: changed }
      }}
    >
      {now && <ChangedMeanwhile group={group} now={now.current} mine={changed} />}
      <ItemFields group={group} values={values} stands={row?.values ?? {}} onChange={setValues} />
    </FormDialog>
  )
}

/** Both values of every item that the writer changed. */
export function ChangedMeanwhile({ group, now, mine }: { group: Group; now: Values; mine: Values }) {
  const t = useWords('records')
  const say = useBilingual()
  const items = useItems()
  return (
    <Notice tone="alert" live title={t('archive.changed_meanwhile')}>
      <ul className="rec-both">
        {group.fields
          .filter(({ key }) => key in mine)
          .map((field) => (
            <li key={field.key}>
              {t('archive.both', {
                item: say(field.title),
                now: items.word(field, now[field.key]) || '—',
                mine: items.word(field, mine[field.key]) || '—',
              })}
            </li>
          ))}
      </ul>
    </Notice>
  )
}
