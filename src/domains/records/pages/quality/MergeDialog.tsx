/** Which of two entries stays, what is taken over from the other, and exactly what merging would move, leave out or leave behind. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { KEYS, useRecords } from '../records.ts'
import { type Merged, QUALITY, type TwinRow } from './quality.ts'

const TAKES = ['name', 'birthDate', 'sex', 'identity'] as const
type Take = (typeof TAKES)[number]

export function MergeDialog({ pair, onClose }: { pair: TwinRow; onClose: () => void }) {
  const t = useWords('quality')
  const records = useRecords()
  const [a, b] = pair.people
  // Whoever has an identity number, or has been there longer, is rather the one to stay.
  const first =
    a.idMasked && !b.idMasked
      ? a
      : b.idMasked && !a.idMasked
        ? b
        : (a.employedFrom ?? '9') <= (b.employedFrom ?? '9')
          ? a
          : b
  const [keepId, setKeepId] = useState(first.id)
  const [take, setTake] = useState<readonly Take[]>([])
  const goneId = keepId === a.id ? b.id : a.id
  const asked = { keepId, goneId, take: [...take] }
  const preview = useQuery({
    queryKey: ['records', 'merge-preview', keepId, goneId, ...take],
    queryFn: () => records.previewMerge(asked),
    retry: false,
  })
  const merge = useAct(records.mergePeople, {
    done: ({ undoUntil }) => t('merge.merged', { until: undoUntil }),
    refresh: [QUALITY.all, KEYS.people],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('merge.title')}
      confirm={t('twins.merge')}
      busy={merge.busy}
      error={merge.error}
      onClose={onClose}
      onConfirm={async (reason) => {
        if (await merge.run({ ...asked, reason })) onClose()
      }}
    >
      <fieldset className="qual-choices qual-pair">
        <legend>{t('merge.keep')}</legend>
        {pair.people.map((half) => (
          <label key={half.id} className="qual-half" data-kept={half.id === keepId}>
            <input type="radio" name="keep" checked={half.id === keepId} onChange={() => setKeepId(half.id)} />{' '}
            {half.name} <small className="q-quiet">{half.number}</small>
            <br />
            <small>{[half.orgName, half.birthDate, half.idMasked].filter(Boolean).join(' · ')}</small>
          </label>
        ))}
      </fieldset>
      <fieldset className="qual-choices">
        <legend>{t('merge.take')}</legend>
        {TAKES.map((key) => (
          <label key={key} className="q-check">
            <input
              type="checkbox"
              checked={take.includes(key)}
              onChange={() => setTake(take.includes(key) ? take.filter((other) => other !== key) : [...take, key])}
            />
            {t(`merge.take_${key}`)}
          </label>
        ))}
      </fieldset>
      <Answer of={preview} height={120}>
        {(told) => <Preview told={told} />}
      </Answer>
    </ConfirmWithReason>
  )
}

function Preview({ told }: { told: Merged }) {
  const t = useWords('quality')
  const say = useBilingual()
  const f = useFormat()
  const name = (table: string) => (t.has(`table.${table}`) ? t(`table.${table}`) : table)
  const moved = told.references.filter((one) => one.moved > 0)
  const dropped = told.references.flatMap(({ table, dropped: rows }) => rows.map((row) => `${name(table)} ${say(row)}`))
  const stays = told.references.filter((one) => one.stays > 0)
  return (
    <div className="q-stack">
      <p>
        {moved.length === 0
          ? t('merge.moves_nothing')
          : t('merge.moves', {
              what: f.list(moved.map((one) => t('merge.n_of', { n: one.moved, what: name(one.table) }))),
            })}
      </p>
      {told.ledger.entries > 0 && (
        <p>{t('merge.ledger', { entries: told.ledger.entries, hours: told.ledger.hours })}</p>
      )}
      {dropped.length > 0 && (
        <Notice tone="wait" title={t('merge.dropped', { n: dropped.length })}>
          <ul className="q-reasons">
            {dropped.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
      {told.accountClosed && <p>{t('merge.account')}</p>}
      {stays.length > 0 && (
        <p className="q-quiet">{t('merge.stays', { what: f.list(stays.map(({ table }) => name(table))) })}</p>
      )}
      <p className="q-quiet">{t('merge.undo_hint')}</p>
    </div>
  )
}
