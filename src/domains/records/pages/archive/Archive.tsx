/** The whole record, one card a section: rows to be read and touched; what may be done opens from a row or from the head of its group. */
import { useEffect, useRef, useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { ProposeDialog } from '../changes/ProposeDialog.tsx'
import { KEYS, useRecords } from '../records.ts'
import './archive.css'
import { KeepDialog } from './KeepDialog.tsx'
import { RevealDialog, RowSheet } from './RowSheet.tsx'
import { ARCHIVE, type Group, type Row, useItems } from './record.ts'

/** What the viewer may do: propose to the own record, keep others’, keep what is guarded, show what is sealed. */
export type Rights = {
  propose?: boolean
  /** What the school confirms, or what the district confirms as well. */
  keep?: 'school' | 'district' | false
  guarded?: boolean
  reveal?: boolean
  /** Propose for the person what one may not write. */
  behalf?: boolean
}

/** Whether the viewer writes rows of a group, by proposing or by keeping them. */
const writes = (group: Group, rights: Rights): boolean => {
  if (rights.propose) return group.propose
  if (!group.kept) return false
  if (group.sensitivity === 'guarded') return rights.guarded === true
  return rights.keep === 'district' || (rights.keep === 'school' && group.confirm === 'school')
}
const proposes = (group: Group, rights: Rights): boolean =>
  group.propose && (rights.propose === true || (rights.behalf === true && !writes(group, rights)))
type Open = { group: Group; row: Row | null; what: 'see' | 'correct' | 'remove' | 'reveal' }

/** Rows that are shown of a group until one asks for all. */
const FIRST = 4

export function Archive({
  groups,
  rows,
  personId,
  rights,
  waiting = [],
}: {
  groups: readonly Group[]
  rows: readonly Row[]
  personId: string
  rights: Rights
  /** Rows that a proposal waits for. */
  waiting?: readonly string[]
}) {
  const [open, setOpen] = useState<Open | null>(null)
  const [search] = useAddress()
  const wanted = one(search.group)
  const sections = [...Map.groupBy(groups, ({ section }) => section.id).values()]
  const close = () => setOpen(null)
  const see = open?.what === 'see' && open.row ? { ...open, row: open.row } : null
  const own = rights.propose === true
  const acts = ({ group, row }: Open) => {
    const allowed = (writes(group, rights) || proposes(group, rights)) && !waiting.includes(row?.id ?? '')
    return allowed
      ? {
          onCorrect: () => setOpen({ group, row, what: 'correct' as const }),
          ...(group.many ? { onRemove: () => setOpen({ group, row, what: 'remove' as const }) } : {}),
        }
      : {}
  }
  return (
    <div className="q-stack rec-archive">
      {sections.map((section) => (
        <Section
          key={section[0]!.section.id}
          groups={section}
          rows={rows}
          wanted={wanted}
          waiting={waiting}
          rights={rights}
          onOpen={setOpen}
        />
      ))}
      {see && (
        <RowSheet
          group={see.group}
          row={see.row}
          personId={personId}
          own={own}
          proposing={proposes(see.group, rights)}
          onClose={close}
          {...acts(see)}
        />
      )}
      {open?.what === 'reveal' && <RevealDialog group={open.group} personId={personId} onClose={close} />}
      {open &&
        (open.what === 'correct' || (proposes(open.group, rights) && open.what === 'remove')) &&
        (proposes(open.group, rights) ? (
          <ProposeDialog
            group={open.group}
            row={open.row}
            remove={open.what === 'remove'}
            {...(own ? {} : { personId })}
            onClose={close}
          />
        ) : (
          <KeepDialog group={open.group} row={open.row} personId={personId} onClose={close} />
        ))}
      {open?.what === 'remove' && open.row && !proposes(open.group, rights) && (
        <Remove group={open.group} row={open.row} personId={personId} onClose={close} />
      )}
    </div>
  )
}

function Section({
  groups,
  rows,
  wanted,
  waiting,
  rights,
  onOpen,
}: {
  groups: readonly Group[]
  rows: readonly Row[]
  wanted: string
  waiting: readonly string[]
  rights: Rights
  onOpen: (open: Open) => void
}) {
  const say = useBilingual()
  return (
    <Card title={say(groups[0]!.section.title)} flush>
      {groups.map((group) => (
        <Rows
          key={group.id}
          group={group}
          rows={rows.filter(({ groupId }) => groupId === group.id)}
          wanted={wanted === group.id}
          waiting={waiting}
          rights={rights}
          onOpen={onOpen}
        />
      ))}
    </Card>
  )
}

function Rows({
  group,
  rows,
  wanted,
  waiting,
  rights,
  onOpen,
}: {
  group: Group
  rows: readonly Row[]
  wanted: boolean
  waiting: readonly string[]
  rights: Rights
  onOpen: (open: Open) => void
}) {
  const t = useWords('records')
  const say = useBilingual()
  const f = useFormat()
  const items = useItems()
  const [all, setAll] = useState(wanted)
  const place = useRef<HTMLElement>(null)
  // Whoever comes for one group, from the reasons of a decision for instance, finds it in sight.
  useEffect(() => {
    if (wanted) place.current?.scrollIntoView({ block: 'start' })
  }, [wanted])
  const proposing = proposes(group, rights)
  const mayAdd = (group.many || rows.length === 0) && (writes(group, rights) || proposing)
  const add = t(rights.propose ? 'changes.add' : proposing ? 'changes.propose_for' : 'archive.add_short')
  const shown = all ? rows : rows.slice(0, FIRST)
  return (
    <section ref={place} className="rec-group" aria-label={say(group.title)}>
      <header>
        <div>
          <h3>
            {say(group.title)}
            {rows.length > 1 && <span className="q-quiet q-num"> {rows.length}</span>}
          </h3>
          <p className="q-quiet">
            {rows.length > 0
              ? say(group.purpose)
              : t(mayAdd && rights.propose ? 'archive.none_propose' : 'archive.none')}
          </p>
        </div>
        <span className="rec-group-acts">
          {rights.reveal && group.kept && rows.length > 0 && group.fields.some(({ type }) => type === 'sealed') && (
            <Button small icon="eye" onClick={() => onOpen({ group, row: null, what: 'reveal' })}>
              {t('archive.show_full')}
            </Button>
          )}
          {mayAdd && (
            <Button
              small
              icon="plus"
              aria-label={t('archive.add_to', {
                act: add,
                group: say(group.title),
              })}
              onClick={() => onOpen({ group, row: null, what: 'correct' })}
            >
              {add}
            </Button>
          )}
        </span>
      </header>
      {rows.length > 0 && (
        <List label={say(group.title)}>
          {shown.map((row) => (
            <ListRow
              key={row.id}
              title={items.headline(group, row.values)}
              meta={f.dotted([items.when(group, row.values), ...details(group, row, items)])}
              trailing={waiting.includes(row.id) && <StatusTag tone="wait">{t('changes.waits')}</StatusTag>}
              onPress={() => onOpen({ group, row, what: 'see' })}
            />
          ))}
        </List>
      )}
      {rows.length > shown.length && (
        <Button small look="plain" onClick={() => setAll(true)}>
          {t('archive.all', { n: rows.length })}
        </Button>
      )}
    </section>
  )
}

/** What is neither in the headline nor a date, three at most. */
const details = (group: Group, row: Row, items: ReturnType<typeof useItems>): string[] =>
  group.fields
    .filter(({ key, type, mask }) => !group.says.includes(key) && type !== 'date' && (type === 'sealed' || !mask))
    .flatMap((field) =>
      typeof row.values[field.key] === 'boolean' ? [] : items.word(field, row.values[field.key]) || [],
    )
    .slice(0, 3)

function Remove({ group, row, personId, onClose }: { group: Group; row: Row; personId: string; onClose: () => void }) {
  const t = useWords('records')
  const records = useRecords()
  const items = useItems()
  const act = useAct(group.sensitivity === 'guarded' ? records.dropGuarded : records.dropRow, {
    done: t('archive.removed'),
    refresh: [ARCHIVE, KEYS.person(personId)],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('archive.remove')}
      confirm={t('archive.remove')}
      reasonHint={t('archive.remove_hint')}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) =>
        void act
          .run({ personId, groupId: group.id, rowId: row.id, version: row.version ?? 0, reason })
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <p>
        <Tag>{items.headline(group, row.values)}</Tag>
      </p>
    </ConfirmWithReason>
  )
}
