/** An incident is entered: with the words that the authority and people are told. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { usePrivacy } from '../privacy.ts'
import { INCIDENTS, momentOf, STATUTORY } from './duties.ts'

const EMPTY = { title: '', foundAt: '', kinds: '', causes: '', harm: '', measures: '', advice: '', contact: '' }

export function NewIncident({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const form = useId()
  const privacy = usePrivacy()
  const [typed, setTyped] = useState(EMPTY)
  const keep = useAct(privacy.keepIncident, { done: t('incident.saved'), refresh: [INCIDENTS], quiet: true })
  const set = (key: keyof typeof typed) => (value: string) => setTyped((now) => ({ ...now, [key]: value }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!keep.busy && (await keep.run({ orgId, ...typed, foundAt: momentOf(typed.foundAt) }))) onClose()
  }
  return (
    <Dialog
      open
      form="sheet"
      title={t('incident.new')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={keep.busy}>
            {t('incident.new')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('incident.what')}
          required
          minLength={4}
          maxLength={100}
          value={typed.title}
          onChange={set('title')}
        />
        <TextField
          label={t('incident.found')}
          type="datetime-local"
          required
          value={typed.foundAt}
          onChange={set('foundAt')}
        />
        <Notice>{t('incident.statutory')}</Notice>
        {STATUTORY.map((key) => (
          <TextAreaField
            key={key}
            label={t(`incident.${key}`)}
            required
            minLength={4}
            maxLength={key === 'contact' ? 300 : 2000}
            value={typed[key]}
            onChange={set(key)}
          />
        ))}
        {keep.error ? <Failure error={keep.error} /> : null}
      </form>
    </Dialog>
  )
}
