/** A group as a form: how many of its parts must hold, and the parts: conditions, and groups within it. */
import { Button } from '../../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { ConditionForm } from './ConditionForm.tsx'
import { useEditing, useSaid } from './editing.ts'
import { BilingualFields } from './Fields.tsx'
import { Fold } from './Fold.tsx'
import { lifted, moved, newCondition, newGroup, put, without, wrapped } from './parts.ts'
import {
  combined,
  type Group,
  type How,
  howOf,
  isCondition,
  leastOf,
  type Node,
  partsOf,
  placeOfParts,
  withParts,
} from './set.ts'

export function GroupForm({
  value,
  at,
  onChange,
  onLift,
}: {
  value: Group
  at: string
  onChange: (value: Group) => void
  /** Puts a part of it beside it; absent where it is in no other group. */
  onLift?: (part: number) => void
}) {
  const t = useWords('policy')
  const editing = useEditing()
  const said = useSaid()
  const parts = partsOf(value)
  const how = howOf(value)
  const place = `${at}.${placeOfParts(value)}`
  const hold = (next: Node[]) => onChange(withParts(value, next))
  const add = (...made: Node[]) => {
    for (const { key } of made) editing.setOpen(key!, true)
    hold([...parts, ...made])
  }
  const addGroup = () => {
    const inside = newCondition(editing.taken, editing.basis)
    editing.setOpen(inside.key!, true)
    add(newGroup([inside]))
  }
  const wrap = (nth: number) => {
    const next = wrapped(parts, nth)
    editing.setOpen(next[nth]!.key!, true)
    hold(next)
  }
  return (
    <div className="pol-group">
      {parts.length > 1 && (
        <div className="pol-group-how">
          <SelectField
            label={t('author.how')}
            value={how}
            onChange={(next) => onChange(combined(value, next as How))}
            choices={HOW.map((one) => ({ value: one, label: t(`author.how.${one}`) }))}
          />
          {how === 'at_least' && (
            <TextField
              label={t('author.least')}
              type="number"
              min={1}
              max={parts.length}
              value={String(leastOf(value))}
              error={said(`${at}.at_least`)}
              onChange={(typed) => onChange(combined(value, 'at_least', parts, Number(typed) || 1))}
            />
          )}
        </div>
      )}
      {parts.length === 0 ? (
        <p className="q-quiet">{t('author.no_conditions')}</p>
      ) : (
        <div className="pol-author-parts">
          {parts.map((part, nth) => (
            <Part
              key={part.key}
              value={part}
              at={`${place}.${nth}`}
              order={{ nth, of: parts.length, move: (by) => hold(moved(parts, nth, by)) }}
              onChange={(next) => hold(put(parts, nth, next))}
              onInnerLift={(inner) => hold(lifted(parts, nth, part as Group, inner))}
              onRemove={(what) => {
                editing.removing(what)
                hold(without(parts, nth))
              }}
              {...(parts.length > 1 ? { onWrap: () => wrap(nth) } : {})}
              {...(onLift ? { onLift: () => onLift(nth) } : {})}
            />
          ))}
        </div>
      )}
      <div className="pol-acts">
        <Button small icon="plus" onClick={() => add(newCondition(editing.taken, editing.basis))}>
          {t('author.add_condition')}
        </Button>
        <Button small icon="plus" onClick={addGroup}>
          {t('author.add_group')}
        </Button>
      </div>
    </div>
  )
}

const HOW: readonly How[] = ['all', 'any', 'at_least']

function Part({
  value,
  at,
  order,
  onChange,
  onRemove,
  onInnerLift,
  onWrap,
  onLift,
}: {
  value: Node
  at: string
  order: Parameters<typeof Fold>[0]['order']
  onChange: (value: Node) => void
  onRemove: (what: string) => void
  onInnerLift: (part: number) => void
  onWrap?: () => void
  onLift?: () => void
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const alone = isCondition(value)
  const how = alone ? '' : t('author.group', { how: howOf(value), n: partsOf(value).length, least: leastOf(value) })
  const title = alone ? pick(value.says) || t('author.new_condition') : (value.says && pick(value.says)) || how
  return (
    <Fold
      partKey={value.key!}
      at={at}
      title={title}
      {...(alone ? {} : { kind: t('author.group_kind') })}
      detail={alone ? value.test && <code className="pol-fold-test">{value.test}</code> : null}
      order={order}
    >
      {alone ? (
        <ConditionForm value={value} at={at} onChange={onChange} />
      ) : (
        <>
          <BilingualFields
            label={t('author.group_says')}
            at={`${at}.says`}
            value={value.says}
            required={false}
            onChange={(says) => onChange({ ...value, says })}
          />
          <GroupForm value={value} at={at} onChange={onChange} onLift={onInnerLift} />
        </>
      )}
      <div className="pol-acts pol-acts-foot">
        {onWrap && (
          <Button small look="quiet" onClick={onWrap}>
            {t('author.wrap')}
          </Button>
        )}
        {onLift && (
          <Button small look="quiet" onClick={onLift}>
            {t('author.lift')}
          </Button>
        )}
        <Button small look="quiet" icon="trash" onClick={() => onRemove(title)}>
          {t(alone ? 'author.remove_condition' : 'author.remove_group')}
        </Button>
      </div>
    </Fold>
  )
}
