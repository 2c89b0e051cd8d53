/** Ties that bar one from reviewing somebody: listed, declared, taken back. */
import { useId, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, IconButton } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { KEYS, type Relation, useCases, useReasons, useRelations } from './reviewing.ts'

const KINDS = ['same_studio', 'mentor', 'co_author', 'relative', 'declared'] as const

export function Relations({ own }: { own: boolean }) {
  const t = useWords('cases')
  const cases = useCases()
  const relations = useRelations(own)
  const drop = useAct(
    (one: Relation) =>
      own ? cases.dropOwnRelation({ id: one.id }) : cases.dropRelation({ personId: one.personId, id: one.id }),
    { done: t('review.dropped'), refresh: [KEYS.relations] },
  )
  return (
    <Answer of={relations}>
      {(rows) =>
        rows.length === 0 ? (
          <p className="q-quiet">{t('review.relations_empty')}</p>
        ) : (
          <List label={t('review.relations')}>
            {rows.map((one) => (
              <Row key={one.id} one={one} own={own} onDrop={() => void drop.run(one)} />
            ))}
          </List>
        )
      }
    </Answer>
  )
}

function Row({ one, own, onDrop }: { one: Relation; own: boolean; onDrop: () => void }) {
  const t = useWords('cases')
  const f = useFormat()
  const reason = useReasons()
  const term =
    one.from || one.until ? `${one.from ? f.date(one.from) : ''} – ${one.until ? f.date(one.until) : ''}` : ''
  return (
    <ListRow
      title={own ? one.otherName : `${one.name} – ${one.otherName}`}
      meta={[reason(one.kind), term, one.note].filter(Boolean).join(' · ')}
      trailing={<IconButton icon="trash" label={t('review.drop_relation', { name: one.otherName })} onClick={onDrop} />}
    />
  )
}

const NOBODY = { name: '', number: '', org: '' }

export function RelationDialog({ own, onClose }: { own: boolean; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const reason = useReasons()
  const form = useId()
  const [one, setOne] = useState(NOBODY)
  const [other, setOther] = useState(NOBODY)
  const [kind, setKind] = useState<(typeof KINDS)[number]>('declared')
  const [note, setNote] = useState('')
  const act = useAct(
    () => {
      const said = { other, kind, ...(note.trim() ? { note } : {}) }
      return own ? cases.declareOwnRelation(said) : cases.declareRelation({ one, ...said })
    },
    { done: t('review.declared'), refresh: [KEYS.relations], quiet: true },
  )
  return (
    <Dialog
      open
      title={t('review.declare')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('review.cancel')}</Button>
          <Button look="primary" type="submit" form={form} busy={act.busy}>
            {t('review.declare_act')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="q-stack"
        onSubmit={async (event) => {
          event.preventDefault()
          if (await act.run(undefined)) onClose()
        }}
      >
        {!own && <Person label={t('review.one')} value={one} onChange={setOne} />}
        <Person label={t(own ? 'review.whom' : 'review.other')} value={other} onChange={setOther} />
        <SelectField
          label={t('review.kind')}
          value={kind}
          onChange={(next) => setKind(next as typeof kind)}
          choices={KINDS.map((value) => ({ value, label: reason(value) }))}
        />
        <TextField label={t('review.note')} required={false} maxLength={200} value={note} onChange={setNote} />
        {act.error !== null && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}

function Person({
  label,
  value,
  onChange,
}: {
  label: string
  value: typeof NOBODY
  onChange: (value: typeof NOBODY) => void
}) {
  const t = useWords('cases')
  return (
    <fieldset className="rev-person">
      <legend>{label}</legend>
      <TextField
        label={t('review.name')}
        required
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
      />
      <TextField
        label={t('review.number')}
        required={false}
        hint={t('review.number_or_org')}
        value={value.number}
        onChange={(number) => onChange({ ...value, number })}
      />
      <TextField
        label={t('review.org')}
        required={false}
        value={value.org}
        onChange={(org) => onChange({ ...value, org })}
      />
    </fieldset>
  )
}
