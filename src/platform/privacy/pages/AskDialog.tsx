/** A new request: what is asked, about which data, in one’s own words. What one can do oneself leads there instead. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button, TextLink } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { useCan } from '../../../ui/session.tsx'
import { OWN_REQUESTS, type OwnRequest, usePrivacy } from './privacy.ts'

const KINDS = ['explain', 'correct', 'copy', 'object', 'delete', 'close'] as const

export function AskDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const say = useBilingual()
  const can = useCan()
  const form = useId()
  const privacy = usePrivacy()
  const notice = useQuery({ queryKey: ['privacy', 'notice'], queryFn: () => privacy.notice() })
  const [kind, setKind] = useState('')
  const [holding, setHolding] = useState('')
  const [words, setWords] = useState('')
  const ask = useAct(privacy.ask, { done: t('ask.asked'), refresh: [OWN_REQUESTS], quiet: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const asked = await ask.run({ kind: kind as OwnRequest['kind'], words, ...(holding ? { holding } : {}) })
    if (asked) onClose()
  }
  return (
    <Dialog
      open
      title={t('ask.new')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button look="primary" type="submit" form={form} busy={ask.busy}>
            {t('ask.send')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={t('ask.kind')}
          required
          value={kind}
          onChange={setKind}
          placeholder={t('ask.kind_choose')}
          choices={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        {kind === 'correct' && can('records.change.propose') && (
          <Notice>
            {t('ask.correct_hint')} <TextLink to="/my/record">{t('ask.correct_link')}</TextLink>
          </Notice>
        )}
        {kind === 'copy' && (
          <Notice>
            {t('ask.copy_hint')}{' '}
            <TextLink to="/my/data" search={{ part: 'copy' } as never}>
              {t('own.copy')}
            </TextLink>
          </Notice>
        )}
        {kind === 'close' && <Notice tone="wait">{t('ask.close_hint')}</Notice>}
        {kind !== 'close' && (
          <SelectField
            label={t('ask.holding')}
            required={false}
            value={holding}
            onChange={setHolding}
            placeholder={t('ask.holding_any')}
            choices={(notice.data?.holdings ?? []).map(({ id, title }) => ({ value: id, label: say(title) }))}
          />
        )}
        <TextAreaField
          label={t('ask.words')}
          hint={t('ask.words_hint')}
          required
          minLength={4}
          maxLength={1000}
          value={words}
          onChange={setWords}
        />
        {ask.error ? <Failure error={ask.error} /> : null}
      </form>
    </Dialog>
  )
}
