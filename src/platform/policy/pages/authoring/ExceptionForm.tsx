/** An exception of a condition as a form: when the condition is taken as met, or as not met, whatever its test says, and by which clause. */
import { Button } from '../../../../ui/Button.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { BilingualFields, ClauseFields, NameField } from './Fields.tsx'
import { Fold } from './Fold.tsx'
import type { Exception } from './set.ts'

export function ExceptionForm({
  value,
  at,
  order,
  onChange,
  onRemove,
}: {
  value: Exception
  at: string
  order: Parameters<typeof Fold>[0]['order']
  onChange: (value: Exception) => void
  onRemove: () => void
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const set = (patch: Partial<Exception>) => onChange({ ...value, ...patch })
  return (
    <Fold
      partKey={value.key!}
      at={at}
      kind={t('author.exception')}
      title={pick(value.says) || t('author.new_exception')}
      order={order}
    >
      <BilingualFields
        label={t('author.exception_says')}
        at={`${at}.says`}
        value={value.says}
        onChange={(says) => set({ says })}
        required
      />
      <ExpressionField
        label={t('author.when')}
        at={`${at}.when`}
        value={value.when}
        onChange={(when) => set({ when })}
      />
      <SelectField
        label={t('author.gives')}
        value={value.gives}
        onChange={(gives) => set({ gives: gives as Exception['gives'] })}
        choices={['met', 'unmet'].map((gives) => ({ value: gives, label: t(`print.outcome.${gives}`) }))}
      />
      <ClauseFields at={`${at}.clause`} value={value.clause} onChange={(clause) => set({ clause })} />
      <details className="pol-more">
        <summary>{t('author.more')}</summary>
        <NameField at={at} value={value.id} onChange={(id) => set({ id })} />
      </details>
      <div className="pol-acts">
        <Button small look="quiet" icon="trash" onClick={onRemove}>
          {t('author.remove_exception')}
        </Button>
      </div>
    </Fold>
  )
}
