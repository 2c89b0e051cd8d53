/** A group of conditions as a form: how many of its parts must hold, and the parts. */
import { Button } from '../../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { ConditionForm } from './ConditionForm.tsx'
import type { Writing } from './ExpressionField.tsx'
import {
  combined,
  type Group,
  type How,
  howOf,
  isCondition,
  leastOf,
  type Node,
  newCondition,
  partsOf,
  withParts,
} from './set.ts'

type Editing = {
  writing: Writing
  /** Ids of all conditions of the set: a new one gets another. */
  taken: readonly string[]
  /** The condition that stands open: the one that was just added. */
  opened: string | null
  onOpened: (id: string) => void
}

export function GroupForm({
  value,
  onChange,
  onRemove,
  editing,
}: {
  value: Group
  onChange: (value: Group) => void
  onRemove?: () => void
  editing: Editing
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const parts = partsOf(value)
  const how = howOf(value)
  const put = (nth: number, part: Node) =>
    onChange(
      withParts(
        value,
        parts.map((one, at) => (at === nth ? part : one)),
      ),
    )
  const drop = (nth: number) =>
    onChange(
      withParts(
        value,
        parts.filter((_, at) => at !== nth),
      ),
    )
  const add = () => {
    const made = newCondition(editing.taken)
    editing.onOpened(made.id)
    onChange(withParts(value, [...parts, made]))
  }
  return (
    <div className="pol-group">
      {value.says && <p>{pick(value.says)}</p>}
      <div className="pol-group-how">
        <SelectField
          label={t('author.how')}
          value={how}
          onChange={(next) => onChange(combined(value, next as How))}
          choices={(['all', 'any', 'at_least'] as const).map((one) => ({ value: one, label: t(`author.how.${one}`) }))}
        />
        {how === 'at_least' && (
          <TextField
            label={t('author.least')}
            type="number"
            min={1}
            max={parts.length}
            value={String(leastOf(value))}
            onChange={(typed) => onChange(combined(value, 'at_least', parts, Number(typed) || 1))}
          />
        )}
      </div>
      <ul>
        {parts.map((part, nth) => (
          <li key={isCondition(part) ? part.id : nth}>
            {isCondition(part) ? (
              <ConditionForm
                value={part}
                onChange={(next) => put(nth, next)}
                onRemove={() => drop(nth)}
                writing={editing.writing}
                open={editing.opened === part.id || (editing.opened === null && nth === 0)}
              />
            ) : (
              <GroupForm
                value={part}
                onChange={(next) => put(nth, next)}
                onRemove={() => drop(nth)}
                editing={editing}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="pol-acts">
        <Button small icon="plus" onClick={add}>
          {t('author.add_condition')}
        </Button>
        {onRemove && (
          <Button small look="quiet" icon="trash" onClick={onRemove}>
            {t('author.remove_group')}
          </Button>
        )}
      </div>
    </div>
  )
}
