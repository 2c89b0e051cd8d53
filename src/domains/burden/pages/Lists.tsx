/** White list of social affairs and list of inspections, each against how many there may be. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty, Failure } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { type Burden, KEY, Rests, useBurden } from './burden.tsx'

type Held = Awaited<ReturnType<Burden['lists']>>
type Row = Held['rows'][number]
const LISTS = ['event', 'inspection'] as const

export default function Lists() {
  const t = useWords('burden')
  const can = useCan()
  const burden = useBurden()
  const found = useQuery({ queryKey: [...KEY, 'lists'], queryFn: () => burden.lists() })
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Row | null>(null)
  const writes = can('burden.list.write')
  return (
    <>
      <PageHead
        title={t('lists.title')}
        subtitle={t('lists.subtitle')}
        back={{ to: '/burden', label: t('act.back') }}
        act={
          writes && (
            <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
              {t('lists.add')}
            </Button>
          )
        }
      />
      <Answer of={found} height={320}>
        {(held) => (
          <div className="q-stack">
            {LISTS.map((kind) => (
              <OneList key={kind} kind={kind} held={held} writes={writes} onEnd={setEnding} />
            ))}
            {writes && <Base key={held.base} base={held.base} />}
            {(adding || ending) && (
              <Change
                earliest={held.earliest}
                ending={ending}
                onClose={() => {
                  setAdding(false)
                  setEnding(null)
                }}
              />
            )}
          </div>
        )}
      </Answer>
    </>
  )
}

function OneList({
  kind,
  held,
  writes,
  onEnd,
}: {
  kind: 'event' | 'inspection'
  held: Held
  writes: boolean
  onEnd: (row: Row) => void
}) {
  const t = useWords('burden')
  const f = useFormat()
  const rows = held.rows.filter((row) => row.kind === kind)
  const n = rows.filter((row) => row.endsOn === null).length
  const most = kind === 'event' ? (held.figures.listItems?.value ?? null) : held.inspectionsMost
  const figure = kind === 'event' ? held.figures.listItems : held.figures.inspectionCut
  return (
    <Card
      title={t(`lists.${kind}`)}
      flush
      extra={
        <span className="q-num">
          {most === null ? t('lists.of', { n }) : t('lists.of_most', { n, most })}{' '}
          <Rests figure={figure} label={t(`lists.${kind}`)} />
        </span>
      }
    >
      {rows.length === 0 ? (
        <Empty title={t('lists.none')} hint={t('lists.none_hint')} />
      ) : (
        <List label={t(`lists.${kind}`)}>
          {rows.map((row) => (
            <ListRow
              key={row.id}
              title={row.title}
              meta={f.dotted([
                row.orgName,
                `${row.document}${row.number ? `（${row.number}）` : ''}`,
                t('lists.from', { from: f.date(row.from) }),
                row.endsOn && t('lists.until', { until: f.date(row.endsOn) }),
              ])}
              trailing={
                writes &&
                row.own &&
                row.endsOn === null && (
                  <Button small onClick={() => onEnd(row)}>
                    {t('lists.end')}
                  </Button>
                )
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}

function Base({ base }: { base: number | null }) {
  const t = useWords('burden')
  const burden = useBurden()
  const [items, setItems] = useState(base === null ? '' : String(base))
  const save = useAct(burden.setBase, { done: t('lists.base_saved'), refresh: [KEY] })
  return (
    <Card title={t('lists.base')}>
      <form
        className="q-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save.run({ items: Number(items) })
        }}
      >
        <TextField
          label={t('lists.base')}
          hint={base === null ? t('lists.base_unset') : t('lists.base_hint')}
          type="number"
          min={0}
          max={9999}
          required
          value={items}
          onChange={setItems}
        />
        <div>
          <Button type="submit" busy={save.busy}>
            {t('lists.base_save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function Change({ earliest, ending, onClose }: { earliest: string; ending: Row | null; onClose: () => void }) {
  const t = useWords('burden')
  const burden = useBurden()
  const [kind, setKind] = useState<'event' | 'inspection'>('event')
  const [title, setTitle] = useState('')
  const [document, setDocument] = useState('')
  const [number, setNumber] = useState('')
  const [from, setFrom] = useState(earliest)
  const add = useAct(burden.addListed, { done: t('lists.added'), refresh: [KEY], quiet: true })
  const end = useAct(burden.endListed, { done: t('lists.ended'), refresh: [KEY], quiet: true })
  const act = ending ? end : add
  return (
    <Dialog
      open
      title={ending ? `${t('lists.end')}：${ending.title}` : t('lists.add')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('act.close')}</Button>
          <Button type="submit" form="burden-list" look="primary" busy={act.busy}>
            {t(ending ? 'lists.end' : 'lists.add')}
          </Button>
        </>
      }
    >
      <form
        id="burden-list"
        className="q-stack"
        onSubmit={(event) => {
          event.preventDefault()
          const done = ending
            ? end.run({ listedId: ending.id, from })
            : add.run({ kind, title, document, number, from })
          void done.then((answer) => answer && onClose())
        }}
      >
        {act.error !== null && <Failure error={act.error} />}
        {!ending && (
          <>
            <SelectField
              label={t('f.kind')}
              value={kind}
              onChange={(value) => setKind(value as typeof kind)}
              choices={LISTS.map((value) => ({ value, label: t(`lists.${value}`) }))}
            />
            <TextField label={t('f.title')} required minLength={2} maxLength={120} value={title} onChange={setTitle} />
            <TextField
              label={t('f.document')}
              required
              minLength={2}
              maxLength={200}
              value={document}
              onChange={setDocument}
            />
            <TextField label={t('f.number')} maxLength={60} value={number} onChange={setNumber} />
          </>
        )}
        <TextField
          label={t(ending ? 'lists.end_from' : 'f.from')}
          hint={t('lists.earliest', { from: earliest })}
          type="date"
          required
          value={from}
          onChange={setFrom}
        />
      </form>
    </Dialog>
  )
}
