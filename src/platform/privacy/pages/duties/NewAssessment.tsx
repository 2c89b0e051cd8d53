/** A new assessment: why it is needed, the three contents that the law asks for, and the verdict. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { CheckField, SelectField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { usePrivacy } from '../privacy.ts'
import { ASSESSMENTS, GROUNDS, VERDICTS } from './duties.ts'

export function NewAssessment({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const f = useFormat()
  const form = useId()
  const privacy = usePrivacy()
  const [typed, setTyped] = useState({ title: '', lawful: '', risks: '', measures: '', assessedOn: '' })
  const [grounds, setGrounds] = useState<readonly (typeof GROUNDS)[number][]>([])
  const [verdict, setVerdict] = useState('')
  const keep = useAct(privacy.keepAssessment, {
    done: ({ keepUntil }) => t('assess.saved', { until: f.date(keepUntil as never) }),
    refresh: [ASSESSMENTS],
    quiet: true,
  })
  const set = (key: keyof typeof typed) => (value: string) => setTyped((now) => ({ ...now, [key]: value }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (keep.busy) return
    const done = await keep.run({
      orgId,
      ...typed,
      grounds: [...grounds],
      verdict: verdict as (typeof VERDICTS)[number],
    })
    if (done) onClose()
  }
  return (
    <Dialog
      open
      form="sheet"
      title={t('assess.new')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={keep.busy}>
            {t('assess.new')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('assess.what')}
          hint={t('assess.what_hint')}
          required
          minLength={4}
          maxLength={100}
          value={typed.title}
          onChange={set('title')}
        />
        <fieldset className="privacy-grounds">
          <legend>{t('assess.grounds')}</legend>
          {GROUNDS.map((ground) => (
            <CheckField
              key={ground}
              label={t(`ground.${ground}`)}
              checked={grounds.includes(ground)}
              onChange={(on) => setGrounds((now) => (on ? [...now, ground] : now.filter((held) => held !== ground)))}
            />
          ))}
        </fieldset>
        {(['lawful', 'risks', 'measures'] as const).map((key) => (
          <TextAreaField
            key={key}
            label={t(`assess.${key}`)}
            required
            minLength={4}
            maxLength={2000}
            value={typed[key]}
            onChange={set(key)}
          />
        ))}
        <SelectField
          label={t('assess.verdict')}
          required
          placeholder={t('assess.choose')}
          value={verdict}
          onChange={setVerdict}
          choices={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        />
        <TextField label={t('assess.on')} type="date" required value={typed.assessedOn} onChange={set('assessedOn')} />
        {keep.error ? <Failure error={keep.error} /> : null}
      </form>
    </Dialog>
  )
}
